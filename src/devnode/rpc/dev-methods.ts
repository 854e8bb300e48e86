/** `dev_*`: the developer's controls. They exist on this chain only. */
import { hashAt, headHash, headNumber } from '../blocks/chain.ts';
import { BLOCK_TIME_MS } from '../blocks/header.ts';
import { timeOf } from '../blocks/history.ts';
import { advance, type NodeCore, resetNode, seal, setBalance } from '../node/core.ts';
import { stateDigest } from '../state/digest.ts';
import { accountParam, raoParam } from './params.ts';
import { invalidParams, RpcError } from './rpc-error.ts';
import type { Params, RpcMethods } from './session.ts';

/** Blocks one call may make: about a month. */
export const MAX_ADVANCE_BLOCKS = 250_000;

export const devMethods: RpcMethods = {
  dev_status: ({ core: { chain, pool, sealing } }) => ({
    genesisHash: chain.genesisHash,
    preset: chain.preset,
    number: headNumber(chain),
    hash: headHash(chain),
    timeMs: timeOf(headNumber(chain)),
    pending: pool.size,
    sealing,
    stateDigest: stateDigest(chain.live.state),
  }),
  dev_stateDigest: ({ core }) => stateDigest(core.chain.live.state),
  dev_newBlock: ({ core }) => {
    seal(core);
    return headHash(core.chain);
  },
  dev_advance: ({ core }, params) => {
    advance(core, countOption(params, 'blocks', MAX_ADVANCE_BLOCKS));
    return headFacts(core);
  },
  dev_timeTravel: ({ core }, params) => {
    const seconds = countOption(params, 'seconds', (MAX_ADVANCE_BLOCKS * BLOCK_TIME_MS) / 1000);
    advance(core, Math.ceil((seconds * 1000) / BLOCK_TIME_MS));
    return headFacts(core);
  },
  dev_setBalance: ({ core }, params) => changeBalance(core, params, (_free, rao) => rao),
  dev_fund: ({ core }, params) => changeBalance(core, params, (free, rao) => free + rao),
  dev_dropNextSubmit: ({ core }) => {
    core.faults.dropNextSubmit = true;
    return true;
  },
  dev_rejectNext: ({ core }, params) => {
    const { code, message, data } = optionsOf(params);
    core.faults.rejectNext = new RpcError(
      typeof code === 'number' ? code : 1_010,
      typeof message === 'string' ? message : 'Invalid Transaction',
      data ?? 'Custom error: 255',
    );
    return true;
  },
  dev_stallReplies: ({ core }, params) => {
    const { method } = optionsOf(params);
    core.faults.stalledReplies = countOption(params, 'replies', 10_000);
    core.faults.stalledMethod = typeof method === 'string' ? method : undefined;
    return true;
  },
  dev_reset: ({ core }) => {
    resetNode(core);
    return headFacts(core);
  },
};

function changeBalance(
  core: NodeCore,
  params: Params,
  next: (freeRao: bigint, givenRao: bigint) => bigint,
): unknown {
  const account = accountParam(params, 0);
  const givenRao = raoParam(params, 1);
  const freeRao = setBalance(core, account, (free) => next(free, givenRao));
  return { ...headFacts(core), freeRao: freeRao.toString() };
}

function headFacts({ chain }: NodeCore): { readonly number: number; readonly hash: string } {
  const number = headNumber(chain);
  return { number, hash: hashAt(chain, number) as string };
}

function optionsOf(params: Params): Readonly<Record<string, unknown>> {
  const first = params[0];
  return typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : {};
}

/** A count given as `[{name: n}]` or `[n]`. */
function countOption(params: Params, name: string, limit: number): number {
  const count = typeof params[0] === 'number' ? params[0] : optionsOf(params)[name];
  const fits = typeof count === 'number' && Number.isSafeInteger(count) && count >= 0;
  if (fits && count <= limit) return count;
  throw invalidParams(`${name} must be a whole number up to ${limit}`);
}
