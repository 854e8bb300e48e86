/** Plan and signed files of the embedded chain's runtime, without a chain: the pieces are real. */
import { decodeRuntime } from '../../src/chain/codecs/decode-metadata.ts';
import { buildParts } from '../../src/chain/codecs/extrinsic.ts';
import type { Call, Era, Runtime } from '../../src/chain/types.ts';
import { encodedMetadata } from '../../src/devnode/metadata/build.ts';
import { packMetadata } from '../../src/pipeline/offline/pack-metadata.ts';
import { type SignedTransaction, signPlan, type UnsignedPlan } from '../../src/signing/artifact.ts';
import { formatHex } from '../../src/signing/bytes.ts';
import { keyFromUri } from '../../src/signing/keys/key-material.ts';
import { createKeySigner } from '../../src/signing/keys/key-signer.ts';
import { signingBytes } from '../../src/signing/payload.ts';
import { ALICE, BOB } from '../fixtures/byte-vectors.ts';
import { START_MS } from './fixed-clock.ts';

export const TEST_GENESIS = `0x${'5e'.repeat(32)}`;
export const TEST_METADATA = encodedMetadata(16);
export const testRuntime: Runtime = decodeRuntime(TEST_METADATA, {
  specName: 'node-subtensor',
  specVersion: 424,
  transactionVersion: 1,
});
export const testEra: Era = {
  kind: 'mortal',
  period: 64,
  birthNumber: 1_000,
  birthHash: `0x${'ab'.repeat(32)}`,
};

export const stakeCall = (amountRao: bigint, hotkey = BOB): Call => ({
  pallet: 'SubtensorModule',
  name: 'add_stake',
  args: { hotkey, netuid: 8, amount_staked: amountRao },
});

export type PlanScript = {
  readonly call?: Call;
  readonly metadata?: Uint8Array;
  /** Of CheckMetadataHash. */
  readonly metadataHash?: Uint8Array;
  readonly over?: Partial<UnsignedPlan>;
};

/** A plan of //Alice that is true in all its parts, unless `over` says otherwise. */
export async function createPlan(script: PlanScript = {}): Promise<UnsignedPlan> {
  const { call = stakeCall(2_500_000_000n), metadata = TEST_METADATA, metadataHash } = script;
  const parts = buildParts({
    runtime: testRuntime,
    genesisHash: TEST_GENESIS,
    call,
    era: testEra,
    nonce: 5,
    tipRao: 0n,
    ...(metadataHash === undefined ? {} : { metadataHash }),
  });
  return {
    kind: 'unsigned',
    chain: {
      name: 'dev',
      genesisHash: TEST_GENESIS,
      specVersion: 424,
      transactionVersion: 1,
    },
    from: ALICE,
    scheme: 'sr25519',
    command: 'stake.add',
    summary: ['Stake 2.5 TAO'],
    ...parts,
    era: testEra,
    nonce: 5,
    tipRao: 0n,
    ...(metadataHash === undefined ? {} : { metadataHash: formatHex(metadataHash) }),
    metadata: await packMetadata(metadata),
    createdAtMs: START_MS - 1_000,
    expiresAtMs: START_MS + 600_000,
    ...script.over,
  };
}

/** The plan with the signature of //Alice. */
export async function signedByAlice(plan: UnsignedPlan): Promise<SignedTransaction> {
  const signer = await createKeySigner(await keyFromUri('//Alice', 'sr25519'));
  return signPlan(plan, await signer.signPayload(signingBytes(plan)));
}
