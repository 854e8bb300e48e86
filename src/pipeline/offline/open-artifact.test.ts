import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createPlan,
  stakeCall,
  TEST_GENESIS,
  TEST_METADATA,
  testEra,
} from '../../../test/helpers/artifacts.ts';
import { createTestContext, type TestContext } from '../../../test/helpers/test-context.ts';
import { MAINNET_GENESIS } from '../../chain/known-networks.ts';
import { createMetadataCache, metadataKey } from '../../chain/metadata-cache.ts';
import { encodedMetadata } from '../../devnode/metadata/build.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import type { UnsignedPlan } from '../../signing/artifact.ts';
import { formatHex } from '../../signing/bytes.ts';
import { digestMetadata } from './metadata-digest.ts';
import { openArtifact, requireMortal } from './open-artifact.ts';
import { MAX_METADATA_BYTES, metadataHashOf, packMetadata } from './pack-metadata.ts';

const context = createTestContext();
const invalid = expect.objectContaining({ code: 'ARTIFACT_INVALID', exitCode: 2 });
const untrusted = expect.objectContaining({ code: 'ARTIFACT_UNTRUSTED', exitCode: 7 });

const open = (plan: UnsignedPlan, trustedHash?: string, given: TestContext = context) =>
  openArtifact(given, plan, { trustedHash });

/** A machine that fetched this metadata from a node before. */
async function contextKnowing(metadata: Uint8Array, genesisHash: string): Promise<TestContext> {
  const made = createTestContext();
  const cache = createMetadataCache(made.files, made.paths.cache);
  const codeHash = `0x${'c0'.repeat(32)}`;
  await cache.store(metadataKey({ genesisHash, specVersion: 424, codeHash }), metadata);
  return made;
}

/** Metadata in which a call goes by another name: a forgery that decodes the same bytes otherwise. */
function forge(metadata: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(metadata).toString('latin1');
  expect(to).toHaveLength(from.length);
  return new Uint8Array(Buffer.from(text.replaceAll(from, to), 'latin1'));
}

