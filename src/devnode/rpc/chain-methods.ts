/** `chain_*`: blocks, headers, hashes and subscriptions to heads. */
import { extrinsicsAt, hashAt, headerAt, headHash, headNumber } from '../blocks/chain.ts';
import type { Header } from '../blocks/header.ts';
import type { NodeCore } from '../node/core.ts';
import { toHex } from '../scale/hex.ts';
import { knownBlockParam, numberParam } from './params.ts';
import type { RpcMethod, RpcMethods } from './session.ts';

type Followed = {
  readonly listeners: Set<(number: number) => void>;
  /** The newest block at the start. */
  readonly newest: number;
};

/** Heads as notifications named `method`: the newest at once, then every new one. */
const heads =
  (method: string, follow: (core: NodeCore) => Followed): RpcMethod =>
  ({ core, session }) =>
    session.subscribe(method, (push) => {
      const send = (number: number): void => {
        push(headerJson(headerAt(core.chain, number) as Header));
      };
      const { listeners, newest } = follow(core);
      send(newest);
      listeners.add(send);
      return () => listeners.delete(send);
    });

const newest = ({ chain, listeners }: NodeCore): Followed => ({
  listeners,
  newest: headNumber(chain),
});
const final = ({ finality, finalityListeners }: NodeCore): Followed => ({
  listeners: finalityListeners,
  newest: finality.number,
});
const newHeads = heads('chain_newHead', newest);
const finalizedHeads = heads('chain_finalizedHead', final);

const finalizedHead: RpcMethod = ({ core }) => hashAt(core.chain, core.finality.number);

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
  chain_getFinalizedHead: finalizedHead,
  chain_getFinalisedHead: finalizedHead,
  chain_subscribeNewHeads: newHeads,
  chain_subscribeNewHead: newHeads,
  subscribe_newHead: newHeads,
  chain_subscribeAllHeads: heads('chain_allHead', newest),
  chain_subscribeFinalizedHeads: finalizedHeads,
  chain_subscribeFinalisedHeads: finalizedHeads,
  unsubscribe_newHead: unsubscribe,
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
