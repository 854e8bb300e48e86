import { beforeEach, expect, test } from 'vitest';
import { blake2 } from '../blocks/header.ts';
import { devAccounts } from '../genesis/accounts.ts';
import { encode } from '../scale/codec.ts';
import { toHex } from '../scale/hex.ts';
import { type ChainEvent, type DevChain, startDevChain } from '../testing/dev-chain.ts';
import { alice, bob } from '../testing/dev-client.ts';
import { multisigAccount } from './calls-multisig.ts';
import { covers, mayCall } from './proxy-filter.ts';

const AURORA = devAccounts['//Aurora//hot'];
const CHARLIE = devAccounts['//Charlie'];
const TAO = 1_000_000_000n;
const MAX_WEIGHT = { ref_time: 10n ** 13n, proof_size: 0n };

let chain: DevChain;
beforeEach(async () => {
  chain = await startDevChain();
});

const id = (account: string) => ({ type: 'Id', value: account });
const call = (pallet: string, name: string, args: unknown) => ({
  type: pallet,
  value: { type: name, value: args },
});
const stake = call('SubtensorModule', 'add_stake', {
  hotkey: AURORA,
  netuid: 4,
  amount_staked: TAO,
});
const pay = (to: string, value: bigint) =>
  call('Balances', 'transfer_keep_alive', { dest: id(to), value });
const fieldsOf = (events: readonly ChainEvent[], name: string) =>
  events.find((event) => event.name === name)?.value as Record<string, unknown> | undefined;
type Failed = { readonly dispatch_error?: { readonly value?: { readonly error?: string } } };
const errorOf = (events: readonly ChainEvent[]) =>
  (events.at(-1)?.value as Failed | undefined)?.dispatch_error?.value?.error;
const hashOf = (inner: unknown) => toHex(blake2(encode('RuntimeCall', inner)));
const addProxy = (kind: string, delay = 0) =>
  chain.send('Proxy', 'add_proxy', {
    delegate: id(bob.account),
    proxy_type: { type: kind },
    delay,
  });
const proxy = (inner: unknown, force?: string) =>
  chain.send(
    'Proxy',
    'proxy',
    {
      real: id(alice.account),
      force_proxy_type: force === undefined ? undefined : { type: force },
      call: inner,
    },
    { key: bob },
  );

test('a staking proxy stakes for the real account, and can do nothing else', async () => {
  const added = await addProxy('Staking');
  expect(fieldsOf(added, 'Balances.Reserved')).toMatchObject({ amount: 93_000_000n });
  expect(fieldsOf(added, 'Proxy.ProxyAdded')).toMatchObject({ delegatee: bob.account, delay: 0 });
  const staked = await proxy(stake);
  expect(fieldsOf(staked, 'Proxy.ProxyExecuted')).toEqual({ result: { type: 'Ok' } });
  expect(await chain.read('SubtensorModule', 'StakingHotkeys', alice.account)).toEqual([AURORA]);
  const moved = await proxy(pay(bob.account, TAO));
  expect(fieldsOf(moved, 'Proxy.ProxyExecuted')).toMatchObject({
    result: { type: 'Err', value: { value: { index: 0, error: '0x05000000' } } },
  });
  expect(await proxy(stake, 'Any').then(errorOf)).toBe('0x02000000');
});

test('the filter of a proxy reaches the calls inside a batch', async () => {
  await addProxy('NonTransfer');
  const batch = call('Utility', 'batch_all', { calls: [stake, pay(bob.account, TAO)] });
  const events = await proxy(batch);
  expect(fieldsOf(events, 'Proxy.ProxyExecuted')).toMatchObject({ result: { type: 'Err' } });
  expect(await chain.read('SubtensorModule', 'StakingHotkeys', alice.account)).toBeUndefined();
});

