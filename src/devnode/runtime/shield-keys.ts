/**
 * The keys of MevShield on this chain: each block's author has one, and it follows from the genesis
 * hash and the block's number. They hide nothing, since anybody can derive them; they only take
 * part in the exchange as real ones do.
 */
import { blake2b } from '@noble/hashes/blake2.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import {
  parseShielded,
  type ShieldedTransaction,
  shieldKeyHash,
  unshieldExtrinsic,
} from '../../chain/codecs/mev-shield.ts';
import { joinBytes } from '../blocks/header.ts';
import { encode } from '../scale/codec.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import type { RuntimeCall } from './extrinsic.ts';

export type ShieldKeys = { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };

/**
 * Blocks from the one after which a key is read to the one whose author opens with it: what is
 * NextKey after block N is PendingKey after N + 1, and block N + 2 opens it.
 */
export const NEXT_KEY_AHEAD = 2;
export const PENDING_KEY_AHEAD = 1;

const LABEL = new TextEncoder().encode('taostake dev chain MevShield');
const SEED_BYTES = 64;
/** Keys at hand: those of a few blocks are asked for again and again. */
const MAX_KEPT_KEYS = 16;
const kept = new Map<string, ShieldKeys>();

/** The key pair of the author of a block. */
export function shieldKeys(genesisHash: string, blockNumber: number): ShieldKeys {
  const name = `${genesisHash} ${blockNumber}`;
  const found = kept.get(name);
  if (found !== undefined) return found;
  const entropy = joinBytes(LABEL, fromHex(genesisHash), encode('u32', blockNumber));
  const { publicKey, secretKey } = ml_kem768.keygen(blake2b(entropy, { dkLen: SEED_BYTES }));
  const keys = { publicKey, secretKey };
  const [oldest] = kept.keys();
  if (kept.size >= MAX_KEPT_KEYS && oldest !== undefined) kept.delete(oldest);
  kept.set(name, keys);
  return keys;
}

/** The ciphertext of a submission, or undefined for any other call. */
export function ciphertextOf(call: RuntimeCall): Uint8Array | undefined {
  const { type: pallet, value } = call;
  if (pallet !== 'MevShield' || value.type !== 'submit_encrypted') return undefined;
  return fromHex((value.value as { readonly ciphertext: string }).ciphertext);
}

/** What a submission holds, as seen after block `headNumber`. */
export type OpenedShield =
  | { readonly kind: 'unparsable' }
  | { readonly kind: 'stale' }
  | {
      readonly kind: 'sealed';
      /** Number of the block whose author opens it. */
      readonly opensAt: number;
      /** The bytes inside; undefined when they do not open. */
      readonly extrinsic: Uint8Array | undefined;
    };

/** Finds the block a submission is sealed for among those that can still come, and opens it. */
export function openShielded(
  ciphertext: Uint8Array,
  genesisHash: string,
  headNumber: number,
): OpenedShield {
  const parsed = parseShielded(ciphertext);
  if (parsed === undefined) return { kind: 'unparsable' };
  for (const ahead of [PENDING_KEY_AHEAD, NEXT_KEY_AHEAD]) {
    const opensAt = headNumber + ahead;
    const keys = shieldKeys(genesisHash, opensAt);
    if (!isFor(parsed, keys)) continue;
    return { kind: 'sealed', opensAt, extrinsic: unshieldExtrinsic(parsed, keys.secretKey) };
  }
  return { kind: 'stale' };
}

function isFor({ keyHash }: ShieldedTransaction, { publicKey }: ShieldKeys): boolean {
  return toHex(keyHash) === toHex(shieldKeyHash(publicKey));
}
