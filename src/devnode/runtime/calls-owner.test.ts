import { beforeEach, expect, test } from 'vitest';
import { checkConservation } from '../../economy/conservation.ts';
import { stakeOf } from '../../economy/stake-ledger.ts';
import { openChain } from '../blocks/chain.ts';
import { blake2 } from '../blocks/header.ts';
import { devAccounts } from '../genesis/accounts.ts';
import { advance, createCore, type NodeCore } from '../node/core.ts';
import { rpcMethods } from '../rpc/methods.ts';
import { createEndpoint } from '../rpc/session.ts';
import { codecOf, type Variant } from '../scale/codec.ts';
import { fromHex, hexText, textHex, toHex } from '../scale/hex.ts';
import { storageItems } from '../storage/items.ts';
import { encodeKey } from '../storage/keys.ts';
import {
  alice,
  bob,
  connect,
  type DevClient,
  encodeCall,
  signExtrinsic,
} from '../testing/dev-client.ts';

const AURORA = devAccounts['//Aurora//hot'];
const TAO = 1_000_000_000n;

let core: NodeCore;
let client: DevClient;
beforeEach(() => {
  core = createCore(openChain({ preset: 'small' }), { sealing: 'instant' });
  client = connect(createEndpoint(core, rpcMethods));
});

async function read(pallet: string, name: string, ...keys: unknown[]): Promise<unknown> {
  const item = storageItems().find((one) => one.pallet === pallet && one.name === name);
  if (item === undefined) throw new Error(`no ${pallet}.${name}`);
  const hex = await client.call<string | null>('state_getStorage', toHex(encodeKey(item, keys)));
  return hex === null ? undefined : codecOf(item.declaration.value).dec(fromHex(hex));
}

/** Sends a call and gives the events of its extrinsic, the last one last. */
async function send(pallet: string, name: string, args: unknown, key = alice): Promise<Variant[]> {
  const { genesisHash } = core.chain;
  const nonce = await client.call<number>('system_accountNextIndex', key.account);
  const signed = signExtrinsic(encodeCall(pallet, name, args), { genesisHash, nonce, key });
  await client.call('author_submitExtrinsic', signed);
  const records = (await read('System', 'Events')) as { phase: Variant; event: Variant }[];
  return records
    .filter(({ phase }) => phase.type === 'ApplyExtrinsic' && phase.value === 1)
    .map(({ event }) => event.value as Variant);
}

const names = (events: readonly Variant[]): string[] => events.map(({ type }) => type);
const at = { hotkey: AURORA, netuid: 4 };

test('an announced swap passes everything on, once its wait is over', async () => {
  const { economy } = core.chain.live.state;
  await send('SubtensorModule', 'add_stake', { ...at, amount_staked: 50n * TAO });
  await send('SubtensorModule', 'add_stake', { ...at, netuid: 0, amount_staked: 50n * TAO });
  await send('SubtensorModule', 'lock_stake', { ...at, amount: TAO });
  const own = `0x${'44'.repeat(32)}`;
  await send('SubtensorModule', 'try_associate_hotkey', { hotkey: own });
  const to = `0x${'55'.repeat(32)}`;
  const before = (await read('System', 'Account', alice.account)) as { data: { free: bigint } };
  const hash = toHex(blake2(fromHex(to)));
  const announced = await send('SubtensorModule', 'announce_coldkey_swap', {
    new_coldkey_hash: hash,
  });
  expect(names(announced)).toContain('ColdkeySwapAnnounced');
  const paid = (await read('System', 'Account', alice.account)) as { data: { free: bigint } };
  expect(before.data.free - paid.data.free).toBeGreaterThan(100_000_000n);
  const block = core.chain.live.state.economy.block;
  expect(await read('SubtensorModule', 'ColdkeySwapAnnouncements', alice.account)).toEqual([
    block + 36_000,
    hash,
  ]);
  const staked = stakeOf(economy, AURORA, alice.account, 4);
  // The wait, without making its blocks.
  core.chain.live.state.coldkeySwaps[alice.account] = { executableAt: block, hash };
  const swapped = await send('SubtensorModule', 'swap_coldkey_announced', { new_coldkey: to });
  expect(names(swapped)).toContain('ColdkeySwapped');
  expect(await read('SubtensorModule', 'ColdkeySwapAnnouncements', alice.account)).toBeUndefined();
  expect(stakeOf(economy, AURORA, to, 4)).toBeGreaterThanOrEqual(staked);
  expect(stakeOf(economy, AURORA, alice.account, 4)).toBe(0n);
  expect(await read('SubtensorModule', 'Owner', own)).toBe(to);
  expect(await read('SubtensorModule', 'OwnedHotkeys', to)).toEqual([own]);
  expect(await read('SubtensorModule', 'Lock', to, 4, AURORA)).toMatchObject({
    locked_mass: expect.any(BigInt),
  });
  expect(await read('SubtensorModule', 'StakingHotkeys', alice.account)).toBeUndefined();
  expect(economy.balances[alice.account]).toBeUndefined();
  expect(economy.rootClaimers).toContain(to);
  expect(economy.rootClaimers).not.toContain(alice.account);
  expect(checkConservation(economy)).toEqual([]);
});

