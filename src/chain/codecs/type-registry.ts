/**
 * The types of one runtime: looks entries and codecs up by the metadata's ids, lazily, once each.
 * Encoding checks every value against its type first, so nothing is ever wrapped or cut short.
 */

import {
  getDynamicBuilder,
  getLookupCodecBuilder,
  getLookupFn,
  type LookupEntry,
} from '@polkadot-api/metadata-builders';
import {
  type Codec,
  createDecoder,
  decAnyMetadata,
  type UnifiedMetadata,
  unifyMetadata,
} from '@polkadot-api/substrate-bindings';
import { isTaoError, TaoError } from '../../errors/tao-error.ts';
import { accountBytesCodec, accountCodec } from './account-codec.ts';
import { createPlainer, type Plainer } from './plain-value.ts';
import { createWirer, type Wirer } from './wire-value.ts';

export type TypeRegistry = {
  readonly metadata: UnifiedMetadata;
  readonly entry: (typeId: number) => LookupEntry;
  readonly codec: (entry: LookupEntry) => Codec<unknown>;
  /** The same with accounts left as bytes: for values nobody looks at. Decodes only. */
  readonly rawCodec: (entry: LookupEntry) => Codec<unknown>;
  /** The codec of one call's arguments and its indexes. The whole enum of calls takes far longer. */
  readonly buildCall: ReturnType<typeof getDynamicBuilder>['buildCall'];
  readonly callTypeId: number | undefined;
  /** Friendly value to bytes. CHAIN_ARGUMENT, CHAIN_LACKS_CALL. `path` names it in errors. */
  readonly encode: (entry: LookupEntry, value: unknown, path: string) => Uint8Array;
  /** Bytes to a plain value. CHAIN_UNDECODABLE when they end too early or fit no variant. */
  readonly decode: (entry: LookupEntry, bytes: Uint8Array, what: string) => Decoded;
  readonly toWire: Wirer;
  readonly toPlain: Plainer;
  /** Hashed parts of storage keys (hex digits), by hasher, type and value. */
  readonly keyParts: Map<string, string>;
};

/** Exit code of bad input. */
const USAGE = 2;

export type Decoded = { readonly value: unknown; readonly bytesRead: number };

/** Decodes metadata 14, 15 or 16, bare or wrapped. CHAIN_METADATA_UNUSABLE. */
export function createTypeRegistry(metadataBytes: Uint8Array): TypeRegistry {
  const metadata = decodeMetadata(metadataBytes);
  const lookup = getLookupFn(metadata);
  let builder: ReturnType<typeof getDynamicBuilder> | undefined;
  const callTypeId = lookup.call ?? undefined;
  const codecOf = codecsOf(lookup, accountCodec);
  const toWire = createWirer(callTypeId);
  const toPlain = createPlainer(callTypeId);
  return {
    metadata,
    entry: lookup,
    codec: codecOf,
    rawCodec: codecsOf(lookup, accountBytesCodec),
    buildCall: (pallet, name) => {
      builder ??= getDynamicBuilder(lookup);
      return builder.buildCall(pallet, name);
    },
    keyParts: new Map(),
    callTypeId,
    encode: (entry, value, path) => codecOf(entry).enc(toWire(entry, value, path)),
    decode: (entry, bytes, what) => {
      const { value, bytesRead } = decodeWith(codecOf(entry), bytes, what);
      return { value: toPlain(entry, value), bytesRead };
    },
    toWire,
    toPlain,
  };
}

/** Codecs by entry, each made when first asked for. Entries of our own have negative ids. */
function codecsOf(lookup: (typeId: number) => LookupEntry, account: Codec<string>) {
  const known = new Map<number, Codec<unknown>>();
  const build = getLookupCodecBuilder(lookup, account);
  return (entry: LookupEntry): Codec<unknown> => {
    const found = known.get(entry.id);
    if (found !== undefined) return found;
    const made: Codec<unknown> =
      entry.id >= 0 ? build(entry.id) : getLookupCodecBuilder(() => entry, account)(entry.id);
    known.set(entry.id, made);
    return made;
  };
}

/** Decodes with a codec of the library, and says how many bytes it took. CHAIN_UNDECODABLE. */
export function decodeWith(codec: Codec<unknown>, bytes: Uint8Array, what: string): Decoded {
  // The library reads past the end of byte strings without complaint, and reads a view into a
  // larger buffer from the buffer's start: hence the copy and the look at its cursor.
  const tight = new Uint8Array(bytes);
  let bytesRead = 0;
  const decodeAll = createDecoder((input) => {
    const value = codec.dec(input);
    bytesRead = (input as Uint8Array & { readonly i: number }).i;
    return value;
  });
  const value = attempt(() => decodeAll(tight), what);
  if (bytesRead > tight.length) throw undecodable(what, 'they end too early');
  return { value, bytesRead };
}

/** Runs a decoding of bytes somebody gave us: then CHAIN_UNDECODABLE is a usage error, exit 2. */
export function asGiven<T>(decode: () => T): T {
  try {
    return decode();
  } catch (thrown) {
    // The stack is at its end: calls inside calls, deeper than any chain takes them.
    const error =
      thrown instanceof RangeError
        ? undecodable('the bytes', 'their calls are nested too deep', thrown)
        : thrown;
    if (!isTaoError(error, 'CHAIN_UNDECODABLE') || error.exitCode === USAGE) throw error;
    const { message, data, cause } = error;
    throw new TaoError('CHAIN_UNDECODABLE', { message, data, cause, exitCode: USAGE });
  }
}

/** The error for bytes of the node that are not what they should be. */
export function undecodable(what: string, why: string, cause?: unknown): TaoError {
  return new TaoError('CHAIN_UNDECODABLE', {
    message: `Couldn't decode ${what}: ${why}.`,
    data: { what },
    ...(cause === undefined ? {} : { cause }),
  });
}

function attempt<T>(decode: () => T, what: string): T {
  try {
    return decode();
  } catch (cause) {
    throw undecodable(what, 'the bytes do not fit its type in this runtime', cause);
  }
}

function decodeMetadata(bytes: Uint8Array): UnifiedMetadata {
  try {
    return unifyMetadata(decAnyMetadata(new Uint8Array(bytes)));
  } catch (cause) {
    throw new TaoError('CHAIN_METADATA_UNUSABLE', {
      message: "Couldn't read the chain's metadata: it is damaged or of an unknown version.",
      hint: 'Look for a newer version of taostake, or try another node.',
      data: { bytes: bytes.length },
      cause,
    });
  }
}
