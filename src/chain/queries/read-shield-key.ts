/** The public key to seal a transaction for, where the chain opens sealed ones. */
import { parseHex } from '../codecs/hex.ts';
import type { BlockView } from '../types.ts';

const PALLET = 'MevShield';

/**
 * The key announced for the author of a block to come, at this block. It changes with every block:
 * read it at the best one. Undefined where the runtime has no such call, or no key is announced.
 */
export async function readShieldKey(view: BlockView): Promise<Uint8Array | undefined> {
  const { has } = view.runtime;
  if (!has.call(PALLET, 'submit_encrypted') || !has.storage(PALLET, 'NextKey')) return undefined;
  const key = await view.read(PALLET, 'NextKey');
  return key === undefined ? undefined : toBytes(key);
}

/** Bytes as this codec gives them: hex, or a list of numbers. */
function toBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return Uint8Array.from(value as number[]);
  return parseHex(value);
}
