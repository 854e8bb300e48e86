/** `chain_*`: blocks, headers, hashes and subscriptions to heads. */
import { extrinsicsAt, hashAt, headerAt, headHash, headNumber } from '../blocks/chain.ts';
import type { Header } from '../blocks/header.ts';
import type { NodeCore } from '../node/core.ts';
import { toHex } from '../scale/hex.ts';
import { knownBlockParam, numberParam } from './params.ts';
import type { RpcMethod, RpcMethods } from './session.ts';

/** Heads as notifications named `method`: the newest at once, then every new one. */
const heads =
  (method: string): RpcMethod =>
  ({ core, session }) =>
    session.subscribe(method, (push) => {
      const send = (number: number): void => {
        push(headerJson(headerAt(core.chain, number) as Header));
      };
      send(headNumber(core.chain));
      core.listeners.add(send);
      return () => core.listeners.delete(send);
    });

export const unsubscribe: RpcMethod = ({ session }, params) =>
  session.unsubscribe(String(params[0]));

const getBlockHash: RpcMethod = ({ core }, params) => {
  const wanted = params[0];
  if (wanted === undefined || wanted === null) return headHash(core.chain);
  if (Array.isArray(wanted)) return wanted.map((one) => hashOrNull(core, numberParam(one)));
  return hashOrNull(core, numberParam(wanted));
};

export const chainMethods: RpcMethods = {
  chain_getBlockHash: getBlockHash,
  chain_getHead: getBlockHash,
  chain_getHeader({ core }, params) {
    const number = knownBlockParam(core, params, 0);
    const header = number === undefined ? undefined : headerAt(core.chain, number);
    return header === undefined ? null : headerJson(header);
  },
  chain_getBlock({ core }, params) {
    const number = knownBlockParam(core, params, 0);
    const header = number === undefined ? undefined : headerAt(core.chain, number);
    if (number === undefined || header === undefined) return null;
    const extrinsics = (extrinsicsAt(core.chain, number) ?? []).map(toHex);
    return { block: { header: headerJson(header), extrinsics }, justifications: null };
  },
  chain_getFinalizedHead: ({ core }) => headHash(core.chain),
  chain_getFinalisedHead: ({ core }) => headHash(core.chain),
  chain_subscribeNewHeads: heads('chain_newHead'),
  chain_subscribeNewHead: heads('chain_newHead'),
  chain_subscribeAllHeads: heads('chain_allHead'),
  chain_subscribeFinalizedHeads: heads('chain_finalizedHead'),
  chain_subscribeFinalisedHeads: heads('chain_finalizedHead'),
  chain_unsubscribeNewHeads: unsubscribe,
  chain_unsubscribeNewHead: unsubscribe,
  chain_unsubscribeAllHeads: unsubscribe,
  chain_unsubscribeFinalizedHeads: unsubscribe,
  chain_unsubscribeFinalisedHeads: unsubscribe,
};

export function headerJson(header: Header): unknown {
  return {
    parentHash: toHex(header.parentHash),
    number: `0x${header.number.toString(16)}`,
    stateRoot: toHex(header.stateRoot),
    extrinsicsRoot: toHex(header.extrinsicsRoot),
    digest: { logs: header.logs.map(toHex) },
  };
}

function hashOrNull({ chain }: NodeCore, number: number): string | null {
  return hashAt(chain, number) ?? null;
}
