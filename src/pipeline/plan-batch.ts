/** Plans several given calls as one transaction, all of them or none unless asked otherwise: pure. */
import { displayRao, tao, taoJson } from '../domain/amount.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { InnerCall } from './acting-as-proxy.ts';
import { callRows, callTitle } from './offline/explain-call.ts';
import type { BatchMode, TxPlan } from './plan.ts';

/** Most calls of one batch: more than anybody reads on a consent screen. */
export const MAX_BATCH_CALLS = 50;
/** Arguments that are TAO in rao leaving the free balance, by call. */
const SPENDING: Readonly<Record<string, string>> = {
  'Balances.transfer_keep_alive': 'value',
  'Balances.transfer_allow_death': 'value',
  'SubtensorModule.add_stake': 'amount_staked',
  'SubtensorModule.add_stake_limit': 'amount_staked',
};

/**
 * One batch of the calls in their order. USAGE_INVALID for fewer than two, for more
 * than MAX_BATCH_CALLS, and for a batch inside it.
 *
 * Chain rule: a batch directly inside a batch is refused (System.CallFiltered). Pinned by the
 * embedded chain's own test of batches.
 */
export function planBatch(calls: readonly InnerCall[], mode: BatchMode = 'atomic'): TxPlan {
  if (calls.length < 2 || calls.length > MAX_BATCH_CALLS) throw wrongCount(calls.length);
  const nested = calls.find(({ call }) => call.pallet === 'Utility');
  if (nested !== undefined) throw batchInside(callTitle(nested.call));
  const isAtomic = mode === 'atomic';
  const items = calls.map(itemOf);
  const spendRao = items.reduce((sum, item) => sum + item.spendRao, 0n);
  return {
    command: COMMAND,
    summary: `Batch of ${calls.length} calls`,
    question: `Make these ${calls.length} calls, ${isAtomic ? 'all or none' : 'each on its own'}?`,
    call: {
      pallet: 'Utility',
      name: isAtomic ? 'batch_all' : 'force_batch',
      args: { calls: calls.map(({ call }) => call) },
    },
    rows: [
      ...items.flatMap(({ rows }) => rows),
      ...(spendRao === 0n ? [] : [['Spends', `${displayRao(spendRao, 9, 'up')} TAO`] as const]),
    ],
    warnings: [],
    spendRao,
    touches: NOTHING,
    data: {
      mode,
      calls: calls.map(({ call }) => `${call.pallet}.${call.name}`),
      spends: taoJson(tao(spendRao)),
    },
    batch: { mode, items },
  };
}

const COMMAND = 'tx.batch';
const NOTHING = { netuids: [], hotkeys: [] };

function itemOf(inner: InnerCall): TxPlan {
  const title = callTitle(inner.call);
  return {
    command: COMMAND,
    summary: title,
    question: `Make the call ${title}?`,
    call: inner.call,
    rows: callRows(inner.call),
    warnings: [],
    spendRao: spendOf(inner),
    touches: NOTHING,
    data: {},
  };
}

/** TAO the call takes from the free balance, as far as its arguments say. */
function spendOf({ call }: InnerCall): bigint {
  const argument = SPENDING[`${call.pallet}.${call.name}`];
  const value = argument === undefined ? 0n : call.args[argument];
  return typeof value === 'bigint' ? value : 0n;
}

function wrongCount(count: number): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't make a batch of ${count}: it takes 2 to ${MAX_BATCH_CALLS} calls.`,
    hint: 'Name each call as 0x hex, or the file that --unsigned-out wrote.',
    data: { count },
  });
}

function batchInside(title: string): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't put ${title} into a batch: the chain refuses a batch inside a batch.`,
    hint: 'Name the calls inside it one by one.',
  });
}
