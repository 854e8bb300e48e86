/** The buffers an epoch works in, made once and reused, so that an epoch allocates next to nothing. */

export type EpochWorkspace = {
  /** Capacities; the buffers grow when an epoch needs more. */
  uidCapacity: number;
  weightCapacity: number;
  bondCapacity: number;
  emaCapacity: number;
  byUid: UidBuffers;
  byRow: RowBuffers;
  weights: ColumnLinks;
  bonds: ColumnLinks;
  ema: EmaLinks;
  /** Sparse forms of dense input. */
  denseWeights: LinkBuffers;
  denseBonds: LinkBuffers;
};

/** One entry per uid, fractions of 2^32 where not said otherwise. */
export type UidBuffers = {
  /** The row of a uid among those computed, or -1. */
  readonly row: Int32Array;
  readonly stake: Float64Array;
  readonly activeStake: Float64Array;
  readonly active: Uint8Array;
  /** Permits in force. */
  readonly permits: Uint8Array;
  readonly newPermits: Uint8Array;
  /** Scratch order of the top-k selection. */
  readonly order: Float64Array;
  readonly consensus: Float64Array;
  readonly incentive: Float64Array;
  readonly dividends: Float64Array;
  readonly part: Float64Array;
  readonly stakeWeightU16: Uint16Array;
  readonly consensusU16: Uint16Array;
  readonly validatorTrustU16: Uint16Array;
  readonly incentiveU16: Uint16Array;
  readonly dividendsU16: Uint16Array;
  readonly emissionRao: BigUint64Array;
  readonly serverRao: BigUint64Array;
  readonly validatorRao: BigUint64Array;
  readonly bondStart: Uint32Array;
  readonly fill: Uint32Array;
};

/** One entry per computed row; the second half is scratch for one column. */
export type RowBuffers = {
  readonly uid: Uint16Array;
  readonly active: Float64Array;
  /** Active stake of rows that have any, normalised once more: the weights of the median. */
  readonly voting: Float64Array;
  readonly sum: Float64Array;
  readonly trust: Float64Array;
  readonly dividends: Float64Array;
  readonly bondCount: Uint32Array;
  readonly score: Float64Array;
  readonly vote: Float64Array;
  readonly columnRow: Int32Array;
  readonly columnWeight: Float64Array;
  readonly columnBond: Float64Array;
  readonly columnEma: Float64Array;
};

/** Links in compressed columns, rows ascending within a column. */
export type ColumnLinks = {
  readonly start: Uint32Array;
  readonly row: Int32Array;
  readonly value: Float64Array;
};

/** New bonds: by column as computed, then by uid as stored. */
export type EmaLinks = {
  readonly start: Uint32Array;
  readonly row: Int32Array;
  readonly value: Uint16Array;
  readonly target: Uint16Array;
  readonly storedValue: Uint16Array;
};

export type LinkBuffers = { start: Uint32Array; target: Uint16Array; value: Uint16Array };

/**
 * Makes the buffers for epochs of up to `validators` full rows on `uids` uids. Larger epochs work
 * too: the first one of a size grows them.
 */
export function createEpochWorkspace(validators: number, uids: number): EpochWorkspace {
  const links = validators * uids;
  return {
    uidCapacity: uids,
    weightCapacity: links,
    bondCapacity: links,
    emaCapacity: 2 * links,
    byUid: uidBuffers(uids),
    byRow: rowBuffers(uids),
    weights: columnLinks(uids, links),
    bonds: columnLinks(uids, links),
    ema: emaLinks(uids, 2 * links),
    denseWeights: linkBuffers(0, 0),
    denseBonds: linkBuffers(0, 0),
  };
}

/** Grows the buffers to hold an epoch; a no-op when they already do. */
export function reserve(
  workspace: EpochWorkspace,
  need: { uids: number; weights: number; bonds: number },
): void {
  const { uids } = need;
  if (uids > workspace.uidCapacity) {
    workspace.uidCapacity = uids;
    workspace.byUid = uidBuffers(uids);
    workspace.byRow = rowBuffers(uids);
    workspace.weightCapacity = -1;
    workspace.bondCapacity = -1;
    workspace.emaCapacity = -1;
  }
  if (need.weights > workspace.weightCapacity) {
    workspace.weightCapacity = need.weights;
    workspace.weights = columnLinks(workspace.uidCapacity, need.weights);
  }
  if (need.bonds > workspace.bondCapacity) {
    workspace.bondCapacity = need.bonds;
    workspace.bonds = columnLinks(workspace.uidCapacity, need.bonds);
  }
  const ema = need.weights + need.bonds;
  if (ema > workspace.emaCapacity) {
    workspace.emaCapacity = ema;
    workspace.ema = emaLinks(workspace.uidCapacity, ema);
  }
}

/** Buffers for `links` links of `uids` uids. */
export function linkBuffers(uids: number, links: number): LinkBuffers {
  return {
    start: new Uint32Array(uids + 1),
    target: new Uint16Array(links),
    value: new Uint16Array(links),
  };
}

function uidBuffers(uids: number): UidBuffers {
  return {
    row: new Int32Array(uids),
    stake: new Float64Array(uids),
    activeStake: new Float64Array(uids),
    active: new Uint8Array(uids),
    permits: new Uint8Array(uids),
    newPermits: new Uint8Array(uids),
    order: new Float64Array(uids),
    consensus: new Float64Array(uids),
    incentive: new Float64Array(uids),
    dividends: new Float64Array(uids),
    part: new Float64Array(uids),
    stakeWeightU16: new Uint16Array(uids),
    consensusU16: new Uint16Array(uids),
    validatorTrustU16: new Uint16Array(uids),
    incentiveU16: new Uint16Array(uids),
    dividendsU16: new Uint16Array(uids),
    emissionRao: new BigUint64Array(uids),
    serverRao: new BigUint64Array(uids),
    validatorRao: new BigUint64Array(uids),
    bondStart: new Uint32Array(uids + 1),
    fill: new Uint32Array(uids + 1),
  };
}

function rowBuffers(rows: number): RowBuffers {
  return {
    uid: new Uint16Array(rows),
    active: new Float64Array(rows),
    voting: new Float64Array(rows),
    sum: new Float64Array(rows),
    trust: new Float64Array(rows),
    dividends: new Float64Array(rows),
    bondCount: new Uint32Array(rows),
    score: new Float64Array(rows),
    vote: new Float64Array(rows),
    columnRow: new Int32Array(rows),
    columnWeight: new Float64Array(rows),
    columnBond: new Float64Array(rows),
    columnEma: new Float64Array(rows),
  };
}

function columnLinks(uids: number, links: number): ColumnLinks {
  return {
    start: new Uint32Array(uids + 1),
    row: new Int32Array(links),
    value: new Float64Array(links),
  };
}

function emaLinks(uids: number, links: number): EmaLinks {
  return {
    start: new Uint32Array(uids + 1),
    row: new Int32Array(links),
    value: new Uint16Array(links),
    target: new Uint16Array(links),
    storedValue: new Uint16Array(links),
  };
}
