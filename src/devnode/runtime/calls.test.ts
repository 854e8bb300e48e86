import { beforeEach, expect, test } from 'vitest';
import { devAccounts } from '../genesis/accounts.ts';
import { PROFILE_NAMES, profileNamed } from '../metadata/profiles/profiles.ts';
import { type DevChain, startDevChain } from '../testing/dev-chain.ts';
import { alice, bob } from '../testing/dev-client.ts';
import { rules } from './dispatch.ts';

const AURORA = devAccounts['//Aurora//hot'];
const BASALT = devAccounts['//Basalt//hot'];
const NEWCOMER = `0x${'44'.repeat(32)}`;
const TAO = 1_000_000_000n;

let chain: DevChain;
beforeEach(async () => {
  chain = await startDevChain();
});

const id = (account: string) => ({ type: 'Id', value: account });
const call = (pallet: string, name: string, args: unknown) => ({
  type: pallet,
  value: { type: name, value: args },
});
const transfer = (to: string, value: bigint) =>
  call('Balances', 'transfer_keep_alive', { dest: id(to), value });
const stake = (amount: bigint) =>
  call('SubtensorModule', 'add_stake', { hotkey: AURORA, netuid: 4, amount_staked: amount });
const names = (events: readonly { readonly name: string }[]) =>
  events
    .map(({ name }) => name)
    .filter((name) => !/^(Balances\.(Withdraw|Deposit)|TransactionPayment\..*)$/.test(name));
const failureOf = (events: readonly { readonly name: string; readonly value: unknown }[]) =>
  (events.at(-1)?.value as { dispatch_error?: unknown } | undefined)?.dispatch_error;

test('exactly the calls that some runtime declares can be dispatched', () => {
  const declared = PROFILE_NAMES.flatMap((profile) =>
    profileNamed(profile).pallets.flatMap(({ name, calls }) =>
      Object.keys(calls).map((one) => `${name}.${one}`),
    ),
  );
  const ruled = Object.entries(rules).flatMap(([pallet, calls]) =>
    Object.keys(calls).map((one) => `${pallet}.${one}`),
  );
  expect(ruled.sort()).toEqual([...new Set(declared)].sort());
});

test('a transfer makes the account it goes to', async () => {
  const events = await chain.send('Balances', 'transfer_keep_alive', {
    dest: id(NEWCOMER),
    value: TAO,
  });
  expect(names(events)).toEqual([
    'System.NewAccount',
    'Balances.Endowed',
    'Balances.Transfer',
    'System.ExtrinsicSuccess',
  ]);
  expect(await chain.freeOf(NEWCOMER)).toBe(TAO);
});

test.each([
  ['more than there is', bob.account, 2_000_000n * TAO, 'FundsUnavailable'],
  ['too little for a new account', NEWCOMER, 499n, 'BelowMinimum'],
  ['all but the deposit', bob.account, 'all', 'NotExpendable'],
] as const)('a transfer of %s fails with a token error', async (_what, to, amount, error) => {
  // The fee leaves first; what would be left after it is under the deposit of 500 rao.
  const value = amount === 'all' ? (await chain.freeOf(alice.account)) - 213_100n : amount;
  const events = await chain.send('Balances', 'transfer_keep_alive', { dest: id(to), value });
  expect(failureOf(events)).toEqual({ type: 'Token', value: { type: error } });
});

test('transfer_all leaves the deposit or kills the account', async () => {
  const before = await chain.freeOf(bob.account);
  await chain.send('Balances', 'transfer_all', { dest: id(bob.account), keep_alive: true });
  expect(await chain.freeOf(alice.account)).toBe(500n);
  expect(await chain.freeOf(bob.account)).toBeGreaterThan(before);
  const events = await chain.send(
    'Balances',
    'transfer_all',
    { dest: id(alice.account), keep_alive: false },
    { key: bob },
  );
  expect(names(events)).toContain('System.KilledAccount');
  expect(await chain.read('System', 'Account', bob.account)).toBeUndefined();
});

test('batch keeps what came before the failure, and says where it stopped', async () => {
  const events = await chain.send('Utility', 'batch', {
    calls: [transfer(bob.account, TAO), stake(1n), transfer(bob.account, TAO)],
  });
  expect(names(events)).toEqual([
    'Balances.Transfer',
    'Utility.ItemCompleted',
    'Utility.BatchInterrupted',
    'System.ExtrinsicSuccess',
  ]);
  expect(events.find(({ name }) => name.endsWith('Interrupted'))?.value).toMatchObject({
    index: 1,
  });
  expect(await chain.freeOf(bob.account)).toBe(1_000_001n * TAO);
});

