import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutated } from '../../test/helpers/mutations.ts';
import { isTaoError } from '../errors/tao-error.ts';
import {
  assertNotExpired,
  eraEndBlock,
  isArtifactSignatureValid,
  parseArtifact,
  type SignedTransaction,
  serializeArtifact,
  signPlan,
  type UnsignedPlan,
} from './artifact.ts';
import { keyFromUri } from './keys/key-material.ts';
import { createKeySigner } from './keys/key-signer.ts';
import { signingBytes } from './payload.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

const plan: UnsignedPlan = {
  kind: 'unsigned',
  chain: {
    name: 'finney',
    genesisHash: `0x${'2f'.repeat(32)}`,
    specVersion: 424,
    transactionVersion: 1,
  },
  from: ALICE,
  scheme: 'sr25519',
  command: 'stake.add',
  summary: ['Stake 2.5 TAO', 'to 5F3s… on subnet 8'],
  call: Uint8Array.of(7, 88, 1, 2, 3),
  extra: Uint8Array.of(0, 0, 0),
  additional: new Uint8Array(72).fill(9),
  era: { kind: 'mortal', period: 64, birthNumber: 1000, birthHash: `0x${'ab'.repeat(32)}` },
  nonce: 5,
  tipRao: 0n,
  createdAtMs: 1_800_000_000_000,
  expiresAtMs: 1_800_000_600_000,
};

async function signed(over: Partial<UnsignedPlan> = {}): Promise<SignedTransaction> {
  const unsigned = { ...plan, ...over };
  const signer = await createKeySigner(await keyFromUri('//Alice', 'sr25519'));
  return signPlan(unsigned, await signer.signPayload(signingBytes(unsigned)));
}

/** Changes a field of a file's JSON, leaving the checksum. */
function edited(text: string, edit: (fields: Record<string, unknown>) => void): string {
  const fields = JSON.parse(text) as Record<string, unknown>;
  edit(fields);
  return JSON.stringify(fields);
}

describe('plan files', () => {
  it('read back as they were written', () => {
    expect(parseArtifact(serializeArtifact(plan))).toEqual(plan);
    const immortal: UnsignedPlan = {
      ...plan,
      era: { kind: 'immortal' },
      metadataHash: `0x${'cd'.repeat(32)}`,
      metadata: { hash: `0x${'ef'.repeat(32)}`, gzip: Uint8Array.of(0x1f, 0x8b, 8) },
      tipRao: 2n ** 64n - 1n,
    };
    expect(parseArtifact(serializeArtifact(immortal))).toEqual(immortal);
  });

  it('hold amounts as text and bytes as hex', () => {
    expect(JSON.parse(serializeArtifact(plan))).toMatchObject({
      format: 'tao-transaction/1',
      call: '0x0758010203',
      tipRao: '0',
      nonce: 5,
    });
  });

  it.each<[string, (fields: Record<string, unknown>) => void]>([
    ['a changed call', (fields) => Object.assign(fields, { call: '0x0758010204' })],
    ['a field that is gone', (fields) => Reflect.deleteProperty(fields, 'nonce')],
    ['a field nobody knows', (fields) => Object.assign(fields, { also: 1 })],
    ['a number as text', (fields) => Object.assign(fields, { nonce: '5' })],
    ['an amount as a number', (fields) => Object.assign(fields, { tipRao: 0 })],
    ['a fraction', (fields) => Object.assign(fields, { nonce: 5.5 })],
    [
      'metadata that says more than its hash and its bytes',
      (fields) => Object.assign(fields, { metadata: { hash: '0x', gzip: '0x00', also: 1 } }),
    ],
    ['hex in capitals', (fields) => Object.assign(fields, { call: '0x07580102AB' })],
    ['a control character', (fields) => Object.assign(fields, { summary: ['\u001b[2J'] })],
    ['text that turns around', (fields) => Object.assign(fields, { summary: ['a\u202eb'] })],
    [
      'an era of odd length',
      (fields) => Object.assign(fields, { era: { kind: 'mortal', period: 65 } }),
    ],
  ])('are refused with %s', (_title, edit) => {
    const text = edited(serializeArtifact(plan), edit);
    expect(() => parseArtifact(text)).toThrow(
      expect.objectContaining({ code: 'ARTIFACT_INVALID' }),
    );
  });

  it('of another version are refused as such', () => {
    const text = edited(serializeArtifact(plan), (fields) => {
      fields.format = 'tao-transaction/2';
    });
    expect(() => parseArtifact(text)).toThrow(
      expect.objectContaining({ code: 'ARTIFACT_VERSION_UNKNOWN' }),
    );
  });
});

