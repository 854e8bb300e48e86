import { merkleizeMetadata } from '@polkadot-api/merkleize-metadata';
import { metadata as metadataCodec } from '@polkadot-api/substrate-bindings';
import { describe, expect, it } from 'vitest';
import { ALICE } from '../../../test/fixtures/byte-vectors.ts';
import {
  hasRealMetadata,
  readRealMetadata,
  realSuiteName,
} from '../../../test/helpers/real-metadata.ts';
import { decodeRuntime } from '../../chain/codecs/decode-metadata.ts';
import { buildParts } from '../../chain/codecs/extrinsic.ts';
import type { Chain, PayloadParts, Runtime } from '../../chain/types.ts';
import { encodedMetadata } from '../../devnode/metadata/build.ts';
import { parseAddress } from '../../domain/address.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { formatHex } from '../../signing/bytes.ts';
import { chooseMetadataHash, digestMetadata, hasMetadataHash } from './metadata-digest.ts';

const GENESIS = `0x${'2f'.repeat(32)}`;
const version = { specName: 'node-subtensor', specVersion: 424, transactionVersion: 1 };
const runtimeOf = (metadata: Uint8Array): Runtime => decodeRuntime(metadata, version);

function partsOf(runtime: Runtime, metadataHash?: Uint8Array): PayloadParts {
  return buildParts({
    runtime,
    genesisHash: GENESIS,
    call: { pallet: 'System', name: 'remark', args: { remark: '0x01' } },
    era: { kind: 'immortal' },
    nonce: 3,
    tipRao: 0n,
    ...(metadataHash === undefined ? {} : { metadataHash }),
  });
}

/** A chain that answers only what it is told to answer. */
function chainOf(
  runtime: Runtime,
  answers: Readonly<Record<string, (params: readonly unknown[]) => unknown>>,
  kind: 'custom' | 'dev' = 'custom',
): Chain {
  const request = async (method: string, params: readonly unknown[]) => {
    const answer = answers[method];
    if (answer === undefined) throw new Error(`not expected: ${method}`);
    return answer(params);
  };
  const at = async () => ({ hash: GENESIS, number: 0, runtime });
  const target = { name: 'ws://node', kind, url: 'ws://node', genesisHash: GENESIS };
  return { target, genesisHash: GENESIS, runtime, rpc: { request }, at } as unknown as Chain;
}

const choose = (chain: Chain, choice: 'on' | 'off' | 'auto') =>
  chooseMetadataHash({
    chain,
    choice,
    publicKey: parseAddress(ALICE),
    partsWith: async (hash) => partsOf(chain.runtime, hash),
  });

/** `Err(Unknown(CannotLookup))` and `Err(Invalid(BadProof))` of the runtime's validation. */
const CANNOT_LOOKUP = '0x010100';
const BAD_PROOF = '0x010004';
const node = (validity: string) => ({
  system_name: () => 'Subtensor Node',
  state_call: () => validity,
});

describe('the digest of metadata', () => {
  it('is the same for version 15 and 16, and there is none for 14 or for damage', async () => {
    const digest = await digestMetadata(encodedMetadata(16));
    expect(digest).toHaveLength(32);
    expect(await digestMetadata(encodedMetadata(15))).toEqual(digest);
    expect(await digestMetadata(encodedMetadata(14))).toBeUndefined();
    expect(await digestMetadata(encodedMetadata(16).slice(0, 999))).toBeUndefined();
  });
});

describe('metadata that hashes like another and decodes otherwise', () => {
  const honest = encodedMetadata(16);
  const token = { decimals: 9, tokenSymbol: 'TAO' };
  type Decoded = ReturnType<typeof metadataCodec.dec>;
  type Type = { id: number; path: string[]; params: { name: string; type?: number }[] };
  const tampered = (change: (lookup: Type[]) => void): Uint8Array => {
    const decoded = metadataCodec.dec(Uint8Array.from(honest)) as Decoded;
    change((decoded.metadata.value as unknown as { lookup: Type[] }).lookup);
    return metadataCodec.enc(decoded);
  };

  it.each<[string, (lookup: Type[]) => void]>([
    [
      'types that are not in the place of their id',
      (lookup) => {
        const [first, second] = [lookup[40] as Type, lookup[41] as Type];
        lookup.splice(40, 2, second, first);
      },
    ],
    [
      'an option of another type than its variant holds',
      (lookup) => {
        const option = lookup.find(({ path }) => path.join() === 'Option');
        (option?.params[0] as { type: number }).type = 0;
      },
    ],
  ])('is found: %s', async (_title, change) => {
    const forged = tampered(change);
    expect(forged).not.toEqual(honest);
    // The library sees no difference: what it hashes is not what a decoder looks at.
    const digest = merkleizeMetadata(honest, token).digest();
    expect(merkleizeMetadata(forged, token).digest()).toEqual(digest);
    expect(await digestMetadata(honest)).toEqual(digest);
    expect(await digestMetadata(forged)).toBeUndefined();
  });
});

