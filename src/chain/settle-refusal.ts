/**
 * What a node's refusal comes to. Where its words leave a doubt, the chain is asked: a gateway may
 * have handed the bytes on before it failed, so "used nonce" can mean that they are in a block.
 */
import type { TaoError } from '../errors/tao-error.ts';
import { findTransaction } from './find-transaction.ts';
import { type Refusal, readRefusal } from './refusal.ts';
import type { Chain, ChainFailure, TxOutcome } from './types.ts';
import { validateTransaction } from './validate-transaction.ts';

export type RefusedSend = {
  readonly chain: Chain;
  readonly extrinsic: Uint8Array;
  /** First block that can hold it. */
  readonly fromBlock: number;
  readonly error: TaoError;
};

export type SettledRefusal =
  | { readonly kind: 'outcome'; readonly outcome: TxOutcome }
  /** The node has the bytes. */
  | { readonly kind: 'known' }
  /** The node does not offer this way of sending: nothing was sent. */
  | { readonly kind: 'no-method' };

/** Chain rule: a node bans the bytes of blocks it imports for a while, and bytes it dropped. */
const BANNED = 'Pool.TemporarilyBanned';
/** The names that bytes already in a block would be refused with. */
const AMBIGUOUS: readonly string[] = ['Invalid.Stale', 'Invalid.Future', BANNED];
/** What `readRefusal` says when it recognises nothing. */
const UNNAMED: readonly string[] = ['Invalid', 'Unknown'];

/** NETWORK_ codes when the chain had to be asked and could not be. */
export async function settleRefusal(send: RefusedSend): Promise<SettledRefusal> {
  const refusal = readRefusal(send.error);
  if (refusal.kind === 'known' || refusal.kind === 'no-method') return refusal;
  return { kind: 'outcome', outcome: await settle(send, refusal) };
}

type Doubtful = Extract<Refusal, { readonly kind: 'refused' | 'unclear' }>;

async function settle(send: RefusedSend, refusal: Doubtful): Promise<TxOutcome> {
  const said = refusal.kind === 'refused' ? refusal.failure : undefined;
  const isNamed = said !== undefined && !UNNAMED.includes(said.name);
  const asked = isNamed ? undefined : await validateTransaction(send.chain, send.extrinsic);
  const failure = asked ?? said;
  if (failure === undefined) return { kind: 'unknown', reason: reasonOf(refusal) };
  if (!AMBIGUOUS.includes(failure.name)) return { kind: 'refused', failure };
  return (await find(send)) ?? ambiguous(refusal, failure);
}

function ambiguous(refusal: Doubtful, failure: ChainFailure): TxOutcome {
  if (failure.name === BANNED) {
    return { kind: 'unknown', reason: 'the node refuses these bytes for a while' };
  }
  if (refusal.kind === 'refused') return { kind: 'refused', failure };
  return { kind: 'unknown', reason: `${refusal.reason}: ${failure.name}` };
}

function find({ chain, extrinsic, fromBlock }: RefusedSend): Promise<TxOutcome | undefined> {
  return findTransaction(chain, { extrinsic, fromBlock, toBlock: Number.MAX_SAFE_INTEGER });
}

function reasonOf(refusal: Doubtful): string {
  return refusal.kind === 'unclear' ? refusal.reason : refusal.failure.name;
}
