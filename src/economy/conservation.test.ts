import { beforeEach, describe, expect, test } from 'vitest';
import { checkConservation, unaccountedAlpha } from './conservation.ts';
import { createEconomy, type EconomyState } from './state.ts';
import type { Subnet } from './subnet.ts';

let state: EconomyState;

beforeEach(() => {
  state = createEconomy({
    balances: { alice: 50n },
    issuanceElsewhere: 9n,
    subnets: [{ netuid: 1, taoReserve: 100n, alphaIn: 40n, alphaOut: 60n }],
    hotkeys: { h1: { owner: 'alice' } },
    stakes: [
      { hotkey: 'h1', coldkey: 'alice', netuid: 1, alphaRao: 7n },
      { hotkey: 'h1', coldkey: 'alice', netuid: 0, alphaRao: 30n },
    ],
  });
});

const at = (netuid: number): Subnet => state.subnets[netuid] as Subnet;
const alpha = (difference: bigint) => [{ what: 'alpha', netuid: 1, difference }];

describe('the books', () => {
  test('balance from the start: what no position holds is unassigned', () => {
    expect(checkConservation(state)).toEqual([]);
    expect(at(1).unassignedAlpha).toBe(60n);
    expect(unaccountedAlpha(state)).toEqual({ 0: 0n, 1: 0n });
  });

  test('count balances, what is reserved and what is elsewhere as TAO', () => {
    const tao = (difference: bigint) => [{ what: 'tao', difference }];
    state.reserved.alice = 5n;
    expect(checkConservation(state)).toEqual(tao(5n));
    state.balances.alice = 45n;
    expect(checkConservation(state)).toEqual([]);
    state.taoIssuance += 1n;
    expect(checkConservation(state)).toEqual(tao(-1n));
    state.taoElsewhere += 3n;
    expect(checkConservation(state)).toEqual(tao(2n));
  });

  test('miss alpha that nobody holds, and find alpha that was never issued', () => {
    at(1).alphaOut += 4n;
    expect(checkConservation(state)).toEqual(alpha(-4n));
    expect(unaccountedAlpha(state)).toEqual({ 0: 0n, 1: 4n });
    at(1).alphaOut -= 9n;
    expect(checkConservation(state)).toEqual(alpha(5n));
  });

  const parts: [string, (subnet: Subnet) => unknown][] = [
    ['the protocol’s', (subnet) => Object.assign(subnet, { protocolAlpha: 3n })],
    ['unclaimed', (subnet) => Object.assign(subnet, { unclaimedRootAlpha: 3n })],
    ['burned', (subnet) => Object.assign(subnet, { alphaBurned: 3n })],
    ['unassigned', (subnet) => Object.assign(subnet, { unassignedAlpha: 63n })],
    ['the miners’ pending', (subnet) => Object.assign(subnet.pendings, { server: 3n })],
    ['the validators’ pending', (subnet) => Object.assign(subnet.pendings, { validator: 3n })],
    ['root’s pending', (subnet) => Object.assign(subnet.pendings, { root: 3n })],
    ['the owner’s pending', (subnet) => Object.assign(subnet.pendings, { ownerCut: 3n })],
  ];
  test.each(parts)('count what is %s as outstanding', (_, book) => {
    book(at(1));
    expect(checkConservation(state)).toEqual(alpha(3n));
    at(1).alphaOut += 3n;
    expect(checkConservation(state)).toEqual([]);
  });

  test('want every pool’s TAO on its account, the reservoir’s too', () => {
    at(1).taoReserve = 101n;
    const pool = [{ what: 'pool', netuid: 1, difference: -1n }];
    expect(checkConservation(state)).toEqual(pool);
    Object.assign(at(1), { taoReserve: 99n, taoReservoir: 2n });
    expect(checkConservation(state)).toEqual(pool);
    at(1).taoReservoir = 1n;
    expect(checkConservation(state)).toEqual([]);
    delete state.balances['subnet:1'];
    state.taoIssuance -= 100n;
    expect(checkConservation(state)).toEqual([{ what: 'pool', netuid: 1, difference: -100n }]);
  });

  test('want as much stake on root as TAO', () => {
    at(0).taoReserve = 28n;
    expect(checkConservation(state)).toEqual([{ what: 'root', netuid: 0, difference: 2n }]);
  });

  test('want nothing below nothing', () => {
    Object.assign(at(1), { alphaIn: -2n });
    expect(checkConservation(state)).toEqual([{ what: 'negative', netuid: 1, difference: -2n }]);
    Object.assign(at(1), { alphaIn: 0n, alphaOut: -1n, unassignedAlpha: -8n });
    expect(checkConservation(state)).toEqual([{ what: 'negative', netuid: 1, difference: -1n }]);
    Object.assign(at(1), { taoReserve: -3n });
    expect(checkConservation(state)).toContainEqual({
      what: 'negative',
      netuid: 1,
      difference: -3n,
    });
  });

  test('leave out stake on subnets that are not there', () => {
    Object.assign(state.hotkeys.h1?.pools ?? {}, { 9: { value: 5n } });
    expect(checkConservation(state)).toEqual([]);
  });
});
