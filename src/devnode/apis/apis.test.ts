import { getDynamicBuilder, getLookupFn } from '@polkadot-api/metadata-builders';
import { decAnyMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings';
import { beforeAll, expect, test } from 'vitest';
import { devAccounts } from '../genesis/accounts.ts';
import { apis } from '../metadata/apis.ts';
import { encodedMetadata } from '../metadata/build.ts';
import { PROFILE_NAMES, profileNamed } from '../metadata/profiles/profiles.ts';
import { codecOf, encode } from '../scale/codec.ts';
import { fromHex, hexText, toHex } from '../scale/hex.ts';
import { type DevChain, startDevChain } from '../testing/dev-chain.ts';
import { alice, encodeCall } from '../testing/dev-client.ts';
import { apiTable } from './call-api.ts';

const AURORA = devAccounts['//Aurora//hot'];
const DELEGATOR = devAccounts['//Delegator3'];
const TAO = 1_000_000_000n;

let chain: DevChain;
beforeAll(async () => {
  chain = await startDevChain();
  chain.node.advance(400);
});

async function call<T>(api: string, method: string, ...args: unknown[]): Promise<T> {
  const declared = apis[api]?.methods[method];
  if (declared === undefined) throw new Error(`no ${api}.${method}`);
  const [params, returns] = declared;
  const types = Object.values(params);
  const data = types.length === 0 ? '0x' : toHex(encode(`(${types.join(', ')})`, args));
  const hex = await chain.client.call<string>('state_call', `${api}_${method}`, data);
  return codecOf(returns).dec(fromHex(hex)) as T;
}

test('exactly the methods that some runtime declares are answered', () => {
  const declared = PROFILE_NAMES.flatMap((profile) =>
    Object.entries(profileNamed(profile).apis).flatMap(([api, { methods }]) =>
      Object.keys(methods).map((method) => `${api}_${method}`),
    ),
  );
  const answered = Object.entries(apiTable).flatMap(([api, methods]) =>
    Object.keys(methods).map((method) => `${api}_${method}`),
  );
  expect(answered.sort()).toEqual([...new Set(declared)].sort());
});

const everyQuestion: readonly [api: string, method: string, ...args: unknown[]][] = [
  ['Core', 'version'],
  ['AccountNonceApi', 'account_nonce', alice.account],
  ['TransactionPaymentApi', 'query_length_to_fee', 100],
  ['DelegateInfoRuntimeApi', 'get_delegates'],
  ['DelegateInfoRuntimeApi', 'get_delegate', AURORA],
  ['DelegateInfoRuntimeApi', 'get_delegated', DELEGATOR],
  ['NeuronInfoRuntimeApi', 'get_neurons', 4],
  ['NeuronInfoRuntimeApi', 'get_neuron', 4, 1],
  ['NeuronInfoRuntimeApi', 'get_neurons_lite', 4],
  ['NeuronInfoRuntimeApi', 'get_neuron_lite', 4, 99],
  ['SubnetInfoRuntimeApi', 'get_subnet_info', 4],
  ['SubnetInfoRuntimeApi', 'get_subnets_info'],
  ['SubnetInfoRuntimeApi', 'get_subnet_info_v2', 0],
  ['SubnetInfoRuntimeApi', 'get_subnets_info_v2'],
  ['SubnetInfoRuntimeApi', 'get_subnet_hyperparams', 8],
  ['SubnetInfoRuntimeApi', 'get_subnet_hyperparams_v2', 8],
  ['SubnetInfoRuntimeApi', 'get_subnet_hyperparams_v3', 8],
  ['SubnetInfoRuntimeApi', 'get_dynamic_info', 77],
  ['SubnetInfoRuntimeApi', 'get_all_dynamic_info'],
  ['SubnetInfoRuntimeApi', 'get_metagraph', 4],
  ['SubnetInfoRuntimeApi', 'get_all_metagraphs'],
  ['SubnetInfoRuntimeApi', 'get_mechagraph', 4, 1],
  ['SubnetInfoRuntimeApi', 'get_all_mechagraphs'],
  ['SubnetInfoRuntimeApi', 'get_subnet_state', 4],
  ['SubnetInfoRuntimeApi', 'get_selective_metagraph', 4, [0, 3, 52, 72, 999]],
  ['SubnetInfoRuntimeApi', 'get_selective_mechagraph', 0, 0, [3]],
  ['SubnetInfoRuntimeApi', 'get_subnet_to_prune'],
  ['SubnetInfoRuntimeApi', 'get_subnet_account_id', 4],
  ['SubnetInfoRuntimeApi', 'get_next_epoch_start_block', 4],
  ['SubnetInfoRuntimeApi', 'get_coldkey_auto_stake_hotkey', alice.account, 4],
  ['StakeInfoRuntimeApi', 'get_stake_info_for_coldkeys', [alice.account, DELEGATOR]],
  ['StakeInfoRuntimeApi', 'get_stake_availability_for_coldkeys', [DELEGATOR], undefined],
  ['StakeInfoRuntimeApi', 'get_stake_availability_for_coldkeys', [DELEGATOR], [8, 1, 77]],
  ['StakeInfoRuntimeApi', 'get_coldkey_lock', DELEGATOR, 4],
  ['StakeInfoRuntimeApi', 'get_hotkey_conviction', AURORA, 4],
  ['StakeInfoRuntimeApi', 'get_most_convicted_hotkey_on_subnet', 4],
  ['SubnetRegistrationRuntimeApi', 'get_network_registration_cost'],
  ['ProxyFilterRuntimeApi', 'get_proxy_types'],
  ['ProxyFilterRuntimeApi', 'get_proxy_filter', undefined],
  ['SwapRuntimeApi', 'current_alpha_price_all'],
];

test("every answer reads the same with codecs built from this chain's metadata", async () => {
  const builder = getDynamicBuilder(
    getLookupFn(unifyMetadata(decAnyMetadata(encodedMetadata(15)))),
  );
  for (const [api, method, ...args] of everyQuestion) {
    const types = Object.values(apis[api]?.methods[method]?.[0] ?? {});
    const data = types.length === 0 ? '0x' : toHex(encode(`(${types.join(', ')})`, args));
    const hex = await chain.client.call<string>('state_call', `${api}_${method}`, data);
    const codec = builder.buildRuntimeCall(api, method).value;
    expect(toHex(codec.enc(codec.dec(hex))), `${api}.${method}`).toBe(hex);
  }
});

type StakeRow = { hotkey: string; netuid: number; stake: bigint; is_registered: boolean };

test('a portfolio lists every position by netuid, as the share pools hold it', async () => {
  const rows = await call<StakeRow[]>(
    'StakeInfoRuntimeApi',
    'get_stake_info_for_coldkey',
    DELEGATOR,
  );
  expect(rows.map(({ netuid }) => netuid)).toEqual([1, 4, 8]);
  for (const { hotkey, netuid, stake, is_registered } of rows) {
    expect(is_registered).toBe(true);
    const single = await call<StakeRow>(
      'StakeInfoRuntimeApi',
      'get_stake_info_for_hotkey_coldkey_netuid',
      hotkey,
      DELEGATOR,
      netuid,
    );
    expect(single.stake).toBe(stake);
  }
  // Dividends of one epoch have arrived.
  expect(rows[0]?.stake).toBeGreaterThan(3_200n * TAO);
});

test('a simulated swap is net of fee, its fee beside it; an impossible one is all zeros', async () => {
  const sim = await call<Record<string, bigint>>(
    'SwapRuntimeApi',
    'sim_swap_tao_for_alpha',
    4,
    TAO,
  );
  expect(sim.tao_fee).toBe(503_547n);
  expect((sim.tao_amount ?? 0n) + (sim.tao_fee ?? 0n)).toBe(TAO);
  expect(sim.alpha_amount).toBeGreaterThan(TAO);
  const none = await call<Record<string, bigint>>(
    'SwapRuntimeApi',
    'sim_swap_tao_for_alpha',
    77,
    TAO,
  );
  expect(Object.values(none)).toEqual([0n, 0n, 0n, 0n, 0n, 0n]);
  const root = await call<Record<string, bigint>>(
    'SwapRuntimeApi',
    'sim_swap_alpha_for_tao',
    0,
    TAO,
  );
  expect(root).toMatchObject({ alpha_fee: 0n, tao_amount: TAO });
});

test('the fee queries agree for an extrinsic and for its call', async () => {
  const bytes = encodeCall('Balances', 'transfer_keep_alive', {
    dest: { type: 'Id', value: AURORA },
    value: TAO,
  });
  const xt = fromHex(chain.sign(bytes, { tip: 5n }));
  const body = toHex(xt.subarray(2));
  const ofExtrinsic = await call<{ partial_fee: bigint }>(
    'TransactionPaymentApi',
    'query_info',
    body,
    xt.length,
  );
  const inner = codecOf('RuntimeCall').dec(bytes);
  const ofCall = await call('TransactionPaymentCallApi', 'query_call_info', inner, xt.length);
  expect(ofCall).toEqual(ofExtrinsic);
  const details = await call<{ inclusion_fee: Record<string, bigint>; tip: bigint }>(
    'TransactionPaymentApi',
    'query_fee_details',
    body,
    xt.length,
  );
  const sum = Object.values(details.inclusion_fee).reduce((total, part) => total + part, 0n);
  expect(sum).toBe(ofExtrinsic.partial_fee);
  expect(details.tip).toBe(5n);
});

test('a transaction is validated as the pool would, with its place in the queue', async () => {
  const validate = (options: Parameters<typeof chain.sign>[1]) => {
    const xt = fromHex(chain.sign(encodeCall('System', 'remark', { remark: '0x' }), options));
    const hash = chain.node.status().hash;
    const source = { type: 'External' };
    const tx = toHex(xt.subarray(2));
    return call('TaggedTransactionQueue', 'validate_transaction', source, tx, hash);
  };
  expect(await validate({})).toMatchObject({ type: 'Ok', value: { priority: 1n, requires: [] } });
  const ahead = await validate({ nonce: 3 });
  expect(ahead).toMatchObject({ type: 'Ok', value: { requires: [expect.any(String)] } });
  expect(await validate({ specVersion: 1 })).toEqual({
    type: 'Err',
    value: { type: 'Invalid', value: { type: 'BadProof' } },
  });
});

test('a stake fee follows the destination, and is nothing on root and where nothing changes', async () => {
  const fee = (origin: unknown, destination: unknown) =>
    call('StakeInfoRuntimeApi', 'get_stake_fee', origin, DELEGATOR, destination, DELEGATOR, TAO);
  expect(await fee(undefined, [AURORA, 4])).toBe(503_547n);
  expect(await fee([AURORA, 4], undefined)).toBe(503_547n);
  expect(await fee([AURORA, 4], [AURORA, 0])).toBe(0n);
  expect(await fee([AURORA, 4], [AURORA, 4])).toBe(0n);
});

test('a selective metagraph holds what was asked for, absent parts told apart', async () => {
  const ask = (netuid: number, fields: number[]) =>
    call<Record<string, unknown>>(
      'SubnetInfoRuntimeApi',
      'get_selective_metagraph',
      netuid,
      fields,
    );
  const some = await ask(4, [52, 72]);
  expect(some.netuid).toBe(4);
  expect(some.hotkeys).toHaveLength(11);
  expect(some.validators).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(some.name).toBeUndefined();
  expect(await ask(77, [52])).toBeUndefined();
});

test('the rules of proxies are told with names, numbers and limits', async () => {
  type Filter = {
    name: string;
    filter_mode: { type: string };
    calls: { call_name?: string; call_index?: number; condition?: unknown }[];
  };
  const filters = await call<Filter[]>('ProxyFilterRuntimeApi', 'get_proxy_filter', undefined);
  expect(filters).toHaveLength(18);
  const named = new Map(filters.map((filter) => [hexText(filter.name), filter]));
  expect(named.get('Any')?.filter_mode.type).toBe('AllowAll');
  expect(named.get('Senate')?.filter_mode.type).toBe('DenyAll');
  const staking = named.get('Staking')?.calls.map(({ call_name }) => hexText(call_name ?? '0x'));
  expect(staking).toContain('add_stake');
  expect(staking).not.toContain('transfer_stake');
  expect(named.get('NonTransfer')?.filter_mode.type).toBe('Deny');
  const small = named.get('SmallTransfer')?.calls ?? [];
  expect(small.every(({ condition }) => condition !== undefined)).toBe(true);
  expect(await call<Filter[]>('ProxyFilterRuntimeApi', 'get_proxy_filter', 8)).toHaveLength(1);
});

test('the epoch of a subnet is due a tempo after its last', async () => {
  const due = await call<bigint>('SubnetInfoRuntimeApi', 'get_next_epoch_start_block', 4);
  const last = (await chain.read('SubtensorModule', 'LastEpochBlock', 4)) as bigint;
  expect(due).toBe(last + 360n);
});
