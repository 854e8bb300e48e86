/**
 * Lists of wide structs of which little is wanted: the rest is read past. Its accounts stay bytes,
 * since working out the checksums of their addresses is most of the work of decoding such a list.
 */
import type { LookupEntry } from '@polkadot-api/metadata-builders';
import {
  createCodec,
  type Decoder,
  enhanceDecoder,
  Option,
  Tuple,
  Vector,
} from '@polkadot-api/substrate-bindings';
import { decodeWith, type TypeRegistry } from './type-registry.ts';

type PickRequest = {
  readonly registry: TypeRegistry;
  /** A struct, or lists and options of one. */
  readonly entry: LookupEntry;
  readonly fields: readonly string[];
  /** Names the bytes in errors. */
  readonly what: string;
};

/** As `registry.decode`, each struct with those of `fields` that it has. CHAIN_UNDECODABLE. */
export function decodeFields(request: PickRequest, bytes: Uint8Array): unknown {
  const decode = decoderOf(request, request.entry);
  const codec = createCodec<unknown>(() => new Uint8Array(), decode);
  return decodeWith(codec, bytes, request.what).value;
}

type Decode = Decoder<unknown>;

function decoderOf({ registry, fields }: PickRequest, entry: LookupEntry): Decode {
  const decoder = (inner: LookupEntry): Decode => {
    switch (inner.type) {
      case 'sequence':
        return Vector.dec(decoder(inner.value));
      case 'option':
        return Option.dec(decoder(inner.value));
      case 'struct':
        return fieldsDecoder(inner.value);
      default:
        return (input) => registry.toPlain(inner, registry.codec(inner).dec(input));
    }
  };
  const fieldsDecoder = (entries: Readonly<Record<string, LookupEntry>>): Decode => {
    const all = Object.entries(entries);
    const isWanted = (name: string): boolean => fields.includes(name);
    const decoders = all.map(([name, inner]) =>
      isWanted(name) ? registry.codec(inner).dec : registry.rawCodec(inner).dec,
    );
    return enhanceDecoder(Tuple.dec(...decoders), (values) =>
      Object.fromEntries(
        all.flatMap(([name, inner], index) =>
          isWanted(name) ? [[name, registry.toPlain(inner, values[index])]] : [],
        ),
      ),
    );
  };
  return decoder(entry);
}
