/**
 * Runtime API calls by name. Metadata 15 and 16 describe them; for metadata 14 a small table of the
 * signatures we use stands in, and the hashes in the runtime version say which APIs there are.
 */
import { blake2b } from '@noble/hashes/blake2.js';
import type { LookupEntry } from '@polkadot-api/metadata-builders';
import { mergeUint8 } from '@polkadot-api/utils';
import type { ApiCodec } from '../types.ts';
import { apiSignatures } from './api-signatures.ts';
import { formatHex, parseHex } from './hex.ts';
import { decodeFields } from './pick-fields.ts';
import { lacksItem } from './storage-codec.ts';
import { parseTypeExpression } from './type-expression.ts';
import { type TypeRegistry, undecodable } from './type-registry.ts';

type Signature = { readonly inputs: readonly LookupEntry[]; readonly output: LookupEntry };

const API_HASH_BYTES = 8;

/**
 * Whether the runtime has this API method. With metadata 14 that is: the API's hash is in the
 * runtime version (or the hashes are not known) and the table has a signature; a single method may
 * still be missing, which only the call tells.
 */
export function hasApi(
  registry: TypeRegistry,
  apiHashes: readonly string[] | undefined,
  api: string,
  method: string,
): boolean {
  if (registry.metadata.version !== 14) return describedMethod(registry, api, method) !== undefined;
  const known = apiSignatures.methods[`${api}.${method}`] !== undefined;
  return known && (apiHashes === undefined || apiHashes.includes(apiHash(api)));
}

/** How the runtime version names an API: blake2-64 of its name. */
export function apiHash(api: string): string {
  return formatHex(blake2b(new TextEncoder().encode(api), { dkLen: API_HASH_BYTES }));
}

/** The codec of one API method. CHAIN_LACKS_ITEM. */
export function createApiCodec(
  registry: TypeRegistry,
  apiHashes: readonly string[] | undefined,
  api: string,
  method: string,
): ApiCodec {
  if (!hasApi(registry, apiHashes, api, method)) throw lacksItem(`runtime API ${api}.${method}`);
  const name = `${api}.${method}`;
  const { inputs, output } = signatureOf(registry, api, method);
  return {
    encodeArgs: (...args) => {
      if (args.length !== inputs.length) {
        throw new TypeError(`${name} takes ${inputs.length} arguments, not ${args.length}`);
      }
      const parts = inputs.map((entry, i) =>
        registry.encode(entry, args[i], `${name} argument ${i + 1}`),
      );
      return formatHex(mergeUint8(parts));
    },
    decodeResult: (hex, fields) => {
      const what = `the answer of ${name}`;
      const bytes = parseHex(hex);
      if (bytes === undefined) throw undecodable(what, 'it is not hex');
      if (fields === undefined) return registry.decode(output, bytes, what).value;
      return decodeFields({ registry, entry: output, fields, what }, bytes);
    },
  };
}

function describedMethod(registry: TypeRegistry, api: string, method: string) {
  return registry.metadata.apis
    .find((entry) => entry.name === api)
    ?.methods.find((entry) => entry.name === method);
}

function signatureOf(registry: TypeRegistry, api: string, method: string): Signature {
  const described = describedMethod(registry, api, method);
  if (described !== undefined) {
    return {
      inputs: described.inputs.map((input) => registry.entry(input.type)),
      output: registry.entry(described.output),
    };
  }
  const [inputs, output] = apiSignatures.methods[`${api}.${method}`] ?? [[], '()'];
  const parse = (text: string) => parseTypeExpression(registry, apiSignatures.structs, text);
  return { inputs: inputs.map(parse), output: parse(output) };
}
