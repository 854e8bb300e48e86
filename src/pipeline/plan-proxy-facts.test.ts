import { describe, expect, it } from 'vitest';
import type { BlockView } from '../chain/types.ts';
import { TaoError } from '../errors/tao-error.ts';
import { readProxyRules } from './plan-proxy-facts.ts';
import { mayCall, TABLE_RULES } from './plan-proxy-rules.ts';

const text = (word: string): string => `0x${Buffer.from(word).toString('hex')}`;
const pattern = (pallet: string, call: string | undefined, more: object = {}) => ({
  pallet_name: text(pallet),
  pallet_index: 0,
  call_name: call === undefined ? undefined : text(call),
  call_index: 0,
  condition: undefined,
  ...more,
});
const filter = (name: string, mode: object, more: object = {}) => ({
  proxy_type: 0,
  name: text(name),
  deprecated: false,
  filter_mode: mode,
  calls: [],
  exceptions: [],
  ...more,
});

/** A runtime that answers the filter API under one name; it is asked for nothing else. */
function viewWith(method: string | undefined, answer: () => unknown): BlockView {
  const view = {
    runtime: { has: { api: (api: string, name: string) => api !== '' && name === method } },
    callApi: async (_api: string, name: string) => {
      expect(name).toBe(method);
      return answer();
    },
  };
  return view as unknown as BlockView;
}

describe('the rules of proxy types', () => {
  it('are the table where the runtime does not tell them', async () => {
    expect(await readProxyRules(viewWith(undefined, () => []))).toBe(TABLE_RULES);
  });

  it.each(['get_proxy_filter', 'get_proxy_filters'])('come from %s', async (method) => {
    const rules = await readProxyRules(
      viewWith(method, () => [
        filter('Staking', { type: 'Allow' }, { calls: [pattern('SubtensorModule', 'claim_root')] }),
        filter('Newest', { type: 'Deny' }, { calls: [pattern('Balances', undefined)] }),
        filter('Everything', { type: 'AllowAll' }),
        filter('Closed', { type: 'DenyAll' }),
        filter(
          'Small',
          { type: 'Allow' },
          {
            calls: [
              pattern('Balances', 'transfer_keep_alive', {
                condition: {
                  type: 'ParamLessThan',
                  value: { param_name: text('value'), limit: 10n },
                },
              }),
            ],
          },
        ),
      ]),
    );
    const claim = { pallet: 'SubtensorModule', name: 'claim_root', args: {} };
    const send = (value: bigint) => ({
      pallet: 'Balances',
      name: 'transfer_keep_alive',
      args: { value },
    });
    expect(mayCall(rules.get('Staking'), claim)).toBe(true);
    expect(mayCall(rules.get('Newest'), claim)).toBe(true);
    expect(mayCall(rules.get('Newest'), send(1n))).toBe(false);
    expect(mayCall(rules.get('Everything'), send(1n))).toBe(true);
    expect(mayCall(rules.get('Closed'), claim)).toBe(false);
    expect([9n, 10n].map((value) => mayCall(rules.get('Small'), send(value)))).toEqual([
      true,
      false,
    ]);
    expect(rules.get('RootClaim')).toBe(TABLE_RULES.get('RootClaim'));
  });

  it('may have their list inside the mode, as later runtimes do', async () => {
    const mode = { type: 'Allow', value: [pattern('SubtensorModule', 'swap_basket')] };
    const { calls, exceptions, ...later } = filter('BasketTrading', mode);
    const rules = await readProxyRules(viewWith('get_proxy_filters', () => [later]));
    const swap = { pallet: 'SubtensorModule', name: 'swap_basket', args: {} };
    expect([calls, exceptions, mayCall(rules.get('BasketTrading'), swap)]).toEqual([[], [], true]);
  });

  it('stay the table where the answer has another form, and for a mode nobody knows', async () => {
    const undecodable = () => {
      throw new TaoError('CHAIN_UNDECODABLE', { message: 'x' });
    };
    expect(await readProxyRules(viewWith('get_proxy_filter', undecodable))).toBe(TABLE_RULES);
    const odd = viewWith('get_proxy_filter', () => [filter('Staking', { type: 'Sometimes' })]);
    expect((await readProxyRules(odd)).get('Staking')).toBe(TABLE_RULES.get('Staking'));
    const lost = viewWith('get_proxy_filter', () => {
      throw new TaoError('NETWORK_CLOSED', { message: 'x' });
    });
    await expect(readProxyRules(lost)).rejects.toMatchObject({ code: 'NETWORK_CLOSED' });
  });
});