test('a swap goes neither to a coldkey that stakes nor to a hotkey, and can be withdrawn', async () => {
  await send('SubtensorModule', 'add_stake', { ...at, amount_staked: TAO }, bob);
  const { state } = core.chain.live;
  for (const [to, error] of [
    [bob.account, 58],
    [AURORA, 70],
  ] as const) {
    const hash = toHex(blake2(fromHex(to)));
    state.coldkeySwaps[alice.account] = { executableAt: 1, hash };
    const events = await send('SubtensorModule', 'swap_coldkey_announced', { new_coldkey: to });
    expect(events.at(-1)?.value).toMatchObject({
      dispatch_error: { value: { index: 7, error: `0x${error.toString(16)}000000` } },
    });
  }
  state.coldkeySwaps[alice.account] = { executableAt: -7_200, hash: `0x${'11'.repeat(32)}` };
  const cleared = await send('SubtensorModule', 'clear_coldkey_swap_announcement', undefined);
  expect(names(cleared)).toContain('ColdkeySwapCleared');
  expect(names(await send('System', 'remark', { remark: '0x' })).at(-1)).toBe('ExtrinsicSuccess');
});

test('a disputed coldkey has its block of dispute in storage', async () => {
  const hash = `0x${'11'.repeat(32)}`;
  await send('SubtensorModule', 'announce_coldkey_swap', { new_coldkey_hash: hash });
  const events = await send('SubtensorModule', 'dispute_coldkey_swap', undefined);
  expect(names(events)).toContain('ColdkeySwapDisputed');
  expect(await read('SubtensorModule', 'ColdkeySwapDisputes', alice.account)).toBe(2);
});

test('weights of a second mechanism lie under its own netuid index', async () => {
  const subnet = core.chain.live.state.economy.subnets[4];
  if (subnet === undefined) throw new Error('no subnet 4');
  subnet.mechanismCount = 2;
  subnet.mechanismSplit = [40_000, 25_535];
  const seat = subnet.neurons.at(-1);
  if (seat === undefined) throw new Error('no neuron');
  Object.assign(seat, { hotkey: alice.account, permit: true, lastUpdate: 0, registeredAt: 0 });
  const uid = subnet.neurons.length - 1;
  const weights = { netuid: 4, dests: [7, 8], weights: [10, 20], version_key: 0n };
  const events = await send('SubtensorModule', 'set_mechanism_weights', { ...weights, mecid: 1 });
  const index = 4_096 + 4;
  expect(events[0]).toEqual({ type: 'WeightsSet', value: [index, uid] });
  expect(await read('SubtensorModule', 'Weights', index, uid)).toEqual([
    [7, 32_768],
    [8, 65_535],
  ]);
  expect(await read('SubtensorModule', 'Weights', 4, uid)).toBeUndefined();
  expect(await read('SubtensorModule', 'MechanismCountCurrent', 4)).toBe(2);
  expect(await read('SubtensorModule', 'MechanismEmissionSplit', 4)).toEqual([40_000, 25_535]);
  expect(((await read('SubtensorModule', 'LastUpdate', index)) as bigint[])[uid]).toBe(1n);
  expect(await read('SubtensorModule', 'Incentive', 4_096 + 1)).toBeUndefined();
});

test('a commitment is for the registered, and read back whole', async () => {
  const info = { fields: [{ type: 'Raw5', value: textHex('hello') }] };
  const refused = await send('Commitments', 'set_commitment', { netuid: 4, info });
  expect(refused.at(-1)?.value).toMatchObject({ dispatch_error: { value: { index: 18 } } });
  await send('SubtensorModule', 'burned_register', { netuid: 4, hotkey: alice.account });
  const events = await send('Commitments', 'set_commitment', { netuid: 4, info });
  expect(names(events)).toContain('Commitment');
  const stored = (await read('Commitments', 'CommitmentOf', 4, alice.account)) as {
    block: number;
    info: { fields: readonly Variant[] };
  };
  expect(stored).toMatchObject({ deposit: 0n, block: 3, info });
  expect(hexText(stored.info.fields[0]?.value as string)).toBe('hello');
  expect(await read('Commitments', 'LastCommitment', 4, alice.account)).toBe(3);
  const many = { fields: Array.from({ length: 4 }, () => ({ type: 'None' })) };
  const tooMany = await send('Commitments', 'set_commitment', { netuid: 4, info: many });
  expect(names(tooMany).at(-1)).toBe('ExtrinsicFailed');
  const big = { fields: [{ type: 'BigRaw', value: `0x${'00'.repeat(3_000)}` }] };
  const full = await send('Commitments', 'set_commitment', { netuid: 4, info: big });
  expect(full.at(-1)?.value).toMatchObject({ dispatch_error: { value: { error: '0x02000000' } } });
  // The space is that of an epoch.
  advance(core, 720);
  const next = await send('Commitments', 'set_commitment', { netuid: 4, info: big });
  expect(names(next).at(-1)).toBe('ExtrinsicSuccess');
});