test('removing a proxy gives the deposit back; twice is not found', async () => {
  await addProxy('Staking');
  const args = { delegate: id(bob.account), proxy_type: { type: 'Staking' }, delay: 0 };
  const removed = await chain.send('Proxy', 'remove_proxy', args);
  expect(fieldsOf(removed, 'Balances.Unreserved')).toMatchObject({ amount: 93_000_000n });
  expect(await chain.read('Proxy', 'Proxies', alice.account)).toBeUndefined();
  expect(errorOf(await chain.send('Proxy', 'remove_proxy', args))).toBe('0x01000000');
  expect(errorOf(await proxy(stake))).toBe('0x02000000');
});

test('all of an account with a deposit leaves the existential deposit behind', async () => {
  await addProxy('Staking');
  await chain.send('Balances', 'transfer_all', { dest: id(bob.account), keep_alive: false });
  expect(await chain.freeOf(alice.account)).toBe(500n);
});

test('a proxy for oneself and the same proxy twice are refused', async () => {
  const self = { delegate: id(alice.account), proxy_type: { type: 'Any' }, delay: 0 };
  expect(errorOf(await chain.send('Proxy', 'add_proxy', self))).toBe('0x07000000');
  await addProxy('Any');
  expect(errorOf(await addProxy('Any'))).toBe('0x04000000');
});

test('a delayed proxy must announce, wait, and may then act once', async () => {
  await addProxy('Any', 10);
  expect(errorOf(await proxy(stake))).toBe('0x06000000');
  const announced = await chain.send(
    'Proxy',
    'announce',
    { real: id(alice.account), call_hash: hashOf(stake) },
    { key: bob },
  );
  expect(fieldsOf(announced, 'Proxy.Announced')).toMatchObject({ proxy: bob.account });
  const act = () =>
    chain.send('Proxy', 'proxy_announced', {
      delegate: id(bob.account),
      real: id(alice.account),
      force_proxy_type: undefined,
      call: stake,
    });
  expect(errorOf(await act())).toBe('0x06000000');
  chain.node.advance(10);
  expect(fieldsOf(await act(), 'Proxy.ProxyExecuted')).toEqual({ result: { type: 'Ok' } });
  expect(errorOf(await act())).toBe('0x06000000');
  expect(await chain.read('Proxy', 'Announcements', bob.account)).toBeUndefined();
});

test('a pure account acts through its spawner, and its end returns the deposit', async () => {
  const kind = { type: 'Any' };
  const made = await chain.send('Proxy', 'create_pure', { proxy_type: kind, delay: 0, index: 0 });
  const { pure } = fieldsOf(made, 'Proxy.PureCreated') as { pure: string };
  const height = chain.node.status().number;
  await chain.send('Balances', 'transfer_keep_alive', { dest: id(pure), value: 10n * TAO });
  const through = (inner: unknown) =>
    chain.send('Proxy', 'proxy', { real: id(pure), force_proxy_type: undefined, call: inner });
  await through(pay(bob.account, TAO));
  expect(await chain.freeOf(pure)).toBe(9n * TAO);
  const end = { spawner: id(alice.account), proxy_type: kind, index: 0, height, ext_index: 1 };
  const ended = await through(call('Proxy', 'kill_pure', end));
  expect(fieldsOf(ended, 'Proxy.PureKilled')).toMatchObject({ pure });
  expect(errorOf(await through(pay(bob.account, TAO)))).toBe('0x02000000');
});

test('the real account pays for a delegate it agreed to pay for', async () => {
  await addProxy('Staking');
  const agree = { delegate: id(bob.account), pays_fee: true };
  await chain.send('Proxy', 'set_real_pays_fee', agree);
  const before = await chain.freeOf(bob.account);
  const events = await proxy(stake);
  expect(fieldsOf(events, 'TransactionPayment.TransactionFeePaid')).toMatchObject({
    who: alice.account,
  });
  expect(await chain.freeOf(bob.account)).toBe(before);
});

