/**
 * Calls with which a coldkey hands everything to another: announced first, performed after a wait,
 * stopped by a dispute. While one is announced the coldkey can do little else.
 */
import { recycleTao } from '../../economy/accounts.ts';
import type { Account } from '../../economy/state.ts';
import { swapColdkey } from '../../economy/swap-coldkey.ts';
import { blake2 } from '../blocks/header.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';
import { freeOf } from './calls-frame.ts';
import { type CallContext, type CallRules, type DispatchResult, DONE, refused } from './context.ts';
import { BAD_ORIGIN, fromEconomy, moduleError } from './dispatch-error.ts';
import type { RuntimeCall } from './extrinsic.ts';

/** Blocks from the announcement to the swap, and from then to a new announcement or its end. */
const ANNOUNCEMENT_DELAY = 36_000;
const REANNOUNCEMENT_DELAY = 7_200;
/** Constant KeySwapCost: what the first announcement costs, rao. */
const KEY_SWAP_COST_RAO = 100_000_000n;

const refusedAs = (name: string): DispatchResult => refused(moduleError('SubtensorModule', name));

export const coldkeySwapCalls: CallRules = {
  announce_coldkey_swap: (context, { new_coldkey_hash }) => {
    const { state, signer, blockNumber } = context;
    const known = state.coldkeySwaps[signer];
    if (known === undefined) {
      const deposit = state.economy.parameters.existentialDepositRao;
      if (freeOf(state.economy, signer) < KEY_SWAP_COST_RAO + deposit) {
        return refusedAs('NotEnoughBalanceToPaySwapColdKey');
      }
      recycleTao(state.economy, signer, KEY_SWAP_COST_RAO);
    } else if (blockNumber < known.executableAt + REANNOUNCEMENT_DELAY) {
      return refusedAs('ColdkeySwapReannouncedTooEarly');
    }
    const hash = new_coldkey_hash as string;
    state.coldkeySwaps[signer] = { executableAt: blockNumber + ANNOUNCEMENT_DELAY, hash };
    return done(context, 'ColdkeySwapAnnounced', { who: signer, new_coldkey_hash: hash });
  },
  swap_coldkey_announced: (context, args) => {
    const { state, signer, blockNumber, events } = context;
    const to = args.new_coldkey as Account;
    const known = state.coldkeySwaps[signer];
    if (known === undefined) return refusedAs('ColdkeySwapAnnouncementNotFound');
    if (known.hash !== toHex(blake2(fromHex(to)))) {
      return refusedAs('AnnouncedColdkeyHashDoesNotMatch');
    }
    if (blockNumber < known.executableAt) return refusedAs('ColdkeySwapTooEarly');
    const outcome = swapColdkey(state.economy, { from: signer, to });
    if (!outcome.ok) return refused(fromEconomy(outcome.error));
    delete state.coldkeySwaps[signer];
    const identity = state.identities[signer];
    if (identity !== undefined) {
      state.identities[to] = identity;
      delete state.identities[signer];
    }
    events.push(...outcome.events);
    return DONE;
  },
  dispute_coldkey_swap: (context) => {
    const { state, signer, blockNumber } = context;
    if (state.coldkeySwaps[signer] === undefined) {
      return refusedAs('ColdkeySwapAnnouncementNotFound');
    }
    if (state.coldkeyDisputes[signer] !== undefined) return refusedAs('ColdkeySwapAlreadyDisputed');
    state.coldkeyDisputes[signer] = blockNumber;
    return done(context, 'ColdkeySwapDisputed', { coldkey: signer });
  },
  clear_coldkey_swap_announcement: (context) => {
    const { state, signer, blockNumber } = context;
    const known = state.coldkeySwaps[signer];
    if (known === undefined) return refusedAs('ColdkeySwapAnnouncementNotFound');
    if (blockNumber < known.executableAt + REANNOUNCEMENT_DELAY) {
      return refusedAs('ColdkeySwapClearTooEarly');
    }
    delete state.coldkeySwaps[signer];
    return done(context, 'ColdkeySwapCleared', { who: signer });
  },
  reset_coldkey_swap: () => refused(BAD_ORIGIN),
  swap_coldkey: () => refused(BAD_ORIGIN),
  schedule_swap_coldkey: () => refusedAs('Deprecated'),
};

export type ColdkeyHold = 'announced' | 'disputed';

const ALLOWED_WHILE_ANNOUNCED = new Set([
  'SubtensorModule.announce_coldkey_swap',
  'SubtensorModule.swap_coldkey_announced',
  'SubtensorModule.dispute_coldkey_swap',
  'SubtensorModule.clear_coldkey_swap_announcement',
  'MevShield.submit_encrypted',
]);

/** Why an account cannot make this call now; undefined when nothing holds it back. */
export function holdOf(
  { coldkeySwaps, coldkeyDisputes }: ChainState,
  signer: Account,
  call: RuntimeCall,
): ColdkeyHold | undefined {
  if (coldkeyDisputes[signer] !== undefined) return 'disputed';
  if (coldkeySwaps[signer] === undefined) return undefined;
  const isAllowed = ALLOWED_WHILE_ANNOUNCED.has(`${call.type}.${call.value.type}`);
  return isAllowed ? undefined : 'announced';
}

function done(
  { events }: CallContext,
  name: string,
  fields: Readonly<Record<string, string>>,
): DispatchResult {
  events.push({ pallet: 'SubtensorModule', name, fields });
  return DONE;
}
