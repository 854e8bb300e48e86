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
import { createPlainer, type Plainer } from './plain-value.ts';
import { createWirer, type Wirer } from './wire-value.ts';

export type TypeRegistry = {
  readonly metadata: UnifiedMetadata;
  readonly builder: ReturnType<typeof getDynamicBuilder>;
  readonly entry: (typeId: number) => LookupEntry;
  readonly callTypeId: number | undefined;
  /** Friendly value to bytes. CHAIN_ARGUMENT, CHAIN_LACKS_CALL. `path` names it in errors. */
  readonly encode: (entry: LookupEntry, value: unknown, path: string) => Uint8Array;
  /** Bytes to a plain value. CHAIN_UNDECODABLE when they end too early or fit no variant. */
  readonly decode: (entry: LookupEntry, bytes: Uint8Array, what: string) => Decoded;
  readonly toWire: Wirer;
  readonly toPlain: Plainer;
};

/** Exit code of bad input. */
const USAGE = 2;

export type Decoded = { readonly value: unknown; readonly bytesRead: number };

/** Decodes metadata 14, 15 or 16, bare or wrapped. CHAIN_METADATA_UNUSABLE. */
export function createTypeRegistry(metadataBytes: Uint8Array): TypeRegistry {
  const metadata = decodeMetadata(metadataBytes);
  const lookup = getLookupFn(metadata);
  const builder = getDynamicBuilder(lookup);
  const callTypeId = lookup.call ?? undefined;
  const codecs = new Map<number, Codec<unknown>>();
  const syntheticCodec = (entry: LookupEntry) => getLookupCodecBuilder(() => entry)(entry.id);
  const codecOf = (entry: LookupEntry): Codec<unknown> => {
    const known = codecs.get(entry.id);
    if (known !== undefined) return known;
    const made = entry.id >= 0 ? builder.buildDefinition(entry.id) : syntheticCodec(entry);
    codecs.set(entry.id, made);
    return made;
  };
  const toWire = createWirer(callTypeId);
  const toPlain = createPlainer(callTypeId);
  return {
    metadata,
    builder,
    entry: lookup,
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

/** Decodes with a codec of the library, and says how many bytes it took. CHAIN_UNDECODABLE. */
export function decodeWith(codec: Codec<unknown>, bytes: Uint8Array, what: string): Decoded {
  // The library reads past the end of byte strings without complaint, and reads a view into a
  // larger buffer from the buffer's start: hence the copy and the look at its cursor.
  const tight = Uint8Array.from(bytes);
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
    return unifyMetadata(decAnyMetadata(Uint8Array.from(bytes)));
  } catch (cause) {
    throw new TaoError('CHAIN_METADATA_UNUSABLE', {
      message: "Couldn't read the chain's metadata: it is damaged or of an unknown version.",
      hint: 'Look for a newer version of taostake, or try another node.',
      data: { bytes: bytes.length },
      cause,
    });
  }
}
