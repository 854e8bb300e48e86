/**
 * Judges a transaction by the spending policy, on the call decoded from the very bytes that are to
 * be signed. Reads the policy afresh each time and is closed by default.
 */
import type { Call, Runtime } from '../../chain/types.ts';
import type { Context } from '../../cli/context.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { Journal } from '../../ledger/types.ts';
import { KNOWN_CALLS } from '../../signing/policy/call-effects.ts';
import { checkPolicy } from '../../signing/policy/check-policy.ts';
import type { Policy, ValuedAsset, ValueRaoOf } from '../../signing/policy/types.ts';
import { openPolicyFile } from './open-policy.ts';
import { readSpendHistory } from './spend-history.ts';
import type { AssetValuer } from './value-assets.ts';

export type SpendingQuestion = {
  readonly context: Pick<Context, 'files' | 'paths'>;
  readonly runtime: Pick<Runtime, 'decodeCall'>;
  /** The SCALE bytes of the call. */
  readonly call: Uint8Array;
  /** Whether the metadata that decodes them is the chain's own, as far as can be known. */
  readonly isMetadataKnown: boolean;
  readonly valueAssets: AssetValuer;
};

/** A call, valued, beside the policy it has to pass. */
export type Spending = {
  readonly policy: Policy | undefined;
  readonly call: Call;
  readonly isMetadataKnown: boolean;
  readonly valueRaoOf: ValueRaoOf;
  /** What it moves, in rao of TAO; undefined when that is not known. */
  readonly movesRao: bigint | undefined;
};

/** Allows every known call and limits nothing: for the value alone. */
const NO_LIMITS: Policy = { windows: [], calls: KNOWN_CALLS };

/** POLICY_DAMAGED, CHAIN_UNDECODABLE; NETWORK_ codes where a limit needs a value. */
export async function readSpending(question: SpendingQuestion): Promise<Spending> {
  const { context, isMetadataKnown } = question;
  const policy = await openPolicyFile(context).read();
  const isLimited = policy !== undefined && hasLimits(policy);
  const { valueRaoOf, ...valued } = await valueCall(question, isLimited);
  return {
    ...valued,
    policy,
    isMetadataKnown,
    // Where nothing is limited, what cannot be valued need not be refused.
    valueRaoOf: isLimited ? valueRaoOf : (asset) => valueRaoOf(asset) ?? 0n,
  };
}

/**
 * The call with what it moves, without asking the policy. CHAIN_UNDECODABLE; what cannot be valued
 * is not known, unless `isValueNeeded`: then NETWORK_ codes.
 */
export async function valueCall(
  question: Pick<SpendingQuestion, 'runtime' | 'call' | 'valueAssets'>,
  isValueNeeded = false,
): Promise<Pick<Spending, 'call' | 'valueRaoOf' | 'movesRao'>> {
  const call = question.runtime.decodeCall(question.call);
  const valueRaoOf = await valuesOf(question, call, isValueNeeded);
  const bare = judge({ policy: NO_LIMITS, call, valueRaoOf, nowMs: 0 });
  return { call, valueRaoOf, movesRao: bare.allowed ? bare.valueRao : undefined };
}

/**
 * The policy's refusal (POLICY_REFUSED), or undefined when the transaction may be signed now.
 * `exceptId`: its own record, where it is in the journal already.
 */
export function refusalOf(
  spending: Spending,
  asked: {
    readonly journal: Pick<Journal, 'list'>;
    readonly nowMs: number;
    readonly exceptId?: string | undefined;
  },
): TaoError | undefined {
  const { policy } = spending;
  if (policy === undefined) return undefined;
  if (!spending.isMetadataKnown) return metadataUnknown();
  const history = policy.windows.length === 0 ? [] : readSpendHistory(asked.journal, asked);
  const verdict = judge({ ...spending, policy, history, nowMs: asked.nowMs });
  return verdict.allowed ? undefined : verdict.error;
}

function hasLimits(policy: Policy): boolean {
  return policy.perTransactionRao !== undefined || policy.windows.length > 0;
}

function judge(check: {
  readonly policy: Policy;
  readonly call: Call;
  readonly valueRaoOf: ValueRaoOf;
  readonly history?: Parameters<typeof checkPolicy>[0]['history'];
  readonly nowMs: number;
}) {
  const { call, history = [], ...rest } = check;
  return checkPolicy({ ...rest, history, decodedCall: call });
}

async function valuesOf(
  question: Pick<SpendingQuestion, 'valueAssets'>,
  call: Call,
  isValueNeeded: boolean,
): Promise<ValueRaoOf> {
  const assets: ValuedAsset[] = [];
  const collect: ValueRaoOf = (asset) => {
    assets.push(asset);
    return 0n;
  };
  judge({ policy: NO_LIMITS, call, valueRaoOf: collect, nowMs: 0 });
  if (assets.length === 0) return () => undefined;
  try {
    return await question.valueAssets(assets);
  } catch (error) {
    if (isValueNeeded) throw error;
    return () => undefined;
  }
}

function metadataUnknown(): TaoError {
  return new TaoError('POLICY_REFUSED', {
    message:
      "Couldn't sign: the spending policy cannot be checked, because the metadata in the file may not be the chain's own.",
    details: ['With other metadata the same bytes would read as another call.'],
    hint: 'Make the plan with --metadata-hash on, or vouch for the metadata with --trust-metadata HASH from a machine you trust.',
    data: { rule: 'metadata' },
  });
}
