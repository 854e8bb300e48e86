/** The compact length before opaque bytes. */
import { type Codec, compactNumber } from '@polkadot-api/substrate-bindings';
import { decodeWith } from './type-registry.ts';

/** The length an extrinsic or a byte string announces, and how many bytes the announcement takes. */
export function lengthPrefix(
  bytes: Uint8Array,
  what: string,
): { readonly length: number; readonly bytesRead: number } {
  const { value, bytesRead } = decodeWith(compactNumber as Codec<unknown>, bytes, what);
  return { length: value as number, bytesRead };
}