describe('a plan file', () => {
  it('is decoded with the metadata it brings, and nothing vouches for that', async () => {
    const opened = await open(await createPlan());
    expect(opened.call).toEqual(stakeCall(2_500_000_000n));
    expect(opened.metadata).toEqual({ hash: metadataHashOf(TEST_METADATA), knownBy: undefined });
    expect(opened.runtime).toMatchObject({ specName: 'node-subtensor', specVersion: 424 });
  });

  it.each<[string, Partial<UnsignedPlan>]>([
    ['another nonce', { nonce: 6 }],
    ['another tip', { tipRao: 1n }],
    ['another era', { era: { ...testEra, kind: 'mortal', period: 128 } as UnsignedPlan['era'] }],
    [
      'an era from another block',
      { era: { ...testEra, birthHash: TEST_GENESIS } as UnsignedPlan['era'] },
    ],
    ['no era', { era: { kind: 'immortal' } }],
    [
      'an era that cannot begin there',
      { era: { kind: 'mortal', period: 65_536, birthNumber: 7, birthHash: TEST_GENESIS } },
    ],
    ['a metadata hash that is not signed', { metadataHash: TEST_GENESIS }],
  ])('is refused when it says %s than what is signed', async (_title, over) => {
    await expect(open(await createPlan({ over }))).rejects.toEqual(invalid);
  });

  it('is refused when it says another chain than the one in its bytes', async () => {
    const { chain } = await createPlan();
    for (const other of [
      { genesisHash: MAINNET_GENESIS },
      { specVersion: 425 },
      { transactionVersion: 2 },
    ]) {
      const over = { chain: { ...chain, ...other } };
      await expect(open(await createPlan({ over }))).rejects.toEqual(invalid);
    }
  });

  it('is refused when its call is not whole, or has more than a call', async () => {
    const { call } = await createPlan();
    const unread = expect.objectContaining({ code: 'CHAIN_UNDECODABLE', exitCode: 2 });
    for (const bytes of [call.slice(0, -1), Uint8Array.of(...call, 0), Uint8Array.of(250, 250)]) {
      await expect(open(await createPlan({ over: { call: bytes } }))).rejects.toEqual(unread);
    }
  });

  it('is refused with metadata that is damaged, too large, or not what its hash says', async () => {
    const packed = await packMetadata(TEST_METADATA);
    const bomb = gzipSync(new Uint8Array(MAX_METADATA_BYTES + 1));
    const noise = randomBytes(2_000);
    for (const metadata of [
      { ...packed, hash: TEST_GENESIS },
      { ...packed, gzip: packed.gzip.slice(0, -9) },
      { ...packed, gzip: new Uint8Array(bomb) },
      { ...packed, gzip: new Uint8Array(noise) },
      { gzip: new Uint8Array(gzipSync(noise)), hash: metadataHashOf(noise) },
    ]) {
      await expect(open(await createPlan({ over: { metadata } }))).rejects.toEqual(invalid);
    }
  });

  it('with any damage to its metadata is read or refused, and is never a defect', async () => {
    const damage = fc.array(fc.tuple(fc.nat(TEST_METADATA.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(damage, async (bytes) => {
        const metadata = Uint8Array.from(TEST_METADATA);
        for (const [place, byte] of bytes) metadata[place] = byte;
        try {
          await open(await createPlan({ metadata }));
        } catch (error) {
          expect(isTaoError(error), String(error)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('without metadata needs what this machine knows', async () => {
    const { metadata: _, ...bare } = await createPlan();
    await expect(open(bare)).rejects.toEqual(invalid);
    const knowing = await contextKnowing(TEST_METADATA, TEST_GENESIS);
    expect((await open(bare, undefined, knowing)).metadata.knownBy).toBe('cache');
  });

  it('that never expires is refused by whoever signs or sends it', async () => {
    const plan = await createPlan();
    expect(() => requireMortal(plan)).not.toThrow();
    expect(() => requireMortal({ ...plan, era: { kind: 'immortal' } })).toThrow(invalid);
  });
});

describe('metadata in a file', () => {
  const forged = forge(TEST_METADATA, 'add_stake', 'sub_stake');

  it('that is forged shows another call for the same bytes, and is not vouched for', async () => {
    const plan = await createPlan({ metadata: forged });
    const opened = await open(plan);
    expect(opened.call.name).toBe('sub_stake');
    expect(opened.metadata.knownBy).toBeUndefined();
  });

  it('is known when this machine had the same from a node, in whatever version', async () => {
    for (const version of [15, 16] as const) {
      const knowing = await contextKnowing(encodedMetadata(version), TEST_GENESIS);
      expect((await open(await createPlan(), undefined, knowing)).metadata.knownBy).toBe('cache');
    }
    const other = await contextKnowing(encodedMetadata(14), TEST_GENESIS);
    expect((await open(await createPlan(), undefined, other)).metadata.knownBy).toBeUndefined();
  });

  it('of a chain of ones own may differ from an earlier one, and is then not known', async () => {
    const knowing = await contextKnowing(TEST_METADATA, TEST_GENESIS);
    const opened = await open(await createPlan({ metadata: forged }), undefined, knowing);
    expect(opened.metadata.knownBy).toBeUndefined();
  });

  it('of a public chain that differs from the known one is refused', async () => {
    const { chain } = await createPlan();
    const over = { chain: { ...chain, genesisHash: MAINNET_GENESIS } };
    const knowing = await contextKnowing(TEST_METADATA, MAINNET_GENESIS);
    const plan = await createPlan({ metadata: forged, over });
    await expect(open(plan, undefined, knowing)).rejects.toEqual(untrusted);
  });

  it('is vouched for by either of its hashes, and refused for another', async () => {
    const digest = (await digestMetadata(TEST_METADATA)) as Uint8Array;
    for (const hash of [
      metadataHashOf(TEST_METADATA).toUpperCase().replace('0X', '0x'),
      formatHex(digest),
    ]) {
      expect((await open(await createPlan(), hash)).metadata.knownBy).toBe('user');
    }
    await expect(open(await createPlan(), TEST_GENESIS)).rejects.toEqual(untrusted);
    const plan = await createPlan({ metadata: forged });
    await expect(open(plan, metadataHashOf(TEST_METADATA))).rejects.toEqual(untrusted);
  });

  it('whose hash is signed is what the chain compares: a forged one does not fit', async () => {
    const metadataHash = (await digestMetadata(TEST_METADATA)) as Uint8Array;
    expect((await open(await createPlan({ metadataHash }))).metadata.knownBy).toBe('signed-hash');
    await expect(open(await createPlan({ metadataHash, metadata: forged }))).rejects.toEqual(
      invalid,
    );
  });
});
