/**
 * Room for one epoch's rows and for one column at a time, shared by all epochs: an epoch runs to
 * its end before another begins. The arrays stay the same for good, and every inner loop is made by
 * a function that is given them once, so that the compiler may treat them as constants; looked up
 * through an object or an import at every access they cost as much as the arithmetic.
 */

/** The most uids an epoch takes. The chain allows 256. */
export const MAX_UIDS = 4_096;

export type Scratch = {
  /** The numbers from zero: the rows of a full column, the targets of a dense row. */
  readonly everyNumber: Uint16Array;

  // One entry per uid as a target.
  readonly registered: Float64Array;
  /** The sum of the links to a target in the matrix loaded last: of its stored bonds. */
  readonly targetSum: Int32Array;
  /** The sum of what makes the new bonds of a column. */
  readonly targetBought: Float64Array;

  // One entry per row, a row being a uid with a permit or with bonds.
  readonly rowUid: Uint16Array;
  /** Active stake as a real number: a factor. */
  readonly rowActive: Float64Array;
  /** Active stake normalised once more among rows that have any: the weights of the median. */
  readonly rowVotes: Float64Array;
  // Of the matrix being loaded: where a row's links begin, how many they are, the target and the
  // registrations from which they do not count, and what they are divided by.
  readonly rowFirst: Int32Array;
  readonly rowCount: Int32Array;
  readonly rowOwn: Int32Array;
  readonly rowLatest: Float64Array;
  readonly rowDivisor: Float64Array;
  readonly rowTrust: Float64Array;
  readonly rowDividends: Float64Array;
  /** Where a row's new bonds begin, and where its next one goes. */
  readonly rowBondFirst: Int32Array;
  readonly rowBondNext: Int32Array;

  // One entry per candidate of a median.
  readonly candidateScore: Float64Array;
  readonly candidateVotes: Float64Array;
  readonly candidateBucket: Uint8Array;
  readonly bucketVotes: Float64Array;

  // One entry per row of one column.
  readonly columnRow: Uint16Array;
  readonly columnWeight: Float64Array;
  readonly columnBond: Float64Array;
  readonly columnEma: Float64Array;
};

/** Score ranges a median's candidates are sorted into. */
export const BUCKETS = 32;

export const scratch: Scratch = {
  everyNumber: Uint16Array.from({ length: MAX_UIDS }, (_, number) => number),
  registered: new Float64Array(MAX_UIDS),
  targetBought: new Float64Array(MAX_UIDS),
  targetSum: new Int32Array(MAX_UIDS),
  rowUid: new Uint16Array(MAX_UIDS),
  rowActive: new Float64Array(MAX_UIDS),
  rowVotes: new Float64Array(MAX_UIDS),
  rowFirst: new Int32Array(MAX_UIDS),
  rowCount: new Int32Array(MAX_UIDS),
  rowOwn: new Int32Array(MAX_UIDS),
  rowLatest: new Float64Array(MAX_UIDS),
  rowDivisor: new Float64Array(MAX_UIDS),
  rowTrust: new Float64Array(MAX_UIDS),
  rowDividends: new Float64Array(MAX_UIDS),
  rowBondFirst: new Int32Array(MAX_UIDS),
  rowBondNext: new Int32Array(MAX_UIDS),
  candidateScore: new Float64Array(MAX_UIDS),
  candidateVotes: new Float64Array(MAX_UIDS),
  candidateBucket: new Uint8Array(MAX_UIDS),
  bucketVotes: new Float64Array(BUCKETS),
  columnRow: new Uint16Array(MAX_UIDS),
  columnWeight: new Float64Array(MAX_UIDS),
  columnBond: new Float64Array(MAX_UIDS),
  columnEma: new Float64Array(MAX_UIDS),
};

/** Makes a function that keeps arrays of the scratch. */
export function withScratch<Made>(make: (scratch: Scratch) => Made): Made {
  return make(scratch);
}
