import { describe, expect, it } from 'vitest';
import { openScripted, withoutFeatures } from '../../../test/helpers/open-scripted.ts';
import { rpcError } from '../../../test/helpers/scripted-node.ts';
import { API_BATCH_SIZE } from '../block-view.ts';
import { quoteExits } from './quote-exits.ts';

const SIM = 'SwapRuntimeApi.sim_swap_alpha_for_tao';
const simulated = {
  tao_amount: 990n,
  alpha_amount: 9_995n,
  tao_fee: 0n,
  alpha_fee: 5n,
  tao_slippage: 0n,
  alpha_slippage: 0n,
};
const question = { netuid: 4, alphaRao: 10_000n, spotRaoPerAlpha: 100_000_000n };
const quoted = {
  netuid: 4,
  side: 'sell',
  amountInRao: 10_000n,
  amountOutRao: 990n,
  feeRao: 5n,
  spotRaoPerAlpha: 100_000_000n,
  source: 'node',
};

describe('exits of many positions', () => {
  it('are simulated in a few messages, and root is one to one', async () => {
    const { view, answer, chain } = await openScripted();
    answer('SwapRuntimeApi', 'sim_swap_alpha_for_tao', simulated);
    const before = chain.rpc.roundTrips();
    const many = Array.from({ length: API_BATCH_SIZE + 1 }, () => question);
    const root = { netuid: 0, alphaRao: 7n, spotRaoPerAlpha: 1_000_000_000n };
    const quotes = await quoteExits(view, [root, ...many]);
    expect(chain.rpc.roundTrips() - before).toBe(2);
    expect(quotes[0]).toMatchObject({ amountOutRao: 7n, feeRao: 0n, source: 'node' });
    expect(quotes.slice(1)).toEqual(many.map(() => quoted));
  });

  it('are asked one by one where the node takes no batches', async () => {
    const { view, answer, node, scripted } = await openScripted();
    answer('SwapRuntimeApi', 'sim_swap_alpha_for_tao', simulated);
    let isFirst = true;
    node.on('state_call', ([method, args]) => {
      if (isFirst) {
        isFirst = false;
        return rpcError(-32_005, 'Batched requests are not supported by this server');
      }
      return scripted.apis.get(String(method))?.(String(args));
    });
    expect(await quoteExits(view, [question, question])).toEqual([quoted, quoted]);
  });

  it('come from the reserves where nothing is simulated: even pools only, and labelled', async () => {
    const { view, put } = await openScripted();
    for (const [netuid, weight] of [
      [4, 5n],
      [5, 6n],
    ] as const) {
      put('SubtensorModule', 'SubnetTAO', [netuid], 1_000_000n);
      put('SubtensorModule', 'SubnetAlphaIn', [netuid], 10_000_000n);
      put('Swap', 'SwapBalancer', [netuid], weight * 10n ** 17n);
      put('Swap', 'FeeRate', [netuid], 33);
    }
    const bare = withoutFeatures(view, [SIM]);
    const [even, uneven] = await quoteExits(bare, [question, { ...question, netuid: 5 }]);
    // 10,000 less 5 of fee into 10,000,000 alpha against 1,000,000 TAO.
    expect(even).toMatchObject({ amountOutRao: 998n, feeRao: 5n, source: 'formula' });
    expect(uneven).toBeUndefined();
  });

  it('of nothing ask nothing', async () => {
    const { view, newCalls } = await openScripted();
    expect(await quoteExits(view, [])).toEqual([]);
    expect(newCalls()).toEqual([]);
  });
});
