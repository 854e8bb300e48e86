/** `payment_*`: what a transaction costs. */
import { viewAt } from '../blocks/chain.ts';
import { decodeSigned } from '../runtime/extrinsic.ts';
import { dispatchRefTime, feeParts, totalFee } from '../runtime/weights.ts';
import { profileOf } from '../state/view.ts';
import { blockParam, hexParam } from './params.ts';
import { undecodable } from './rpc-error.ts';
import type { Params, RpcContext, RpcMethods } from './session.ts';

export const paymentMethods: RpcMethods = {
  payment_queryInfo: (context, params) => {
    const extrinsic = extrinsicParam(context, params);
    const parts = feeParts(extrinsic.call, extrinsic.bytes.length, 0n);
    const refTime = Number(dispatchRefTime(extrinsic.call));
    return {
      weight: { ref_time: refTime, proof_size: 0 },
      class: 'normal',
      partialFee: totalFee(parts).toString(),
    };
  },
  payment_queryFeeDetails: (context, params) => {
    const extrinsic = extrinsicParam(context, params);
    const parts = feeParts(extrinsic.call, extrinsic.bytes.length, 0n);
    const hex = (rao: bigint): string => `0x${rao.toString(16)}`;
    const inclusionFee = {
      baseFee: hex(parts.baseRao),
      lenFee: hex(parts.lengthRao),
      adjustedWeightFee: hex(parts.weightRao),
    };
    return { inclusionFee: totalFee(parts) === 0n ? null : inclusionFee };
  },
};

function extrinsicParam({ core }: RpcContext, params: Params) {
  const { state } = viewAt(core.chain, blockParam(core, params, 1));
  const extrinsic = decodeSigned(hexParam(params, 0), profileOf(state));
  if (extrinsic === undefined) throw undecodable();
  return extrinsic;
}
