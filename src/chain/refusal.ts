/**
 * What a node's refusal of `author_submit…` means: refused for good, already known, or nothing one
 * can conclude. Decided by the RPC code and the structured part of the answer.
 */
import type { TaoError } from '../errors/tao-error.ts';
import { describeValidity } from './failure.ts';
import type { ChainFailure } from './types.ts';

export type Refusal =
  | { readonly kind: 'refused'; readonly failure: ChainFailure }
  /** These very bytes are in the pool or in a block already. */
  | { readonly kind: 'known' }
  /** The call does not exist on this node. */
  | { readonly kind: 'no-method' }
  /** Anything else: the bytes may or may not be in the pool. */
  | { readonly kind: 'unclear'; readonly reason: string };

const METHOD_NOT_FOUND = -32_601;
const VERIFICATION_ERROR = 1_002;
const INVALID = 1_010;
const UNKNOWN_VALIDITY = 1_011;
const ALREADY_IMPORTED = 1_013;

/** Refusals that say by their number alone why the pool did not take the bytes. */
const poolRefusals: Readonly<Record<number, readonly [name: string, docs: string]>> = {
  1001: ['Pool.BadFormat', 'The node could not decode the transaction.'],
  1012: ['Pool.TemporarilyBanned', 'The node refuses these bytes for a while after a failure.'],
  1014: [
    'Pool.TooLowPriority',
    'Another transaction of the account with the same nonce is in the pool.',
  ],
  1015: ['Pool.CycleDetected', 'The transaction depends on itself.'],
  1016: ['Pool.ImmediatelyDropped', "The node's pool is full."],
  1017: ['Pool.Unactionable', 'The node cannot include or pass on the transaction.'],
  1018: ['Pool.Unactionable', 'The node cannot include or pass on the transaction.'],
  1019: ['Pool.NoTags', 'The transaction provides nothing the pool can order it by.'],
};

/** Chain rule: the pool's words for each validity answer. The node sends nothing more structured. */
const validityByWords: readonly (readonly [words: string, name: string])[] = [
  ['Transaction call is not expected', 'Call'],
  ['Inability to pay some fees', 'Payment'],
  ['Transaction will be valid in the future', 'Future'],
  ['Transaction is outdated', 'Stale'],
  ['Transaction has a bad signature', 'BadProof'],
  ['Transaction has an ancient birth block', 'AncientBirthBlock'],
  ['Transaction would exhaust the block limits', 'ExhaustsResources'],
  ['A call was labelled as mandatory', 'BadMandatory'],
  ['Transaction dispatch is mandatory', 'MandatoryValidation'],
  ['Invalid signing address', 'BadSigner'],
  ['The implicit data was unable to be calculated', 'IndeterminateImplicit'],
  ['The transaction extension did not authorize any origin', 'UnknownOrigin'],
];

/** Reads an RPC_REFUSED error of a submission. */
export function readRefusal(error: TaoError): Refusal {
  const code = error.data.rpcCode;
  const words = textOf(error.data.rpcMessage);
  const detail = textOf(error.data.rpcData);
  if (code === METHOD_NOT_FOUND) return { kind: 'no-method' };
  if (code === ALREADY_IMPORTED) return { kind: 'known' };
  if (code === INVALID || code === UNKNOWN_VALIDITY) {
    const kind = code === INVALID ? 'Invalid' : 'Unknown';
    return { kind: 'refused', failure: validityFailure(kind, `${words}: ${detail}`) };
  }
  const known = typeof code === 'number' ? poolRefusals[code] : undefined;
  if (known !== undefined) {
    return { kind: 'refused', failure: { name: known[0], docs: known[1] } };
  }
  // Runtime errors during verification leave it open whether another node would take the bytes.
  const reason = code === VERIFICATION_ERROR ? `verification failed: ${detail || words}` : words;
  return { kind: 'unclear', reason };
}

function validityFailure(kind: 'Invalid' | 'Unknown', text: string): ChainFailure {
  const custom = /Custom error: (\d+)/.exec(text);
  if (custom !== null) return describeValidity(kind, 'Custom', custom[1]);
  const known = validityByWords.find(([words]) => text.includes(words));
  if (known !== undefined) return describeValidity(kind, known[1]);
  return { name: kind, docs: text };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
