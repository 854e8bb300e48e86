/**
 * Room for one epoch's rows and for one column at a time, shared by all epochs: an epoch runs to
 * its end before another begins. The arrays stay the same for good, and every inner loop is made by
 * a function that is given them once, so that the compiler may treat them as constants; looked up
 * through an object or an import at every access they cost as much as the arithmetic.
 */

/** The most uids an epoch takes. The chain allows 256. */
export const MAX_UIDS = 4_096;

// Not a power of two: arrays a multiple of the memory page apart compete for the same cache lines.
const LENGTH = MAX_UIDS + 72;

/** Score ranges a median's candidates are sorted into. */
export const BUCKETS = 32;

/** Marks a weight that has no entry, or has none any more once it is clipped. */
export const ABSENT = -1;

export type Scratch = {
  // One entry per uid as a target.
  readonly registered: Float64Array;
  /** A real number: a factor. */
  readonly targetIncentive: Float64Array;

  // One entry per row, a row being a uid with a permit or with bonds.
  readonly rowUid: Uint16Array;
  /** Active stake, a real number: a factor. */
  readonly rowActive: Float64Array;
  /** Active stake normalised once more among rows that have any: the weights of the median. */
  readonly rowVotes: Float64Array;
  // Where a row's links begin in the given matrices, and how many they are.
  readonly rowWeightFirst: Int32Array;
  readonly rowWeightCount: Int32Array;
  readonly rowBondFirst: Int32Array;
  readonly rowBondCount: Int32Array;
  // The target a row's weights may not have, the registration after which they do not count, and
  // what they are divided by.
  readonly rowOwn: Int32Array;
  readonly rowLatest: Float64Array;
  readonly rowDivisor: Float64Array;
  /** Stored bonds of the column being gathered; zeros otherwise. */
  readonly rowHeld: Float64Array;
  // Where a row's new bonds begin, and where its next one goes.
  readonly rowNewFirst: Int32Array;
  readonly rowNewNext: Int32Array;
  readonly rowTrust: Float64Array;
  readonly rowDividends: Float64Array;

  // One entry per link of one column.
  readonly columnRow: Uint16Array;
  readonly columnWeight: Float64Array;
  readonly columnBond: Float64Array;
  readonly columnEma: Float64Array;
  readonly columnBucket: Uint8Array;

  // One entry per candidate of a median, and per bucket of candidates.
  readonly candidateScore: Float64Array;
  readonly candidateVotes: Float64Array;
  readonly bucketVotes: Float64Array;
};

export const scratch: Scratch = {
  registered: new Float64Array(LENGTH),
  targetIncentive: new Float64Array(LENGTH),
  rowUid: new Uint16Array(LENGTH),
  rowActive: new Float64Array(LENGTH),
  rowVotes: new Float64Array(LENGTH),
  rowWeightFirst: new Int32Array(LENGTH),
  rowWeightCount: new Int32Array(LENGTH),
  rowBondFirst: new Int32Array(LENGTH),
  rowBondCount: new Int32Array(LENGTH),
  rowOwn: new Int32Array(LENGTH),
  rowLatest: new Float64Array(LENGTH),
  rowDivisor: new Float64Array(LENGTH),
  rowHeld: new Float64Array(LENGTH),
  rowNewFirst: new Int32Array(LENGTH),
  rowNewNext: new Int32Array(LENGTH),
  rowTrust: new Float64Array(LENGTH),
  rowDividends: new Float64Array(LENGTH),
  columnRow: new Uint16Array(LENGTH),
  columnWeight: new Float64Array(LENGTH),
  columnBond: new Float64Array(LENGTH),
  columnEma: new Float64Array(LENGTH),
  columnBucket: new Uint8Array(LENGTH),
  candidateScore: new Float64Array(LENGTH),
  candidateVotes: new Float64Array(LENGTH),
  bucketVotes: new Float64Array(BUCKETS),
};

/** Makes a function that keeps arrays of the scratch. */
export function withScratch<Made>(make: (scratch: Scratch) => Made): Made {
  return make(scratch);
}