describe.runIf(hasRealMetadata)(realSuiteName('the digest of mainnet'), () => {
  const metadata = readRealMetadata();
  const token = { decimals: 9, tokenSymbol: 'TAO' };

  it("is the library's own, for TAO with 9 decimals and for nothing else", async () => {
    const digest = await digestMetadata(metadata);
    expect(digest).toEqual(merkleizeMetadata(metadata, token).digest());
    expect(formatHex(digest ?? new Uint8Array())).toBe(
      '0x80de37ca8c53ddbf9835d5123af60e0ef5015b3d039a6ffee0ccbb41966c864f',
    );
    for (const other of [
      { ...token, decimals: 12 },
      { ...token, tokenSymbol: 'DOT' },
    ]) {
      expect(merkleizeMetadata(metadata, other).digest()).not.toEqual(digest);
    }
  });

  it('goes into the bytes: mode 1 into the extrinsic, Some(hash) beside it', async () => {
    const runtime = runtimeOf(metadata);
    const digest = (await digestMetadata(metadata)) as Uint8Array;
    const off = partsOf(runtime);
    const on = partsOf(runtime, digest);
    // The extension is the last: one byte of mode, and an option of 32 bytes.
    expect([off.extra.at(-1), on.extra.at(-1)]).toEqual([0, 1]);
    expect(on.extra.slice(0, -1)).toEqual(off.extra.slice(0, -1));
    expect(off.additional.at(-1)).toBe(0);
    expect(on.additional.slice(0, off.additional.length - 1)).toEqual(off.additional.slice(0, -1));
    expect(on.additional.slice(-33)).toEqual(Uint8Array.of(1, ...digest));
  });

  it('is chosen where the runtime looks at it', async () => {
    const runtime = runtimeOf(metadata);
    const digest = await digestMetadata(metadata);
    expect(await choose(chainOf(runtime, node(BAD_PROOF)), 'on')).toEqual(digest);
    expect(await choose(chainOf(runtime, node(BAD_PROOF)), 'auto')).toEqual(digest);
  });
});

const unsupported = expect.objectContaining({ code: 'CHAIN_NO_METADATA_HASH', exitCode: 6 });

describe('the choice', () => {
  const runtime = runtimeOf(encodedMetadata(16));

  it('off asks nobody', async () => {
    expect(await choose(chainOf(runtime, {}), 'off')).toBeUndefined();
  });

  it.each<[string, Chain]>([
    ['the embedded chain in this process', chainOf(runtime, {}, 'dev')],
    ['the embedded chain at a URL', chainOf(runtime, { system_name: () => 'taostake dev chain' })],
    ['a runtime that was built without its hash', chainOf(runtime, node(CANNOT_LOOKUP))],
    ['a runtime without the extension', chainOf({ ...runtime, extensions: [] }, {})],
    ['metadata 14', chainOf(runtimeOf(encodedMetadata(14)), {})],
  ])('on is a clear error for %s, and auto is no hash', async (_title, chain) => {
    await expect(choose(chain, 'on')).rejects.toEqual(unsupported);
    expect(await choose(chain, 'auto')).toBeUndefined();
  });

  it('does not depend on a node that tells its name', async () => {
    const nameless = () => {
      throw new TaoError('RPC_REFUSED', { message: 'The node refused.' });
    };
    const answers = { ...node(BAD_PROOF), system_name: nameless };
    expect(await choose(chainOf(runtime, answers), 'on')).toHaveLength(32);
  });

  it('takes an extension without bytes for no room', () => {
    expect(hasMetadataHash(runtime)).toBe(true);
    const empty = { identifier: 'CheckMetadataHash', extraIsEmpty: true, implicitIsEmpty: true };
    expect(hasMetadataHash({ extensions: [empty] })).toBe(false);
  });
});