test('batch_all undoes everything when one call fails', async () => {
  const bobBefore = await chain.freeOf(bob.account);
  const pool = await chain.read('SubtensorModule', 'SubnetVolume', 4);
  const events = await chain.send('Utility', 'batch_all', {
    calls: [transfer(bob.account, TAO), stake(10n * TAO), stake(1n)],
  });
  expect(names(events)).toEqual(['System.ExtrinsicFailed']);
  expect(failureOf(events)).toMatchObject({ type: 'Module', value: { error: '0x52000000' } });
  expect(await chain.freeOf(bob.account)).toBe(bobBefore);
  expect(await chain.read('SubtensorModule', 'StakingHotkeys', alice.account)).toBeUndefined();
  const after = await chain.read('SubtensorModule', 'SubnetVolume', 4);
  expect((after as bigint) - (pool as bigint)).toBeLessThan(10n * TAO);
});

test('force_batch goes on after a failure', async () => {
  const events = await chain.send('Utility', 'force_batch', {
    calls: [stake(1n), transfer(bob.account, TAO)],
  });
  expect(names(events)).toEqual([
    'Utility.ItemFailed',
    'Balances.Transfer',
    'Utility.ItemCompleted',
    'Utility.BatchCompletedWithErrors',
    'System.ExtrinsicSuccess',
  ]);
});

test('a batch directly inside a batch is filtered', async () => {
  const inner = call('Utility', 'batch', { calls: [transfer(bob.account, TAO)] });
  const events = await chain.send('Utility', 'batch_all', { calls: [inner] });
  // System is pallet 0, CallFiltered its error 5.
  expect(failureOf(events)).toEqual({ type: 'Module', value: { index: 0, error: '0x05000000' } });
});

test('if_else takes the other way when the first fails', async () => {
  const events = await chain.send('Utility', 'if_else', {
    main: stake(1n),
    fallback: transfer(bob.account, TAO),
  });
  expect(names(events)).toEqual([
    'Balances.Transfer',
    'Utility.IfElseFallbackCalled',
    'System.ExtrinsicSuccess',
  ]);
});

test('staking calls reach the economy: move, swap, transfer, limits and leaving again', async () => {
  const at = { hotkey: AURORA, netuid: 4 };
  await chain.send('SubtensorModule', 'add_stake_limit', {
    ...at,
    amount_staked: 100n * TAO,
    limit_price: 900_000_000n,
    allow_partial: false,
  });
  const move = await chain.send('SubtensorModule', 'move_stake', {
    origin_hotkey: AURORA,
    destination_hotkey: BASALT,
    origin_netuid: 4,
    destination_netuid: 4,
    alpha_amount: 10n * TAO,
  });
  expect(names(move)).toContain('SubtensorModule.StakeMoved');
  const swap = await chain.send('SubtensorModule', 'swap_stake', {
    hotkey: AURORA,
    origin_netuid: 4,
    destination_netuid: 8,
    alpha_amount: 20n * TAO,
  });
  expect(names(swap)).toContain('SubtensorModule.StakeSwapped');
  const gift = await chain.send('SubtensorModule', 'transfer_stake', {
    destination_coldkey: bob.account,
    hotkey: BASALT,
    origin_netuid: 4,
    destination_netuid: 4,
    alpha_amount: 4n * TAO,
  });
  expect(names(gift)).toContain('SubtensorModule.StakeTransferred');
  const out = await chain.send('SubtensorModule', 'remove_stake_full_limit', {
    ...at,
    limit_price: undefined,
  });
  expect(names(out)).toContain('SubtensorModule.StakeRemoved');
  const all = await chain.send('SubtensorModule', 'unstake_all', { hotkey: AURORA });
  expect(names(all)).toContain('SubtensorModule.StakeRemoved');
  const rows = await chain.client.call<string>(
    'state_call',
    'StakeInfoRuntimeApi_get_stake_info_for_coldkey',
    alice.account,
  );
  // One row is left: what was moved to the other hotkey and not given away.
  expect(rows.slice(0, 4)).toBe('0x04');
});

test('claim types, locks and registration leave their events and their storage', async () => {
  const type = { type: 'KeepSubnets', value: { subnets: [1, 8] } };
  const claim = await chain.send('SubtensorModule', 'set_root_claim_type', {
    new_root_claim_type: type,
  });
  expect(claim.find(({ name }) => name.endsWith('RootClaimTypeSet'))?.value).toMatchObject({
    root_claim_type: type,
  });
  expect(await chain.read('SubtensorModule', 'RootClaimType', alice.account)).toEqual(type);
  await chain.send('SubtensorModule', 'add_stake', {
    hotkey: AURORA,
    netuid: 4,
    amount_staked: 10n * TAO,
  });
  await chain.send('SubtensorModule', 'lock_stake', { hotkey: AURORA, netuid: 4, amount: TAO });
  const lock = await chain.read('SubtensorModule', 'Lock', alice.account, 4, AURORA);
  expect(lock).toMatchObject({ locked_mass: TAO });
  const registered = await chain.send('SubtensorModule', 'burned_register', {
    netuid: 4,
    hotkey: NEWCOMER,
  });
  expect(names(registered)).toContain('SubtensorModule.NeuronRegistered');
  expect(await chain.read('SubtensorModule', 'Uids', 4, NEWCOMER)).toBe(11);
  expect(await chain.read('SubtensorModule', 'Owner', NEWCOMER)).toBe(alice.account);
});

