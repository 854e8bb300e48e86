/** Puts something between a plan and its submission: another trader's stake, or a lost connection. */
import type { Chain } from '../../src/chain/types.ts';
import type { Context } from '../../src/cli/context.ts';
import { bob, encodeCall, signExtrinsic } from '../../src/devnode/testing/dev-client.ts';
import { parseAddress } from '../../src/domain/address.ts';
import { TaoError } from '../../src/errors/tao-error.ts';

type BeforeSend = (chain: Chain) => Promise<void>;

/** Runs `act` before every submission that `isMeant` names by its number, from 0. */
export function beforeSubmit(
  context: Context,
  act: BeforeSend,
  isMeant: (number: number) => boolean,
): Context {
  let submissions = 0;
  const openChain = async (): Promise<Chain> => {
    const chain = await context.openChain();
    const notice = async (method: string): Promise<void> => {
      if (!method.startsWith('author_submit')) return;
      submissions += 1;
      if (isMeant(submissions - 1)) await act(chain);
    };
    const request: typeof chain.rpc.request = async (method, params, options) => {
      await notice(method);
      return chain.rpc.request(method, params, options);
    };
    const subscribe: typeof chain.rpc.subscribe = async (wanted) => {
      await notice(wanted.method);
      return chain.rpc.subscribe(wanted);
    };
    return { ...chain, rpc: { ...chain.rpc, request, subscribe } };
  };
  return { ...context, openChain };
}

export type RivalTrade = {
  readonly netuid: number;
  readonly hotkey: string;
  /** TAO for a stake, alpha for an unstake. */
  readonly amountRao: bigint;
};

/** Bob stakes before the first submission, and the price moves up. */
export function bobStakesFirst(trade: RivalTrade): (context: Context) => Context {
  return bobFirst(trade, 'add_stake', 'amount_staked');
}

/** Bob sells what he has before the first submission, and the price moves down. */
export function bobSellsFirst(trade: RivalTrade): (context: Context) => Context {
  return bobFirst(trade, 'remove_stake', 'amount_unstaked');
}

function bobFirst(
  { netuid, hotkey, amountRao }: RivalTrade,
  name: string,
  amountField: string,
): (context: Context) => Context {
  const account = `0x${Buffer.from(parseAddress(hotkey)).toString('hex')}`;
  const act: BeforeSend = async ({ rpc, genesisHash }) => {
    const nonce = await rpc.request('system_accountNextIndex', [bob.account]);
    const args = { hotkey: account, netuid, [amountField]: amountRao };
    const call = encodeCall('SubtensorModule', name, args);
    const bytes = signExtrinsic(call, { key: bob, nonce: nonce as number, genesisHash });
    await rpc.request('author_submitExtrinsic', [bytes]);
  };
  return (context) => beforeSubmit(context, act, (submission) => submission === 0);
}

/** The developer's control `method` changes the chain before the first submission. */
export function changedFirst(method: string, ...params: readonly unknown[]) {
  const act: BeforeSend = async ({ rpc }) => {
    await rpc.request(method, [...params]);
  };
  return (context: Context) => beforeSubmit(context, act, (submission) => submission === 0);
}

/** The connection goes as soon as the submission of that number is with the node. */
export function loseAfterSubmit(number = 0): (context: Context) => Context {
  return (context) => {
    let isGone = false;
    let submissions = 0;
    const gone = () => new TaoError('NETWORK_CLOSED', { message: 'The connection was lost.' });
    const openChain = async (): Promise<Chain> => {
      const chain = await context.openChain();
      const submit = async (params: readonly unknown[]): Promise<never> => {
        isGone = true;
        await chain.rpc.request('author_submitExtrinsic', params);
        throw gone();
      };
      const isLast = (method: string): boolean => {
        if (!method.startsWith('author_submit')) return false;
        submissions += 1;
        return submissions - 1 === number;
      };
      const request: typeof chain.rpc.request = async (method, params, options) => {
        if (isGone) throw gone();
        return isLast(method) ? submit(params) : chain.rpc.request(method, params, options);
      };
      const subscribe: typeof chain.rpc.subscribe = async (wanted) => {
        if (isGone) throw gone();
        return isLast(wanted.method) ? submit(wanted.params) : chain.rpc.subscribe(wanted);
      };
      return { ...chain, rpc: { ...chain.rpc, request, subscribe } };
    };
    return { ...context, openChain };
  };
}
