/** TaggedTransactionQueue: whether a transaction may enter the pool, and its place in it. */
import type { Account } from '../../economy/state.ts';
import { compactBytes, joinBytes } from '../blocks/header.ts';
import { decodeSigned, type SignedExtrinsic } from '../runtime/extrinsic.ts';
import { readShielded } from '../runtime/shielded.ts';
import {
  type ChainFacts,
  checkSignature,
  checkState,
  type Invalidity,
} from '../runtime/validity.ts';
import { encode, type Variant } from '../scale/codec.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import { profileOf, type View } from '../state/view.ts';
import type { ApiMethods } from './call-api.ts';

/** Chain rule: every normal call has this priority; a tip does not raise it. */
const PRIORITY = 1n;
const FOREVER = 2n ** 64n - 1n;

export const queueApis: ApiMethods = {
  validate_transaction: async (view, _source: unknown, tx: string) => {
    const body = fromHex(tx);
    const profile = profileOf(view.state);
    const extrinsic = decodeSigned(joinBytes(compactBytes(body.length), body), profile);
    if (extrinsic === undefined) return refusal({ kind: 'unknown', name: 'NoUnsignedValidator' });
    const facts: ChainFacts = {
      profile,
      blockNumber: view.block.number + 1,
      genesisHash: view.hashAt(0) ?? view.block.hash,
      hashAt: (number) => (number === view.block.number ? view.block.hash : view.hashAt(number)),
    };
    const checked = await checkSignature(extrinsic, facts);
    if (!checked.ok) return refusal(checked.invalidity);
    const invalidity = checkState(view.state, checked.signer, extrinsic);
    if (invalidity !== undefined) return refusal(invalidity);
    const shielded = await readShielded(extrinsic, facts);
    if (shielded !== undefined && 'kind' in shielded) return refusal(shielded);
    return { type: 'Ok', value: placeOf(view, checked.signer, extrinsic) };
  },
};

function placeOf({ state }: View, signer: Account, { nonce, era }: SignedExtrinsic): unknown {
  const tag = (number: number): string => toHex(encode('(AccountId32, u32)', [signer, number]));
  const isNext = nonce === (state.nonces[signer] ?? 0);
  return {
    priority: PRIORITY,
    requires: isNext ? [] : [tag(nonce - 1)],
    provides: [tag(nonce)],
    longevity: era.kind === 'immortal' ? FOREVER : BigInt(era.period),
    propagate: true,
  };
}

/** Why not, as an error of a Result. */
export function refusal(invalidity: Invalidity): Variant {
  const inner =
    invalidity.kind === 'custom'
      ? { type: 'Custom', value: invalidity.code }
      : { type: invalidity.name };
  const type = invalidity.kind === 'unknown' ? 'Unknown' : 'Invalid';
  return { type: 'Err', value: { type, value: inner } };
}