test('an identity is for those who own a neuron, and must fit', async () => {
  const identity = {
    name: '0x416c696365',
    url: '0x',
    github_repo: '0x',
    image: '0x',
    discord: '0x',
    description: '0x',
    additional: '0x',
  };
  const early = await chain.send('SubtensorModule', 'set_identity', identity);
  expect(failureOf(early)).toMatchObject({ value: { error: '0x06000000' } });
  await chain.send('SubtensorModule', 'burned_register', { netuid: 4, hotkey: NEWCOMER });
  await chain.send('SubtensorModule', 'set_identity', identity);
  expect(await chain.read('SubtensorModule', 'IdentitiesV2', alice.account)).toEqual(identity);
  const long = { ...identity, name: `0x${'41'.repeat(257)}` };
  const refused = await chain.send('SubtensorModule', 'set_identity', long);
  expect(failureOf(refused)).toMatchObject({ value: { error: '0x49000000' } });
});

test('a free call costs nothing and says so', async () => {
  await chain.send('SubtensorModule', 'burned_register', { netuid: 4, hotkey: NEWCOMER });
  await chain.send('SubtensorModule', 'root_register', { hotkey: NEWCOMER });
  const before = await chain.freeOf(alice.account);
  const events = await chain.send('SubtensorModule', 'decrease_take', {
    hotkey: NEWCOMER,
    take: 100,
  });
  expect(events.at(-1)).toMatchObject({
    name: 'System.ExtrinsicSuccess',
    value: { dispatch_info: { pays_fee: { type: 'No' } } },
  });
  expect(await chain.freeOf(alice.account)).toBe(before);
  expect(await chain.read('SubtensorModule', 'Delegates', NEWCOMER)).toBe(100);
});

test('calls for root and inherents are refused to signers', async () => {
  for (const [pallet, name, args] of [
    ['Swap', 'set_fee_rate', { netuid: 4, rate: 0 }],
    ['Timestamp', 'set', { now: 1n }],
  ] as const) {
    expect(failureOf(await chain.send(pallet, name, args))).toEqual({ type: 'BadOrigin' });
  }
});

test('without TAO for it the fee of an unstake is taken in alpha, before the call', async () => {
  const position = { hotkey: AURORA, netuid: 4 };
  await chain.send('SubtensorModule', 'add_stake', { ...position, amount_staked: 50n * TAO });
  await chain.client.call('dev_setBalance', alice.account, '600');
  // Block 3 is authored by the first of the three authorities.
  const author = devAccounts['//One'];
  const before = await chain.freeOf(author);
  const events = await chain.send('SubtensorModule', 'remove_stake', {
    ...position,
    amount_unstaked: 10n * TAO,
  });
  const staking = names(events).filter((name) => name.startsWith('SubtensorModule.'));
  expect(staking).toEqual([
    'SubtensorModule.StakeRemoved',
    'SubtensorModule.StakeRemoved',
    'SubtensorModule.TransactionFeePaidWithAlpha',
  ]);
  const paid = events.find(({ name }) => name.endsWith('PaidWithAlpha'))?.value;
  const { alpha_fee, tao_amount } = paid as { alpha_fee: bigint; tao_amount: bigint };
  expect(alpha_fee).toBeGreaterThan(tao_amount);
  expect(await chain.freeOf(author)).toBeGreaterThanOrEqual(before + tao_amount);
  expect(await chain.freeOf(alice.account)).toBeGreaterThan(7n * TAO);
  const reported = events.find(({ name }) => name.endsWith('.TransactionFeePaid'))?.value;
  expect(reported).toMatchObject({ actual_fee: tao_amount });
});

test('inside a batch, or for a stake, alpha does not pay', async () => {
  await chain.send('SubtensorModule', 'add_stake', {
    hotkey: AURORA,
    netuid: 4,
    amount_staked: 50n * TAO,
  });
  await chain.client.call('dev_setBalance', alice.account, '600');
  const unstake = call('SubtensorModule', 'unstake_all', { hotkey: AURORA });
  const payment = 'Inability to pay some fees (e.g. account balance too low)';
  await expect(chain.send('Utility', 'batch_all', { calls: [unstake] })).rejects.toMatchObject({
    data: payment,
  });
  await expect(
    chain.send('SubtensorModule', 'add_stake', stake(1n).value.value),
  ).rejects.toMatchObject({ data: payment });
  const events = await chain.send('SubtensorModule', 'unstake_all', { hotkey: AURORA });
  expect(events.at(-1)?.name).toBe('System.ExtrinsicSuccess');
});
