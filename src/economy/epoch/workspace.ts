/**
 * The buffers an epoch keeps its links and results in, made once and reused, so that an epoch
 * allocates next to nothing.
 */

export type EpochWorkspace = {
  byUid: UidBuffers;
  weights: ColumnLinks;
  bonds: ColumnLinks;
  stored: StoredLinks;
};

/** One entry per uid, fractions of 2^32 where not said otherwise. */
export type UidBuffers = {
  /** The row of a uid among those computed, or -1. */
  readonly row: Int32Array;
  /** Where a uid's links begin in the given matrix, and how many there are. */
  readonly weightFirst: Int32Array;
  readonly weightCount: Int32Array;
  readonly bondFirst: Int32Array;
  readonly bondCount: Int32Array;
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
  readonly stakeWeightU16: Uint16Array;
  readonly consensusU16: Uint16Array;
  readonly validatorTrustU16: Uint16Array;
  readonly incentiveU16: Uint16Array;
  readonly dividendsU16: Uint16Array;
  readonly emissionRao: BigUint64Array;
  readonly serverRao: BigUint64Array;
  readonly validatorRao: BigUint64Array;
};

/** The links that count of a sparse matrix by column, from `first` up to `end`, rows ascending. */
export type ColumnLinks = {
  readonly first: Int32Array;
  readonly end: Int32Array;
  readonly row: Uint16Array;
  readonly value: Uint16Array;
};

/** New bonds by row, then packed by uid. */
export type StoredLinks = {
  readonly start: Uint32Array;
  readonly target: Uint16Array;
  readonly value: Uint16Array;
  /** The part of the target's incentive a bond earns, a fraction of 2^32. */
  readonly share: Float64Array;
};

/**
 * Makes the buffers for epochs of up to `validators` full rows on `uids` uids. Larger epochs work
 * too: the first one of a size grows them.
 */
export function createEpochWorkspace(validators: number, uids: number): EpochWorkspace {
  const links = validators * uids;
  return {
    byUid: uidBuffers(uids),
    weights: columnLinks(uids, links),
    bonds: columnLinks(uids, links),
    stored: storedLinks(uids, 2 * links),
  };
}

/** Grows the buffers by uid and row; a no-op when they already suffice. */
export function reserveUids(workspace: EpochWorkspace, uids: number): void {
  if (uids <= workspace.byUid.row.length) return;
  workspace.byUid = uidBuffers(uids);
  workspace.weights = columnLinks(uids, workspace.weights.value.length);
  workspace.bonds = columnLinks(uids, workspace.bonds.value.length);
  workspace.stored = storedLinks(uids, workspace.stored.value.length);
}

/** Grows the buffers of links; a no-op when they already suffice. */
export function reserveLinks(
  workspace: EpochWorkspace,
  need: { weights: number; bonds: number; stored: number },
): void {
  const uids = workspace.byUid.row.length;
  if (need.weights > workspace.weights.value.length) {
    workspace.weights = columnLinks(uids, need.weights);
  }
  if (need.bonds > workspace.bonds.value.length) {
    workspace.bonds = columnLinks(uids, need.bonds);
  }
  if (need.stored > workspace.stored.value.length) {
    workspace.stored = storedLinks(uids, need.stored);
  }
}

function uidBuffers(uids: number): UidBuffers {
  return {
    row: new Int32Array(uids),
    weightFirst: new Int32Array(uids),
    weightCount: new Int32Array(uids),
    bondFirst: new Int32Array(uids),
    bondCount: new Int32Array(uids),
    stake: new Float64Array(uids),
    activeStake: new Float64Array(uids),
    active: new Uint8Array(uids),
    permits: new Uint8Array(uids),
    newPermits: new Uint8Array(uids),
    order: new Float64Array(uids),
    consensus: new Float64Array(uids),
    incentive: new Float64Array(uids),
    dividends: new Float64Array(uids),
    stakeWeightU16: new Uint16Array(uids),
    consensusU16: new Uint16Array(uids),
    validatorTrustU16: new Uint16Array(uids),
    incentiveU16: new Uint16Array(uids),
    dividendsU16: new Uint16Array(uids),
    emissionRao: new BigUint64Array(uids),
    serverRao: new BigUint64Array(uids),
    validatorRao: new BigUint64Array(uids),
  };
}

function columnLinks(uids: number, links: number): ColumnLinks {
  return {
    first: new Int32Array(uids),
    end: new Int32Array(uids),
    row: new Uint16Array(links),
    value: new Uint16Array(links),
  };
}

function storedLinks(uids: number, links: number): StoredLinks {
  return {
    start: new Uint32Array(uids + 1),
    target: new Uint16Array(links),
    value: new Uint16Array(links),
    share: new Float64Array(links),
  };
}
