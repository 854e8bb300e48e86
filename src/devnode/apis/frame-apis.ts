/** Core, Metadata, nonces and fees. */
import type { Account } from '../../economy/state.ts';
import { compactBytes, joinBytes } from '../blocks/header.ts';
import { decodeSigned, type RuntimeCall, type SignedExtrinsic } from '../runtime/extrinsic.ts';
import { dispatchRefTime, feeParts, REF_TIME_PER_RAO, totalFee } from '../runtime/weights.ts';
import { codecOf } from '../scale/codec.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import { profileOf, type View } from '../state/view.ts';
import type { ApiMethods } from './call-api.ts';

export const coreApis: ApiMethods = {
  version: ({ state }) => {
    const constants = profileOf(state).pallets.find(({ name }) => name === 'System')?.constants;
    const [type, hex] = constants?.Version ?? ['', ''];
    return codecOf(type).dec(fromHex(hex));
  },
};

const metadataAt = async ({ state }: View, version: number): Promise<string | undefined> => {
  const { encodedMetadata, isMetadataVersion } = await import('../metadata/build.ts');
  return isMetadataVersion(version) ? toHex(encodedMetadata(version, profileOf(state))) : undefined;
};

export const metadataApis: ApiMethods = {
  metadata: (view) => metadataAt(view, 14),
  metadata_at_version: (view, version: number) => metadataAt(view, version),
  metadata_versions: async () => {
    const { METADATA_VERSIONS } = await import('../metadata/build.ts');
    return METADATA_VERSIONS;
  },
};

export const nonceApis: ApiMethods = {
  account_nonce: ({ state }, account: Account) => state.nonces[account] ?? 0,
};

const weightToFee = (_view: unknown, weight: { readonly ref_time: bigint }): bigint =>
  weight.ref_time / REF_TIME_PER_RAO;
const lengthToFee = (_view: unknown, length: number): bigint => BigInt(length);

export const paymentApis: ApiMethods = {
  query_info: (view, uxt: string, length: number) =>
    dispatchFacts(readExtrinsic(view, uxt).call, length),
  query_fee_details: (view, uxt: string, length: number) => {
    const { call, tipRao } = readExtrinsic(view, uxt);
    return feeDetails(call, length, tipRao);
  },
  query_weight_to_fee: weightToFee,
  query_length_to_fee: lengthToFee,
};

export const paymentCallApis: ApiMethods = {
  query_call_info: (_view, call: RuntimeCall, length: number) => dispatchFacts(call, length),
  query_call_fee_details: (_view, call: RuntimeCall, length: number) =>
    feeDetails(call, length, 0n),
  query_weight_to_fee: weightToFee,
  query_length_to_fee: lengthToFee,
};

/** RuntimeDispatchInfo: weight, class and fee without tip. */
function dispatchFacts(call: RuntimeCall, length: number): unknown {
  return {
    weight: { ref_time: dispatchRefTime(call), proof_size: 0n },
    class: { type: 'Normal' },
    partial_fee: totalFee(feeParts(call, length, 0n)),
  };
}

function feeDetails(call: RuntimeCall, length: number, tip: bigint): unknown {
  const { baseRao, lengthRao, weightRao } = feeParts(call, length, 0n);
  const fee = { base_fee: baseRao, len_fee: lengthRao, adjusted_weight_fee: weightRao };
  return { inclusion_fee: baseRao === 0n ? undefined : fee, tip };
}

/** The codec strips the length prefix of an extrinsic; it is put back. */
function readExtrinsic({ state }: View, hex: string): SignedExtrinsic {
  const body = fromHex(hex);
  const extrinsic = decodeSigned(joinBytes(compactBytes(body.length), body), profileOf(state));
  if (extrinsic === undefined) throw new TypeError('the extrinsic cannot be decoded');
  return extrinsic;
}