test('proxy types cover and allow what the chain says', () => {
  const transferStake = { type: 'SubtensorModule', value: { type: 'transfer_stake', value: {} } };
  expect(mayCall('Staking', transferStake)).toBe(false);
  expect(mayCall('NonTransfer', transferStake)).toBe(false);
  expect(mayCall('Transfer', transferStake)).toBe(true);
  expect(mayCall('Governance', transferStake)).toBe(false);
  const small = (value: bigint) => pay(CHARLIE, value) as Parameters<typeof mayCall>[1];
  expect(mayCall('SmallTransfer', small(499_999_999n))).toBe(true);
  expect(mayCall('SmallTransfer', small(500_000_000n))).toBe(false);
  expect(covers('Any', 'Transfer')).toBe(true);
  expect(covers('NonTransfer', 'Staking')).toBe(true);
  expect(covers('NonTransfer', 'Transfer')).toBe(false);
  expect(covers('Staking', 'Any')).toBe(false);
});

test('two of three move the money of their common account', async () => {
  const signatories = [alice.account, bob.account, CHARLIE].sort();
  const multisig = multisigAccount(signatories, 2);
  await chain.send('Balances', 'transfer_keep_alive', { dest: id(multisig), value: 5n * TAO });
  const inner = pay(CHARLIE, TAO);
  const others = (who: string) => signatories.filter((one) => one !== who);
  const opened = await chain.send('Multisig', 'approve_as_multi', {
    threshold: 2,
    other_signatories: others(alice.account),
    maybe_timepoint: undefined,
    call_hash: hashOf(inner),
    max_weight: MAX_WEIGHT,
  });
  expect(fieldsOf(opened, 'Multisig.NewMultisig')).toMatchObject({ multisig });
  expect(fieldsOf(opened, 'Balances.Reserved')).toMatchObject({ amount: 196_000_000n });
  const timepoint = { height: chain.node.status().number, index: 1 };
  const finish = (given: unknown, max = MAX_WEIGHT) =>
    chain.send(
      'Multisig',
      'as_multi',
      {
        threshold: 2,
        other_signatories: others(bob.account),
        maybe_timepoint: given,
        call: inner,
        max_weight: max,
      },
      { key: bob },
    );
  expect(errorOf(await finish(undefined))).toBe('0x09000000');
  expect(errorOf(await finish({ height: 99, index: 1 }))).toBe('0x0a000000');
  expect(errorOf(await finish(timepoint, { ref_time: 1n, proof_size: 0n }))).toBe('0x0c000000');
  const done = await finish(timepoint);
  expect(fieldsOf(done, 'Multisig.MultisigExecuted')).toMatchObject({ result: { type: 'Ok' } });
  expect(await chain.freeOf(multisig)).toBe(4n * TAO);
  expect(fieldsOf(done, 'Balances.Unreserved')).toMatchObject({ who: alice.account });
});

test('a multisig refuses lists out of order, and only its opener cancels', async () => {
  const [first, second] = [bob.account, CHARLIE].sort() as [string, string];
  const base = { threshold: 2, call_hash: hashOf(stake), maybe_timepoint: undefined };
  const approve = (other_signatories: string[]) =>
    chain.send('Multisig', 'approve_as_multi', {
      ...base,
      other_signatories,
      max_weight: MAX_WEIGHT,
    });
  expect(errorOf(await approve([second, first]))).toBe('0x05000000');
  expect(errorOf(await approve([]))).toBe('0x03000000');
  await approve([first, second]);
  const timepoint = { height: chain.node.status().number, index: 1 };
  const cancel = (who: typeof alice) =>
    chain.send(
      'Multisig',
      'cancel_as_multi',
      {
        threshold: 2,
        other_signatories: [alice.account, bob.account, CHARLIE]
          .filter((one) => one !== who.account)
          .sort(),
        timepoint,
        call_hash: base.call_hash,
      },
      { key: who },
    );
  expect(errorOf(await cancel(bob))).toBe('0x08000000');
  expect(fieldsOf(await cancel(alice), 'Multisig.MultisigCancelled')).toBeDefined();
  expect(errorOf(await cancel(alice))).toBe('0x07000000');
});