describe('signed files', () => {
  it('read back as they were written, and their signature holds', async () => {
    const artifact = await signed();
    const parsed = parseArtifact(serializeArtifact(artifact));
    expect(parsed).toEqual(artifact);
    expect(await isArtifactSignatureValid(parsed as SignedTransaction)).toBe(true);
  });

  it('of a long call are signed by its hash', async () => {
    expect(
      await isArtifactSignatureValid(await signed({ call: new Uint8Array(500).fill(7) })),
    ).toBe(true);
  });

  it('do not hold a signature of anything else', async () => {
    const artifact = await signed();
    const other = signPlan({ ...plan, nonce: 6, additional: Uint8Array.of(1) }, artifact.signature);
    expect(await isArtifactSignatureValid(other)).toBe(false);
  });

  it('are refused when their extrinsic is not made of their parts', async () => {
    const artifact = await signed();
    const other = await signed({ call: Uint8Array.of(7, 88, 9, 9, 9) });
    for (const swapped of [
      { extrinsic: other.extrinsic },
      { hash: other.hash },
      { call: other.call },
    ]) {
      const text = serializeArtifact({ ...artifact, ...swapped });
      expect(() => parseArtifact(text)).toThrow(
        expect.objectContaining({ code: 'ARTIFACT_INVALID' }),
      );
    }
  });
});

describe('the time of a file', () => {
  it('ends by the clock, and by the era where the block is known', () => {
    const nowMs = plan.expiresAtMs - 1;
    expect(eraEndBlock(plan.era)).toBe(1064);
    expect(() => assertNotExpired(plan, { nowMs, bestBlock: 1063 })).not.toThrow();
    const expired = expect.objectContaining({ code: 'ARTIFACT_EXPIRED', exitCode: 7 });
    expect(() => assertNotExpired(plan, { nowMs: plan.expiresAtMs })).toThrow(expired);
    expect(() => assertNotExpired(plan, { nowMs, bestBlock: 1064 })).toThrow(expired);
    expect(() => assertNotExpired(plan, { nowMs: Number.NaN })).toThrow(expired);
    const immortal: UnsignedPlan = { ...plan, era: { kind: 'immortal' } };
    expect(() => assertNotExpired(immortal, { nowMs, bestBlock: 10 ** 9 })).not.toThrow();
  });
});

describe('any text', () => {
  const textOf = serializeArtifact(signPlan(plan, new Uint8Array(64).fill(0x81)));

  it('is an artifact or a TaoError', () => {
    const json = fc.json();
    fc.assert(
      fc.property(fc.oneof(fc.string(), json, mutated(textOf)), (text) => {
        try {
          parseArtifact(text);
        } catch (error) {
          expect(isTaoError(error)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('that was damaged never reads as another transaction', () => {
    const original = parseArtifact(textOf);
    fc.assert(
      fc.property(mutated(textOf), (text) => {
        let parsed: unknown = original;
        try {
          parsed = parseArtifact(text);
        } catch (error) {
          expect(isTaoError(error)).toBe(true);
        }
        expect(parsed).toEqual(original);
      }),
      { numRuns: 1000 },
    );
  });
});
