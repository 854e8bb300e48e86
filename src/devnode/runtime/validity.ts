/**
 * Whether an extrinsic may enter a block, in the chain's order of checks: signature over the
 * chain's own facts, nonce, payment. It never runs the call.
 */
import type { Account } from '../../economy/state.ts';
import { joinBytes } from '../blocks/header.ts';
import type { RuntimeProfile } from '../metadata/profiles/profile.ts';
import { TRANSACTION_VERSION } from '../metadata/version.ts';
import { encode } from '../scale/codec.ts';
import { fromHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';
import { accountIdOf } from './calls-frame.ts';
import { eraBirth, type SignedExtrinsic } from './extrinsic.ts';
import { planPayment } from './payment.ts';
import { isSignedBy } from './signature.ts';
import { precheckSubtensor } from './subtensor-extension.ts';

/** Names of the chain's InvalidTransaction and UnknownTransaction, `custom` with its number. */
export type Invalidity =
  | { readonly kind: 'invalid'; readonly name: InvalidName }
  | { readonly kind: 'custom'; readonly code: number }
  | { readonly kind: 'unknown'; readonly name: 'CannotLookup' | 'NoUnsignedValidator' };
export type InvalidName = 'Payment' | 'Future' | 'Stale' | 'BadProof' | 'AncientBirthBlock';

/** What validation needs to know of the chain around the state. */
export type ChainFacts = {
  /** The runtime the extrinsic has to be signed for. */
  readonly profile: RuntimeProfile;
  /** Number of the block that would include the extrinsic. */
  readonly blockNumber: number;
  readonly genesisHash: string;
  readonly hashAt: (number: number) => string | undefined;
};

export type Checked =
  | { readonly ok: true; readonly signer: Account }
  | { readonly ok: false; readonly invalidity: Invalidity };

const ZERO_ACCOUNT = `0x${'00'.repeat(32)}`;

const invalid = (name: InvalidName) =>
  ({ ok: false, invalidity: { kind: 'invalid', name } }) as const;

/** Checks the signature against what this chain is; nothing here depends on the state. */
export async function checkSignature(
  extrinsic: SignedExtrinsic,
  facts: ChainFacts,
): Promise<Checked> {
  const signer = accountIdOf(extrinsic.address);
  const lookupFails = signer === undefined || extrinsic.metadataHash;
  if (lookupFails) return { ok: false, invalidity: { kind: 'unknown', name: 'CannotLookup' } };
  const { era } = extrinsic;
  const birthHash =
    era.kind === 'immortal' ? facts.genesisHash : facts.hashAt(eraBirth(era, facts.blockNumber));
  if (birthHash === undefined) return invalid('AncientBirthBlock');
  const payload = signingPayload(extrinsic, facts, birthHash);
  const signed = await isSignedBy(signer, extrinsic.signature, payload);
  return signed && signer !== ZERO_ACCOUNT ? { ok: true, signer } : invalid('BadProof');
}

/** Checks what depends on the state: nonce, payment, the chain's own pre-checks. */
export function checkState(
  state: ChainState,
  signer: Account,
  extrinsic: SignedExtrinsic,
): Invalidity | undefined {
  const expected = state.nonces[signer] ?? 0;
  if (extrinsic.nonce < expected) return { kind: 'invalid', name: 'Stale' };
  const payment = planPayment(state, signer, extrinsic);
  if (payment === undefined) return { kind: 'invalid', name: 'Payment' };
  const code = precheckSubtensor(state, signer, extrinsic.call);
  return code === undefined ? undefined : { kind: 'custom', code };
}

/** call ‖ extra ‖ spec version, transaction version, genesis, era's first block, no metadata hash. */
function signingPayload(
  extrinsic: SignedExtrinsic,
  { profile, genesisHash }: ChainFacts,
  birthHash: string,
): Uint8Array {
  return joinBytes(
    extrinsic.callBytes,
    extrinsic.extra,
    encode('u32', profile.specVersion),
    encode('u32', TRANSACTION_VERSION),
    fromHex(genesisHash),
    fromHex(birthHash),
    Uint8Array.of(0),
  );
}
