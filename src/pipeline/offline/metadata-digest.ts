/**
 * The hash of a runtime's metadata that CheckMetadataHash compares (mode 1). The library behind it
 * is loaded when a hash is wanted, and not before.
 */
import { decAnyMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings';
import { dummySigned } from '../../chain/fees.ts';
import type { Chain, PayloadParts, Runtime } from '../../chain/types.ts';
import { validateTransaction } from '../../chain/validate-transaction.ts';
import type { TransactionOptions } from '../../cli/option-groups.ts';
import { isTaoError, TaoError } from '../../errors/tao-error.ts';

/** Chain rule: what the runtime's build writes into the hash. */
const TOKEN = { decimals: 9, tokenSymbol: 'TAO' } as const;
const EXTENSION = 'CheckMetadataHash';
/** What the node of the embedded chain calls itself. */
const EMBEDDED_NODE = 'taostake dev chain';

/**
 * 32 bytes; undefined where this metadata has no such hash (version 14, or damaged), and where it
 * says things beside the hash that would make it decode otherwise than what was hashed.
 */
export async function digestMetadata(metadata: Uint8Array): Promise<Uint8Array | undefined> {
  const { merkleizeMetadata } = await import('@polkadot-api/merkleize-metadata');
  try {
    if (!isPlain(unifyMetadata(decAnyMetadata(Uint8Array.from(metadata))).lookup)) return undefined;
    return merkleizeMetadata(metadata, TOKEN).digest();
  } catch {
    return undefined;
  }
}

type Lookup = ReturnType<typeof unifyMetadata>['lookup'];
type Variants = Extract<Lookup[number]['def'], { readonly tag: 'variant' }>['value'];

/**
 * The hash goes by the types' ids and by what their variants hold; the decoder by their place in
 * the list, and for Option and Result by their parameters. In honest metadata these are the same.
 */
function isPlain(lookup: Lookup): boolean {
  return lookup.every(({ id, path, params, def }, place) => {
    if (id !== place) return false;
    const [name] = path;
    const isOuter = path.length === 1 && (name === 'Option' || name === 'Result');
    if (!isOuter) return true;
    const types = params.map(({ type }) => type);
    const expected = name === 'Option' ? [undefined, types[0]] : [types[0], types[1]];
    return def.tag === 'variant' && holds(def.value, expected);
  });
}

/** Whether the variants have the indices 0, 1 and one field of that type each; undefined: none. */
function holds(variants: Variants, types: readonly (number | undefined)[]): boolean {
  return (
    variants.length === types.length &&
    types.every((type, index) => {
      const fields = variants.find((variant) => variant.index === index)?.fields;
      return fields?.length === (type === undefined ? 0 : 1) && fields[0]?.type === type;
    })
  );
}

/** Whether the runtime's extensions have room for the hash. */
export function hasMetadataHash({ extensions }: Pick<Runtime, 'extensions'>): boolean {
  const found = extensions.find(({ identifier }) => identifier === EXTENSION);
  return found !== undefined && !found.extraIsEmpty && !found.implicitIsEmpty;
}

/**
 * The hash to sign, or undefined for none. CHAIN_NO_METADATA_HASH when it was asked for and the
 * runtime cannot check it. `partsWith` builds the transaction that the runtime is asked about.
 */
export async function chooseMetadataHash(asked: {
  readonly chain: Chain;
  readonly choice: TransactionOptions['metadataHash'];
  readonly publicKey: Uint8Array;
  readonly partsWith: (metadataHash: Uint8Array) => Promise<PayloadParts>;
}): Promise<Uint8Array | undefined> {
  const { chain, choice } = asked;
  if (choice === 'off') return undefined;
  const digest = hasMetadataHash(chain.runtime)
    ? await digestMetadata(chain.runtime.metadataBytes)
    : undefined;
  const obstacle =
    digest === undefined
      ? 'its metadata has no place for one'
      : await findObstacle(chain, dummySigned(await asked.partsWith(digest), asked.publicKey));
  if (obstacle === undefined) return digest;
  if (choice === 'auto') return undefined;
  throw new TaoError('CHAIN_NO_METADATA_HASH', {
    message: `Couldn't sign with a metadata hash: ${chain.target.name} does not check it, for ${obstacle}.`,
    hint: 'Leave --metadata-hash out, or use --metadata-hash auto.',
    data: { network: chain.target.name, specVersion: chain.runtime.specVersion },
  });
}

/** Why the runtime would not look at the hash, as the end of a sentence. */
async function findObstacle(chain: Chain, extrinsic: Uint8Array): Promise<string | undefined> {
  const isEmbedded = chain.target.kind === 'dev' || (await readNodeName(chain)) === EMBEDDED_NODE;
  if (isEmbedded) return 'the embedded chain knows no hash of its metadata';
  // The signature is wrong on purpose; before it is looked at, the runtime looks up its own hash.
  const failure = await validateTransaction(chain, extrinsic);
  return failure?.name === 'Unknown.CannotLookup' ? 'its runtime was built without it' : undefined;
}

/** Undefined where a gateway does not pass the question on. */
async function readNodeName({ rpc }: Chain): Promise<unknown> {
  try {
    return await rpc.request('system_name', []);
  } catch (error) {
    if (isTaoError(error, 'RPC_REFUSED')) return undefined;
    throw error;
  }
}
