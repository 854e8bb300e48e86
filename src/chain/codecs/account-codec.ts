/** Accounts on the wire: 32 bytes, ss58 text with Bittensor's prefix here. */
import { Bytes, type Codec, createCodec } from '@polkadot-api/substrate-bindings';
import { formatAddress, parseAddress } from '../../domain/address.ts';

const ACCOUNT_BYTES = 32;
const bytesCodec = Bytes(ACCOUNT_BYTES);

/**
 * In place of the library's, which works out the checksum of an address anew wherever it occurs.
 * Too few bytes are a RangeError; encoding: ADDRESS_INVALID, ADDRESS_WRONG_PREFIX.
 */
export const accountCodec = createCodec<string>(parseAddress, (input) =>
  formatAddress(bytesCodec.dec(input)),
);

/** Accounts left as they are, under the type that the library wants. Decodes only. */
export const accountBytesCodec = bytesCodec as Codec<unknown> as Codec<string>;
