import { describe, expect, test } from 'vitest';
import type { Observation } from '../ledger/types.ts';
import { tellClaims } from './sync-claims.ts';

const RAO = 1_000_000_000n;
const HALF = RAO / 2n;
const coldkey = 'cold';
const at = (netuid: number, hotkey = 'hot') => ({ coldkey, hotkey, netuid });

function observation(
  number: number,
  parts: {
    readonly root: bigint;
    readonly stake?: bigint;
    readonly claimed: Readonly<Record<number, bigint>>;
    readonly rate?: bigint;
  },
): Observation {
  return {
    block: { number, hash: `0x${number}`, timeMs: number },
    source: 'archive',
    pools: [1, 8].map((netuid) => ({
      netuid,
      priceRaoPerAlpha: netuid === 8 ? HALF : RAO,
      taoReserveRao: 0n,
      alphaInRao: 0n,
      alphaOutRao: 0n,
    })),
    positions: [
      { ...at(0), alphaRao: parts.root },
      { ...at(8), alphaRao: parts.stake ?? 0n },
    ],
    claimable: [],
    claimed: Object.entries(parts.claimed).map(([netuid, claimedRao]) => {
      return { ...at(Number.parseInt(netuid, 10)), claimedRao };
    }),
    rootRates: [1, 8].map((netuid) => {
      return { hotkey: 'hot', netuid, rateBits: parts.rate ?? 0n };
    }),
  };
}

describe('a claim of root dividends', () => {
  test('that was sold is told by what counts as claimed, less what new root stake adds to it', () => {
    const before = observation(1, { root: 100n * RAO, claimed: { 1: 5n * RAO, 8: 7n * RAO } });
    // A rate of one half: a gain of 4 root raises each by 2.
    const after = observation(2, {
      root: 104n * RAO,
      claimed: { 1: 10n * RAO, 8: 11n * RAO },
      rate: 1n << 31n,
    });
    expect(tellClaims({ coldkey, before, after, flows: [], type: { kind: 'swap' } })).toEqual([
      { ...at(1), kind: 'swap', alphaRao: 3n * RAO, taoRao: 3n * RAO },
      { ...at(8), kind: 'swap', alphaRao: 2n * RAO, taoRao: RAO },
    ]);
  });

  test('that is kept is told by the choice: a payout of the same block does not count', () => {
    const before = observation(1, { root: RAO, stake: 10n * RAO, claimed: { 8: 0n } });
    const after = observation(2, { root: RAO, stake: 17n * RAO, claimed: { 8: 2n * RAO } });
    const kept = { ...at(8), kind: 'keep', alphaRao: 2n * RAO, taoRao: 0n };
    const type = { kind: 'keep-subnets', netuids: [8] } as const;
    expect(tellClaims({ coldkey, before, after, flows: [], type })).toEqual([kept]);
    const sold = observation(2, { root: 2n * RAO, stake: 17n * RAO, claimed: { 8: 2n * RAO } });
    expect(tellClaims({ coldkey, before, after: sold, flows: [], type: { kind: 'swap' } })).toEqual(
      [{ ...at(8), kind: 'swap', alphaRao: 2n * RAO, taoRao: RAO }],
    );
  });

  test('beside a stake of the same block leaves the stake out', () => {
    const before = observation(1, { root: 100n * RAO, claimed: { 1: 0n } });
    const after = observation(2, { root: 109n * RAO, claimed: { 1: 3n * RAO } });
    const flow = { ...at(0), direction: 'in', alphaRao: 5n * RAO, taoRao: 5n * RAO } as const;
    expect(tellClaims({ coldkey, before, after, flows: [flow], type: undefined })).toEqual([
      { ...at(1), kind: 'swap', alphaRao: 3n * RAO, taoRao: 4n * RAO },
    ]);
  });

  test('where dividends are funds is all that the root stake grew by', () => {
    const before = observation(1, { root: RAO, claimed: {} });
    const after = observation(2, { root: 3n * RAO, claimed: {} });
    expect(tellClaims({ coldkey, before, after, flows: [], type: undefined })).toEqual([
      { ...at(0), kind: 'basket', alphaRao: 0n, taoRao: 2n * RAO },
    ]);
    expect(tellClaims({ coldkey, before, after: before, flows: [], type: undefined })).toEqual([]);
  });
});
