/** Storage of the frame's own pallets: System, Timestamp, Balances, Proxy, Multisig and so on. */
import type { Account } from '../../economy/state.ts';
import { slotLog, slotOf } from '../blocks/header.ts';
import { authorities } from '../genesis/accounts.ts';
import { SPEC_NAME } from '../metadata/version.ts';
import { codecOf } from '../scale/codec.ts';
import type { ChainState } from '../state/chain-state.ts';
import { profileOf } from '../state/view.ts';
import { mapped, never, type Providers, single } from './provide.ts';

/** The flag of an account whose data has the current layout. */
const ACCOUNT_FLAGS = 1n << 127n;
/** Chain rule: BlockHash remembers this many blocks (System.BlockHashCount). */
const BLOCK_HASH_COUNT = 2_400;
/** One, as a FixedU128: fees are never multiplied. */
const FEE_MULTIPLIER = 1_000_000_000_000_000_000n;

export const systemProviders: Providers = {
  Account: mapped(
    ({ state }, [account]) => accountRecord(state, account as Account),
    ({ state: { economy } }) => {
      const accounts = [...Object.keys(economy.balances), ...Object.keys(economy.reserved)];
      return [...new Set(accounts)].map((account) => [account]);
    },
  ),
  BlockHash: mapped(
    (view, [key]) => {
      const number = key as number;
      const known = number < view.block.number && number >= view.block.number - BLOCK_HASH_COUNT;
      return known ? view.hashAt(number) : undefined;
    },
    function* (view) {
      const first = Math.max(0, view.block.number - BLOCK_HASH_COUNT);
      for (let number = first; number < view.block.number; number += 1) yield [number];
    },
  ),
  Number: single(({ block }) => block.number),
  ParentHash: single(({ block }) => block.parentHash),
  Digest: single(({ block }) => ({
    logs: block.number === 0 ? [] : [codecOf('DigestItem').dec(slotLog(block.timeMs))],
  })),
  Events: {
    ...single(({ block, state }) =>
      codecOf('Vec<EventRecord<RuntimeEvent, H256>>', profileOf(state)).dec(block.events),
    ),
    bytes: ({ block }) => block.events,
  },
  EventCount: single(({ block }) => block.eventCount),
  LastRuntimeUpgrade: single(({ state }) => ({
    spec_version: profileOf(state).specVersion,
    spec_name: SPEC_NAME,
  })),
};

export const timestampProviders: Providers = {
  Now: single(({ block }) => (block.number === 0 ? undefined : BigInt(block.timeMs))),
};

export const balancesProviders: Providers = {
  TotalIssuance: single(({ state }) => state.economy.taoIssuance),
  InactiveIssuance: never,
  Account: never,
  Locks: never,
  Reserves: never,
  Holds: never,
  Freezes: never,
};

export const transactionPaymentProviders: Providers = {
  NextFeeMultiplier: single(() => FEE_MULTIPLIER),
};

export const auraProviders: Providers = {
  Authorities: single(() => authorities),
  CurrentSlot: single(({ block }) => BigInt(slotOf(block.timeMs))),
};

/** Nothing of these pallets is ever set here. */
export const quietProviders: Readonly<Record<string, Providers>> = {
  SafeMode: { EnteredUntil: never },
  Drand: { LastStoredRound: never, OldestStoredRound: never },
};

export const proxyProviders: Providers = {
  Proxies: mapped(
    ({ state }, [account]) => {
      const held = state.proxies[account as Account];
      if (held === undefined) return undefined;
      const entries = held.entries.map(({ delegate, kind, delay }) => ({
        delegate,
        proxy_type: { type: kind },
        delay,
      }));
      return [entries, held.depositRao];
    },
    ({ state }) => Object.keys(state.proxies).map((account) => [account]),
  ),
  Announcements: mapped(
    ({ state }, [account]) => {
      const held = state.announcements[account as Account];
      if (held === undefined) return undefined;
      const entries = held.entries.map(({ real, callHash, height }) => ({
        real,
        call_hash: callHash,
        height,
      }));
      return [entries, held.depositRao];
    },
    ({ state }) => Object.keys(state.announcements).map((account) => [account]),
  ),
  // The value is the empty tuple; `null` says that there is one.
  RealPaysFee: mapped(
    ({ state }, [real, delegate]) =>
      state.realPaysFee[real as Account]?.[delegate as Account] === true ? null : undefined,
    ({ state }) =>
      Object.entries(state.realPaysFee).flatMap(([real, delegates]) =>
        Object.keys(delegates).map((delegate) => [real, delegate]),
      ),
  ),
};

export const multisigProviders: Providers = {
  Multisigs: mapped(
    ({ state }, [account, callHash]) => {
      const entry = state.multisigs[account as Account]?.[callHash as string];
      if (entry === undefined) return undefined;
      const { height, index, depositRao, depositor, approvals } = entry;
      return { when: { height, index }, deposit: depositRao, depositor, approvals };
    },
    ({ state }) =>
      Object.entries(state.multisigs).flatMap(([account, calls]) =>
        Object.keys(calls).map((callHash) => [account, callHash]),
      ),
  ),
};

/** System.Account, or undefined for an account that does not exist. */
export function accountRecord(state: ChainState, account: Account): unknown {
  const free = state.economy.balances[account];
  const reserved = state.economy.reserved[account] ?? 0n;
  if (free === undefined && reserved === 0n) return undefined;
  return {
    nonce: state.nonces[account] ?? 0,
    consumers: reserved > 0n ? 1 : 0,
    providers: 1,
    sufficients: 0,
    data: { free: free ?? 0n, reserved, frozen: 0n, flags: ACCOUNT_FLAGS },
  };
}
