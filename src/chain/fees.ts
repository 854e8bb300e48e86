/** The fee of a transaction, asked of the runtime itself with a signature of the right length. */
import { compact, u32 } from '@polkadot-api/substrate-bindings';
import { mergeUint8 } from '@polkadot-api/utils';
import { parseAddress } from '../domain/address.ts';
import { formatHex } from './codecs/hex.ts';
import { asRao, fieldOf } from './queries/shape.ts';
import { expectHexBytes } from './replies.ts';
import type { Chain, PayloadParts } from './types.ts';

export type FeeRequest = {
  readonly chain: Chain;
  /** Block to ask at; undefined: the best one. */
  readonly blockHash?: string;
  readonly parts: PayloadParts;
  /** The signer's address. */
  readonly address: string;
  readonly tipRao: bigint;
};

const SIGNED_V4 = 0x84;
const ACCOUNT_ID = 0x00;
const SR25519 = 0x01;
const SIGNATURE_BYTES = 64;
const API = 'TransactionPaymentApi';

/**
 * The fee in rao of TAO, tip included: `query_info` reports it without, so the tip is added here.
 * CHAIN_LACKS_ITEM, RPC_REFUSED when the runtime cannot weigh the call, NETWORK_ codes.
 */
export async function readFee(request: FeeRequest): Promise<bigint> {
  const { chain, parts, address } = request;
  const extrinsic = dummySigned(parts, parseAddress(address));
  // The bytes go in as they are: the API takes an extrinsic, which has its length in front.
  const args = formatHex(mergeUint8([extrinsic, u32.enc(extrinsic.length)]));
  const block = request.blockHash === undefined ? [] : [request.blockHash];
  const reply = await chain.rpc.request('state_call', [`${API}_query_info`, args, ...block]);
  const bytes = formatHex(expectHexBytes(reply, 'state_call'));
  const dispatch = chain.runtime.api(API, 'query_info').decodeResult(bytes);
  return asRao(fieldOf(dispatch, 'partial_fee')) + request.tipRao;
}

/** A whole extrinsic whose signature is right in length and wrong in content. */
export function dummySigned(parts: PayloadParts, publicKey: Uint8Array): Uint8Array {
  const body = mergeUint8([
    Uint8Array.of(SIGNED_V4, ACCOUNT_ID),
    publicKey,
    Uint8Array.of(SR25519),
    new Uint8Array(SIGNATURE_BYTES).fill(1),
    parts.extra,
    parts.call,
  ]);
  return mergeUint8([compact.enc(body.length), body]);
}