test('an owner sets tempo, cutoff and claim threshold, and pulls an epoch forward', async () => {
  const { economy } = core.chain.live.state;
  const subnet = economy.subnets[4];
  if (subnet === undefined) throw new Error('no subnet 4');
  subnet.owner = alice.account;
  const sent = [
    ...(await send('SubtensorModule', 'set_tempo', { netuid: 4, tempo: 400 })),
    ...(await send('SubtensorModule', 'set_activity_cutoff_factor', {
      netuid: 4,
      factor_milli: 2_000,
    })),
    ...(await send('SubtensorModule', 'sudo_set_root_claim_threshold', {
      netuid: 4,
      new_value: 700_000n,
    })),
    ...(await send('SubtensorModule', 'trigger_epoch', { netuid: 4 })),
  ];
  expect(names(sent)).toEqual(
    expect.arrayContaining(['TempoSet', 'ActivityCutoffFactorMilliSet', 'EpochTriggered']),
  );
  expect(subnet).toMatchObject({
    tempo: 400,
    activityCutoffFactorMilli: 2_000,
    rootClaimThreshold: 700_000n,
  });
  expect(await read('SubtensorModule', 'PendingEpochAt', 4)).toBe(BigInt(economy.block + 10));
});

test.each([
  ['SubtensorModule', 'swap_coldkey', { old_coldkey: AURORA, new_coldkey: AURORA, swap_cost: 0n }],
  ['SubtensorModule', 'reset_coldkey_swap', { coldkey: AURORA }],
  ['SubtensorModule', 'dissolve_network', { coldkey: AURORA, netuid: 4 }],
  ['SubtensorModule', 'root_dissolve_network', { netuid: 4 }],
  ['SubtensorModule', 'sudo_set_num_root_claims', { new_value: 1n }],
  ['SubtensorModule', 'set_pending_childkey_cooldown', { cooldown: 1n }],
  ['SubtensorModule', 'sudo_set_root_claim_threshold', { netuid: 4, new_value: 1n }],
  ['MevShield', 'announce_next_key', { enc_key: undefined }],
  [
    'Utility',
    'with_weight',
    {
      call: { type: 'System', value: { type: 'remark', value: { remark: '0x' } } },
      weight: { ref_time: 1n, proof_size: 1n },
    },
  ],
])('%s.%s is not for signers', async (pallet, name, args) => {
  const events = await send(pallet, name, args);
  expect(events.at(-1)?.value).toMatchObject({ dispatch_error: { type: 'BadOrigin' } });
});

test.each([
  ['toggle_user_liquidity', { netuid: 4, enable: true }],
  ['add_liquidity', { hotkey: AURORA, netuid: 4, tick_low: 1, tick_high: 2, liquidity: 1n }],
  ['remove_liquidity', { hotkey: AURORA, netuid: 4, position_id: 1n }],
  ['modify_position', { hotkey: AURORA, netuid: 4, position_id: 1n, liquidity_delta: -1n }],
  ['disable_lp', undefined],
])('Swap.%s is gone', async (name, args) => {
  const events = await send('Swap', name, args);
  expect(events.at(-1)?.value).toMatchObject({
    dispatch_error: { value: { index: 28, error: '0x0c000000' } },
  });
});

test('a deposit that cannot change is left alone, for its depositor alone', async () => {
  expect(names(await send('Proxy', 'poke_deposit', undefined)).at(-1)).toBe('ExtrinsicSuccess');
  const operation = { threshold: 2, call_hash: `0x${'11'.repeat(32)}` };
  const poke = (other: string, key = alice) =>
    send('Multisig', 'poke_deposit', { ...operation, other_signatories: [other] }, key);
  type Failed = { readonly dispatch_error?: { readonly value: { readonly error: string } } };
  const errorOf = (events: readonly Variant[]) =>
    ((events.at(-1)?.value ?? {}) as Failed).dispatch_error?.value.error;
  expect(errorOf(await poke(bob.account))).toBe('0x07000000');
  await send('Multisig', 'approve_as_multi', {
    ...operation,
    other_signatories: [bob.account],
    maybe_timepoint: undefined,
    max_weight: { ref_time: 0n, proof_size: 0n },
  });
  expect(errorOf(await poke(bob.account))).toBeUndefined();
  expect(errorOf(await poke(alice.account, bob))).toBe('0x08000000');
});
