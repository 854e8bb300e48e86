import { describe, expect, it } from 'vitest';
import { ALICE, callVectors, VECTOR_GENESIS } from '../../../test/fixtures/byte-vectors.ts';
import { asVersion14 } from '../../../test/helpers/metadata-shapes.ts';
import { encodedMetadata } from '../../devnode/metadata/build.ts';
import { parseAddress } from '../../domain/address.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import { dummySigned } from '../fees.ts';
import { decodeRuntime } from './decode-metadata.ts';
import { buildParts } from './extrinsic.ts';

const version = { specName: 'node-subtensor', specVersion: 424, transactionVersion: 1 };
const call = callVectors[0]?.call ?? { pallet: '', name: '', args: {} };

const runtimes = [
  ['16', encodedMetadata(16)],
  ['15', encodedMetadata(15)],
  ['14', encodedMetadata(14)],
  ['14 made of 16', asVersion14(encodedMetadata(16))],
] as const;

describe.each(runtimes)('an extrinsic under metadata %s', (_name, bytes) => {
  const runtime = decodeRuntime(bytes, version);

  const extrinsicWith = (era: Parameters<typeof buildParts>[0]['era']) =>
    dummySigned(
      buildParts({ runtime, genesisHash: VECTOR_GENESIS, call, era, nonce: 300, tipRao: 7n }),
      parseAddress(ALICE),
    );

  it('is taken apart into signer, era, nonce, tip and call', () => {
    const birthHash = `0x${'00'.repeat(32)}`;
    const era = { kind: 'mortal', period: 64, birthNumber: 1_000_003, birthHash } as const;
    expect(runtime.decodeExtrinsic(extrinsicWith(era))).toMatchObject({
      kind: 'signed',
      version: 4,
      address: ALICE,
      signature: { scheme: 'sr25519', hex: `0x${'01'.repeat(64)}` },
      era: { kind: 'mortal', period: 64, phase: 1_000_003 % 64 },
      nonce: 300,
      tipRao: 7n,
      call,
    });
  });

  it('may be immortal', () => {
    expect(runtime.decodeExtrinsic(extrinsicWith({ kind: 'immortal' })).era).toEqual({
      kind: 'immortal',
    });
  });

  it('may be unsigned, as the ones block authors add', () => {
    const now = runtime.encodeCall({ pallet: 'Timestamp', name: 'set', args: { now: 12_000 } });
    const bare = Uint8Array.from([(now.length + 1) << 2, 4, ...now]);
    expect(runtime.decodeExtrinsic(bare)).toMatchObject({
      kind: 'bare',
      address: undefined,
      nonce: undefined,
      call: { pallet: 'Timestamp', name: 'set', args: { now: 12_000n } },
    });
  });

  it('is refused at every length but its own', () => {
    const whole = extrinsicWith({ kind: 'immortal' });
    for (let length = 0; length < whole.length; length += 1) {
      let code: string | undefined;
      try {
        runtime.decodeExtrinsic(whole.slice(0, length));
      } catch (error) {
        code = isTaoError(error) ? error.code : String(error);
      }
      expect([length, code]).toEqual([length, 'CHAIN_UNDECODABLE']);
    }
    expect(() => runtime.decodeExtrinsic(Uint8Array.from([...whole, 0]))).toThrow(/length prefix/);
  });
});
