/**
 * Splits a batch that does not fit one transaction of the connected chain: by number of calls, by
 * bytes and by weight. Everything else stays one transaction.
 */
import { asCount, asRao } from '../chain/queries/shape.ts';
import type { BlockView, Chain, Runtime } from '../chain/types.ts';
import { combinePlans } from './combine-plans.ts';
import type { TxPlan } from './plan.ts';
import { readWeight } from './plan-multisig-facts.ts';

/** What one transaction may hold; undefined where the chain names no limit. */
export type BatchLimits = {
  readonly calls: number;
  readonly bytes: number | undefined;
  /** Of `ref_time`, in picoseconds. */
  readonly refTime: bigint | undefined;
};

/** What a whole batch takes, as far as it was asked for. */
export type BatchSize = { readonly bytes: number; readonly refTime: bigint | undefined };

/** Batches up to this size fit the weight of every runtime known: it is not asked for. */
export const SMALL_BATCH_ITEMS = 40;
/** Share of the chain's limits that is used: items differ in size, and signatures take room too. */
const USED_PERCENT = 80;
const BATCH_PALLET = 'Utility';
/** What runtimes without the constant enforce. */
const DEFAULT_MAX_CALLS = 10_922;

/** The plan itself where it fits; else batches of the same kind that do, in the order of the items. */
export function splitPlan(
  plan: TxPlan,
  limits: BatchLimits,
  size: BatchSize,
): readonly [TxPlan, ...TxPlan[]] {
  const { batch } = plan;
  if (batch === undefined) return [plan];
  const { items, mode } = batch;
  const most = mostItems(items.length, limits, size);
  if (items.length <= most) return [plan];
  const count = Math.ceil(items.length / most);
  const perPart = Math.ceil(items.length / count);
  const parts = Array.from({ length: Math.ceil(items.length / perPart) }, (_, index) => {
    const own = items.slice(index * perPart, (index + 1) * perPart);
    const { command, question } = plan;
    const summary = `${plan.summary}, part ${index + 1} of ${count}`;
    const part = combinePlans(own, { command, summary, question, mode });
    // One item is left as it is, and is a part of the request all the same.
    return { ...part, command, summary };
  });
  return parts as unknown as readonly [TxPlan, ...TxPlan[]];
}

function mostItems(items: number, limits: BatchLimits, size: BatchSize): number {
  const shareOf = (used: bigint, limit: bigint | undefined): bigint =>
    limit === undefined || used === 0n
      ? BigInt(items)
      : (BigInt(items) * limit * BigInt(USED_PERCENT)) / (used * 100n);
  const byBytes = shareOf(
    BigInt(size.bytes),
    limits.bytes === undefined ? undefined : BigInt(limits.bytes),
  );
  const byWeight = shareOf(size.refTime ?? 0n, limits.refTime);
  const most = [BigInt(limits.calls), byBytes, byWeight].reduce((a, b) => (a < b ? a : b));
  return Math.max(1, Number(most));
}

/** The limits the runtime's constants name. */
export function readBatchLimits(runtime: Runtime): BatchLimits {
  const constant = (pallet: string, name: string): unknown =>
    runtime.has.constant(pallet, name) ? runtime.constant(pallet, name) : undefined;
  const calls = constant('Utility', 'batched_calls_limit');
  const length = partOf(constant('System', 'BlockLength'), ['max', 'normal']);
  const weightPath = ['per_class', 'normal', 'max_extrinsic', 'ref_time'];
  const refTime = partOf(constant('System', 'BlockWeights'), weightPath);
  return {
    calls: calls === undefined ? DEFAULT_MAX_CALLS : asCount(calls),
    bytes: length === undefined ? undefined : asCount(length),
    refTime: refTime === undefined ? undefined : asRao(refTime),
  };
}

/** What lies below the names; undefined where the runtime has none of that. */
function partOf(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Readonly<Record<string, unknown>>)[name]
        : undefined,
    value,
  );
}

/** Asks the runtime for the weight of large batches only; what acts for another stays whole. */
export async function splitForChain(splitting: {
  readonly chain: Chain;
  readonly view: BlockView;
  readonly signer: string;
  readonly plan: TxPlan;
}): Promise<readonly [TxPlan, ...TxPlan[]]> {
  const { chain, view, signer, plan } = splitting;
  const limits = readBatchLimits(chain.runtime);
  const items = plan.batch?.items.length ?? 1;
  // A batch in a proxy or a multisig is one call of another account: its parts would be our own.
  if (plan.call.pallet !== BATCH_PALLET) return [plan];
  if (items <= Math.min(SMALL_BATCH_ITEMS, limits.calls)) return [plan];
  const call = chain.runtime.encodeCall(plan.call);
  const weight = await readWeight(chain, view, { call, signer });
  return splitPlan(plan, limits, { bytes: call.length, refTime: weight.ref_time });
}
