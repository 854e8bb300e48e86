/** `dev_*`: the developer's controls. They exist on this chain only. */
import { hashAt, headHash, headNumber } from '../blocks/chain.ts';
import { BLOCK_TIME_MS } from '../blocks/header.ts';
import {
  advance,
  dropPending,
  freezeFinality,
  type NodeCore,
  resetNode,
  seal,
  setBalance,
} from '../node/core.ts';
import { planReplyFault, type ReplyFault } from '../node/faults.ts';
import { headDigest, nodeStatus } from '../node/status.ts';
import { accountParam, raoParam } from './params.ts';
import { invalidParams, RpcError } from './rpc-error.ts';
import type { Params, RpcMethods } from './session.ts';

/** Blocks one call may make: about a month. */
export const MAX_ADVANCE_BLOCKS = 250_000;

/** The longest a reply is held back. */
const MAX_DELAY_MS = 600_000;
const MAX_FAULTY_REPLIES = 10_000;

export const devMethods: RpcMethods = {
  dev_status: ({ core }) => nodeStatus(core),
  dev_stateDigest: ({ core }) => headDigest(core.chain),
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
  dev_freezeFinality: ({ core }) => setFrozen(core, true),
  dev_unfreezeFinality: ({ core }) => setFrozen(core, false),
  dev_tipPriority: ({ core }, [isOn = true]) => {
    core.tipsRaisePriority = isOn === true;
    return core.tipsRaisePriority;
  },
  dev_dropPending: ({ core }, [hash]) => {
    if (hash === undefined || hash === null) return dropPending(core);
    if (typeof hash !== 'string') throw invalidParams('parameter 1 must be a transaction hash');
    return dropPending(core, hash.toLowerCase());
  },
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
  dev_stallReplies: ({ core }, params) => spoilReplies(core, params, { kind: 'stall' }),
  dev_delayReplies: ({ core }, params) => {
    if (core.clock === undefined) throw invalidParams('this chain runs without a clock');
    const { ms } = optionsOf(params);
    if (typeof ms !== 'number' || !(ms >= 0 && ms <= MAX_DELAY_MS)) {
      throw invalidParams(`ms must be a number up to ${MAX_DELAY_MS}`);
    }
    return spoilReplies(core, params, { kind: 'delay', ms });
  },
  dev_garbleReplies: ({ core }, params) => {
    const { how = 'cut' } = optionsOf(params);
    if (how !== 'cut' && how !== 'result') throw invalidParams('how must be "cut" or "result"');
    return spoilReplies(core, params, { kind: 'garble', how });
  },
  dev_reset: ({ core }) => {
    resetNode(core);
    return headFacts(core);
  },
};

/** Plans a fault for the next `replies` (one when left out), of one `method` or of any. */
function spoilReplies({ faults }: NodeCore, params: Params, fault: ReplyFault): boolean {
  const { method, replies } = optionsOf(params);
  planReplyFault(faults, {
    fault,
    method: typeof method === 'string' ? method : undefined,
    left: replies === undefined ? 1 : countOption(params, 'replies', MAX_FAULTY_REPLIES),
  });
  return true;
}

function setFrozen(core: NodeCore, isFrozen: boolean): unknown {
  freezeFinality(core, isFrozen);
  return { finalized: core.finality.number, isFrozen };
}

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
