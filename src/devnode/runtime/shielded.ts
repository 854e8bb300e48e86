/**
 * Encrypted submissions in the pool: each is opened when it comes in, and waits for the block whose
 * author holds its key; there the extrinsic inside follows it.
 */
import { MAX_SHIELD_PERIOD_BLOCKS } from '../../domain/shield.ts';
import type { Candidate } from './execute-block.ts';
import { decodeSigned, type SignedExtrinsic } from './extrinsic.ts';
import { ciphertextOf, openShielded } from './shield-keys.ts';
import { type ChainFacts, checkSignature, type Invalidity } from './validity.ts';

/** Numbers of `Invalid(Custom(n))`. */
const FAILED_PARSING = 23;
const INVALID_KEY_HASH = 24;

export type Shielded = {
  /** Number of the block whose author opens it. */
  readonly opensAt: number;
  /** What is inside, its signature checked; undefined when it is no signed extrinsic. */
  readonly inner: Candidate | undefined;
};

/** A transaction in the pool. */
type Waiting = Candidate & { readonly shielded: Shielded | undefined };

/** What an extrinsic carries sealed, why it is refused, or undefined when it carries nothing. */
export async function readShielded(
  { call, era }: SignedExtrinsic,
  facts: ChainFacts,
): Promise<Shielded | Invalidity | undefined> {
  const ciphertext = ciphertextOf(call);
  if (ciphertext === undefined) return undefined;
  if (era.kind === 'immortal' || era.period > MAX_SHIELD_PERIOD_BLOCKS) {
    return { kind: 'invalid', name: 'Stale' };
  }
  const opened = openShielded(ciphertext, facts.genesisHash, facts.blockNumber - 1);
  if (opened.kind === 'unparsable') return { kind: 'custom', code: FAILED_PARSING };
  if (opened.kind === 'stale') return { kind: 'custom', code: INVALID_KEY_HASH };
  const { opensAt, extrinsic } = opened;
  const inner = extrinsic === undefined ? undefined : decodeSigned(extrinsic, facts.profile);
  if (inner === undefined) return { opensAt, inner: undefined };
  const checked = await checkSignature(inner, facts);
  return { opensAt, inner: checked.ok ? { signer: checked.signer, extrinsic: inner } : undefined };
}

/** The block's candidates among what is ready: sealed ones only in their block, opened there. */
export function candidatesFor(
  entries: readonly Waiting[],
  blockNumber: number,
): readonly Candidate[] {
  return entries.flatMap((entry) => {
    const { shielded } = entry;
    if (shielded === undefined) return [entry];
    if (shielded.opensAt !== blockNumber) return [];
    return shielded.inner === undefined ? [entry] : [entry, shielded.inner];
  });
}

/** Whether an entry is sealed for a block that comes later. */
export function waitsForItsAuthor({ shielded }: Waiting, blockNumber: number): boolean {
  return shielded !== undefined && shielded.opensAt > blockNumber;
}

/** Whether the block that could have opened an entry is past. */
export function missedItsAuthor({ shielded }: Waiting, nextBlock: number): boolean {
  return shielded !== undefined && shielded.opensAt < nextBlock;
}
