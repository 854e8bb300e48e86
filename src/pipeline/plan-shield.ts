/** Decides whether a transaction goes sealed, before anybody is asked; and what that costs. */
import { MAX_SHIELDED_EXTRINSIC_BYTES, SHIELD_KEY_BYTES } from '../chain/codecs/mev-shield.ts';
import { readShieldKey } from '../chain/queries/read-shield-key.ts';
import type { Call } from '../chain/types.ts';
import { formatRao } from '../domain/amount.ts';
import { MAX_SHIELD_PERIOD_BLOCKS, UNSEALABLE } from '../domain/shield.ts';
import { TaoError } from '../errors/tao-error.ts';
import { estimateFee, type FeeBasis } from './payload-parts.ts';
import { EXISTENTIAL_DEPOSIT_RAO } from './perform.ts';
import { IN_THE_OPEN, type ShieldPlan } from './shield-types.ts';

/** What surrounds a call in a signed extrinsic, at most: signature, account, extensions. */
const AROUND_A_CALL_BYTES = 200;
/** What sealing adds: key hash, KEM ciphertext, nonce and tag. */
const SEALING_BYTES = 1_146;

/** SHIELD_UNAVAILABLE with `--shield on` where it cannot be; `auto` goes in the open and says so. */
export async function planShield(
  basis: FeeBasis,
  calls: readonly Uint8Array[],
): Promise<ShieldPlan> {
  const { choices, view, accountFacts } = basis;
  const reason = await whyNot(basis, calls);
  if (reason !== undefined) return inTheOpen(basis, reason);
  const [call] = calls as readonly [Uint8Array];
  const carrier = carrierCall(new Uint8Array(call.length + AROUND_A_CALL_BYTES + SEALING_BYTES));
  const feeRao = await estimateFee(basis, view.runtime.encodeCall(carrier));
  // Chain rule: the fee of a sale may be taken from its alpha; a carrier sells nothing.
  if (accountFacts.freeRao < feeRao + EXISTENTIAL_DEPOSIT_RAO) {
    return inTheOpen(basis, `its carrier's fee takes ${formatRao(feeRao)} TAO that is free`);
  }
  return {
    isShielded: true,
    feeRao,
    rows: [['Shield', `encrypted inside a carrier; valid for ${sealedEra(choices)} blocks`]],
    warnings: [],
  };
}

/** SHIELD_UNAVAILABLE under `on`. */
function inTheOpen({ choices }: FeeBasis, reason: string): ShieldPlan {
  if (choices.shield === 'on') throw unavailable(reason);
  return { ...IN_THE_OPEN, warnings: [`Sent in the open, not encrypted: ${reason}.`] };
}

/** The call that carries sealed bytes. */
export function carrierCall(ciphertext: Uint8Array): Call {
  const hex = `0x${Buffer.from(ciphertext).toString('hex')}`;
  return { pallet: 'MevShield', name: 'submit_encrypted', args: { ciphertext: hex } };
}

/** What was asked for, or the most that a sealed one may live. */
export function sealedEra({ eraBlocks }: FeeBasis['choices']): number {
  return Math.min(eraBlocks, MAX_SHIELD_PERIOD_BLOCKS);
}

async function whyNot(
  { choices, view }: FeeBasis,
  calls: readonly Uint8Array[],
): Promise<string | undefined> {
  if (choices.unsignedOut !== undefined || choices.signedOut !== undefined) return UNSEALABLE.file;
  if (choices.isEraGiven && choices.eraBlocks > MAX_SHIELD_PERIOD_BLOCKS) return UNSEALABLE.era;
  const [call, ...others] = calls;
  if (call === undefined || others.length > 0) return 'it takes several transactions';
  if (call.length + AROUND_A_CALL_BYTES > MAX_SHIELDED_EXTRINSIC_BYTES) {
    return `it is longer than the ${MAX_SHIELDED_EXTRINSIC_BYTES} bytes the chain takes`;
  }
  const key = await readShieldKey(view);
  return key?.length === SHIELD_KEY_BYTES
    ? undefined
    : 'this chain takes no encrypted transactions now';
}

export function unavailable(reason: string): TaoError {
  return new TaoError('SHIELD_UNAVAILABLE', {
    message: `Couldn't send it encrypted: ${reason}.`,
    hint: 'Nothing was signed. Use --shield auto to send it in the open then, or leave --shield out.',
    data: { reason },
  });
}
