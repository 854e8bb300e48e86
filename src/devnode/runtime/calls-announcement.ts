/** Calls of Proxy that announce a call first, for proxies with a delay. */
import type { Account } from '../../economy/state.ts';
import { blake2 } from '../blocks/header.ts';
import type { Variant } from '../scale/codec.ts';
import { encode } from '../scale/codec.ts';
import { toHex } from '../scale/hex.ts';
import type { AnnouncementEntry } from '../state/chain-state.ts';
import { accountIdOf } from './calls-frame.ts';
import { emitProxy, findProxy, proxyError, runAs, withAccount } from './calls-proxy.ts';
import type { Dispatch } from './calls-utility.ts';
import { type CallContext, type CallRules, type DispatchResult, DONE, refused } from './context.ts';
import type { DispatchError } from './dispatch-error.ts';
import type { RuntimeCall } from './extrinsic.ts';
import { adjustDeposit } from './reserve.ts';

const MAX_PENDING = 75;
const DEPOSIT_BASE = 36_000_000n;
const DEPOSIT_FACTOR = 68_000_000n;

export function announcementCalls(dispatch: Dispatch): CallRules {
  return {
    announce: withAccount('real', (context, real, args) => {
      const { signer, state, blockNumber } = context;
      if (findProxy(context, real, signer, {}) === undefined) {
        return refused(proxyError('NotProxy'));
      }
      const entries = state.announcements[signer]?.entries ?? [];
      if (entries.length >= MAX_PENDING) return refused(proxyError('TooMany'));
      const callHash = args.call_hash as string;
      const refusal = store(context, signer, [...entries, { real, callHash, height: blockNumber }]);
      if (refusal !== undefined) return refused(refusal);
      emitProxy(context, 'Announced', { real, proxy: signer, call_hash: callHash });
      return DONE;
    }),
    remove_announcement: withAccount('real', (context, real, args) =>
      withdraw(context, context.signer, (entry) => isFor(entry, real, args.call_hash)),
    ),
    reject_announcement: withAccount('delegate', (context, delegate, args) =>
      withdraw(context, delegate, (entry) => isFor(entry, context.signer, args.call_hash)),
    ),
    proxy_announced: withAccount('delegate', (context, delegate, args) => {
      const real = accountIdOf(args.real as Variant);
      if (real === undefined) return refused({ type: 'CannotLookup' });
      const entry = findProxy(context, real, delegate, args);
      if (entry === undefined) return refused(proxyError('NotProxy'));
      const call = args.call as RuntimeCall;
      const callHash = toHex(blake2(encode('RuntimeCall', call)));
      const isRipe = (one: AnnouncementEntry): boolean =>
        isFor(one, real, callHash) && context.blockNumber - one.height >= entry.delay;
      const removed = withdraw(context, delegate, isRipe);
      if (!removed.ok) return refused(proxyError('Unannounced'));
      return runAs(dispatch, context, { real, entry, call });
    }),
  };
}

function isFor(entry: AnnouncementEntry, real: Account, callHash: unknown): boolean {
  return entry.real === real && entry.callHash === callHash;
}

/** Removes the delegate's announcements that match; NotFound when there is none. */
function withdraw(
  context: CallContext,
  delegate: Account,
  matches: (entry: AnnouncementEntry) => boolean,
): DispatchResult {
  const entries = context.state.announcements[delegate]?.entries ?? [];
  const left = entries.filter((entry) => !matches(entry));
  if (left.length === entries.length) return refused(proxyError('NotFound'));
  store(context, delegate, left);
  return DONE;
}

function store(
  context: CallContext,
  delegate: Account,
  entries: readonly AnnouncementEntry[],
): DispatchError | undefined {
  const { announcements } = context.state;
  const count = BigInt(entries.length);
  const depositRao = entries.length === 0 ? 0n : DEPOSIT_BASE + DEPOSIT_FACTOR * count;
  const from = announcements[delegate]?.depositRao ?? 0n;
  const refusal = adjustDeposit(context, delegate, { from, to: depositRao });
  if (refusal !== undefined) return refusal;
  if (entries.length === 0) delete announcements[delegate];
  else announcements[delegate] = { entries, depositRao };
  return undefined;
}
