import { beforeEach, expect, test } from 'vitest';
import { devAccounts } from '../genesis/accounts.ts';
import { fromHex } from '../scale/hex.ts';
import { type DevChain, startDevChain } from '../testing/dev-chain.ts';
import { alice, bob, encodeCall } from '../testing/dev-client.ts';

const AURORA = devAccounts['//Aurora//hot'];
const TAO = 1_000_000_000n;
const NETUID = 4;

let chain: DevChain;
beforeEach(async () => {
  chain = await startDevChain();
});

const addStake = (amount = 10n * TAO) =>
  encodeCall('SubtensorModule', 'add_stake', {
    hotkey: AURORA,
    netuid: NETUID,
    amount_staked: amount,
  });
const remark = (text = '0x01') => encodeCall('System', 'remark', { remark: text });
const submit = (hex: string) => chain.client.reply('author_submitExtrinsic', hex);
const invalid = (data: string) => ({
  error: { code: 1010, message: 'Invalid Transaction', data },
});

test('a stake goes into a block of its own, with the events in order and the fee paid', async () => {
  const events = await chain.send('SubtensorModule', 'add_stake', {
    hotkey: AURORA,
    netuid: NETUID,
    amount_staked: 10n * TAO,
  });
  expect(events.map(({ name }) => name)).toEqual([
    'Balances.Withdraw',
    'Balances.Transfer',
    'Balances.Transfer',
    'SubtensorModule.StakeAdded',
    'Balances.Deposit',
    'TransactionPayment.TransactionFeePaid',
    'System.ExtrinsicSuccess',
  ]);
  const [coldkey, hotkey, tao, alpha, netuid, fee] = (events[3]?.value ?? []) as unknown[];
  expect([coldkey, hotkey, tao, netuid, fee]).toEqual([
    alice.account,
    AURORA,
    10n * TAO,
    NETUID,
    5_035_477n,
  ]);
  const paid = (events[5]?.value as { actual_fee: bigint } | undefined)?.actual_fee ?? 0n;
  expect(await chain.freeOf(alice.account)).toBe(1_000_000n * TAO - 10n * TAO - paid);
  expect(await chain.read('SubtensorModule', 'StakingHotkeys', alice.account)).toEqual([AURORA]);
  expect(alpha).toBeGreaterThan(12n * TAO);
  expect(chain.node.status().number).toBe(1);
});

test('the fee is base, length and weight, as both fee queries say', async () => {
  const xt = chain.sign(addStake());
  const { partialFee } = await chain.client.call<{ partialFee: string }>('payment_queryInfo', xt);
  const bytes = fromHex(xt).length;
  expect(partialFee).toBe(`${54_078 + bytes + 1_532_032 + 33_792 + 37_500}`);
  const details = await chain.client.call<{ inclusionFee: Record<string, string> }>(
    'payment_queryFeeDetails',
    xt,
  );
  const sum = Object.values(details.inclusionFee).reduce((total, hex) => total + BigInt(hex), 0n);
  expect(sum).toBe(BigInt(partialFee));
  await chain.client.call('author_submitExtrinsic', xt);
  const paid = (await chain.events()).find(({ name }) => name.endsWith('TransactionFeePaid'));
  expect(paid?.value).toMatchObject({ actual_fee: BigInt(partialFee), tip: 0n });
});

test('a tip is paid on top and named', async () => {
  const events = await chain.send('System', 'remark', { remark: '0x' }, { tip: 777n });
  const paid = events.find(({ name }) => name.endsWith('TransactionFeePaid'))?.value;
  expect(paid).toMatchObject({ tip: 777n });
});

test('a call that fails is included, paid for, and changes nothing else', async () => {
  const events = await chain.send('SubtensorModule', 'add_stake', {
    hotkey: AURORA,
    netuid: NETUID,
    amount_staked: 5n,
  });
  expect(events.map(({ name }) => name)).toEqual([
    'Balances.Withdraw',
    'Balances.Deposit',
    'TransactionPayment.TransactionFeePaid',
    'System.ExtrinsicFailed',
  ]);
  // SubtensorModule is pallet 7, AmountTooLow its error 82.
  expect(events.at(-1)?.value).toMatchObject({
    dispatch_error: { type: 'Module', value: { index: 7, error: '0x52000000' } },
    dispatch_info: { class: { type: 'Normal' }, pays_fee: { type: 'Yes' } },
  });
  const account = await chain.read('System', 'Account', alice.account);
  expect(account).toMatchObject({ nonce: 1 });
});

test('a wrong signature, spec version, genesis or mode byte is refused', async () => {
  const good = chain.sign(remark());
  const at = 2 + 2 * 40;
  const flipped = good[at] === '0' ? '1' : '0';
  const tampered = `${good.slice(0, at)}${flipped}${good.slice(at + 1)}`;
  const bad = 'Transaction has a bad signature';
  expect(await submit(tampered)).toMatchObject(invalid(bad));
  expect(await submit(chain.sign(remark(), { specVersion: 425 }))).toMatchObject(invalid(bad));
  const genesisHash = `0x${'22'.repeat(32)}`;
  expect(await submit(chain.sign(remark(), { genesisHash }))).toMatchObject(invalid(bad));
  const hashed = await submit(chain.sign(remark(), { mode: 1 }));
  expect(hashed).toMatchObject({ error: { code: 1011, data: 'CannotLookup' } });
  expect(chain.node.status().number).toBe(0);
  expect(await submit(good)).toMatchObject({ result: expect.stringMatching(/^0x[0-9a-f]{64}$/) });
});

test('a payload over 256 bytes is signed by its hash', async () => {
  const events = await chain.send('System', 'remark', { remark: `0x${'ab'.repeat(400)}` });
  expect(events.at(-1)?.name).toBe('System.ExtrinsicSuccess');
});

test('a used nonce is outdated, the same bytes again too', async () => {
  const xt = chain.sign(remark());
  await chain.client.call('author_submitExtrinsic', xt);
  expect(await submit(xt)).toMatchObject(invalid('Transaction is outdated'));
  expect(await submit(chain.sign(remark('0x02')))).toMatchObject(
    invalid('Transaction is outdated'),
  );
});

test('an account without TAO cannot pay', async () => {
  const key = { ...bob };
  await chain.client.call('dev_setBalance', key.account, '1000');
  const payment = 'Inability to pay some fees (e.g. account balance too low)';
  expect(await submit(chain.sign(remark(), { key }))).toMatchObject(invalid(payment));
});

test('a take out of its range is refused before the pool, with the chain’s own number', async () => {
  const call = (take: number, hotkey: string = AURORA) =>
    encodeCall('SubtensorModule', 'increase_take', { hotkey, take });
  expect(await submit(chain.sign(call(100)))).toMatchObject(invalid('Custom error: 25'));
  const unknown = `0x${'33'.repeat(32)}`;
  expect(await submit(chain.sign(call(100, unknown)))).toMatchObject(invalid('Custom error: 4'));
});

test('bytes that are no extrinsic are refused by their kind', async () => {
  expect(await submit('0x1234')).toMatchObject({ error: { code: 1001 } });
  expect(await submit('0x0c840102')).toMatchObject({ error: { code: 1002 } });
  expect(await submit('nothing')).toMatchObject({ error: { code: -32602 } });
});

test('a mortal transaction lives for its era, and then its signature fits no more', async () => {
  // Period 64, phase 0: two bytes of log2(64) − 1 and the phase.
  const era = Uint8Array.of(0x05, 0x00);
  const mortal = { era, birthHash: chain.node.genesisHash };
  const early = chain.sign(remark(), { mortal });
  const late = chain.sign(remark('0x02'), { mortal, nonce: 1 });
  expect(await submit(early)).toHaveProperty('result');
  chain.node.advance(62);
  // The next block is number 64: the second period began there.
  expect(await submit(late)).toMatchObject(invalid('Transaction has an ancient birth block'));
  chain.node.advance(1);
  expect(await submit(late)).toMatchObject(invalid('Transaction has a bad signature'));
});

test('a nonce ahead waits until the gap is filled, then both are included', async () => {
  const second = await chain.client.call(
    'author_submitAndWatchExtrinsic',
    chain.sign(remark('0x02'), { nonce: 1 }),
  );
  expect(chain.client.pushed(second)).toEqual(['future']);
  expect(chain.node.status()).toMatchObject({ number: 0, pending: 1 });
  expect(await chain.client.call('system_accountNextIndex', alice.account)).toBe(0);
  const first = await chain.client.call(
    'author_submitAndWatchExtrinsic',
    chain.sign(remark('0x01')),
  );
  const hash = chain.node.status().hash;
  const included = [{ inBlock: hash }, { finalized: hash }];
  expect(chain.client.pushed(first)).toEqual(['ready', ...included]);
  expect(chain.client.pushed(second)).toEqual(['future', 'ready', ...included]);
  expect(chain.node.status()).toMatchObject({ number: 1, pending: 0 });
});

test('another transaction with the nonce of one in the pool has too low priority', async () => {
  const xt = chain.sign(remark('0x02'), { nonce: 1 });
  await chain.client.call('author_submitExtrinsic', xt);
  expect(await submit(xt)).toMatchObject({ error: { code: 1013 } });
  const other = chain.sign(remark('0x03'), { nonce: 1 });
  expect(await submit(other)).toMatchObject({ error: { code: 1014 } });
  expect(await chain.client.call('author_pendingExtrinsics')).toEqual([xt]);
});

test('in manual mode transactions wait for dev_newBlock, counted into the next nonce', async () => {
  chain = await startDevChain({ blocks: { kind: 'manual' } });
  const watched = await chain.client.call('author_submitAndWatchExtrinsic', chain.sign(remark()));
  expect(chain.client.pushed(watched)).toEqual(['ready']);
  expect(await chain.client.call('system_accountNextIndex', alice.account)).toBe(1);
  const hash = await chain.client.call('dev_newBlock');
  expect(chain.client.pushed(watched)).toEqual(['ready', { inBlock: hash }, { finalized: hash }]);
  expect(chain.node.status()).toMatchObject({ number: 1, pending: 0, hash });
});

test('a transaction that can no longer pay when its block is made is dropped', async () => {
  chain = await startDevChain({ blocks: { kind: 'manual' } });
  const watched = await chain.client.call('author_submitAndWatchExtrinsic', chain.sign(remark()));
  await chain.client.call('dev_setBalance', alice.account, '600');
  expect(chain.client.pushed(watched)).toEqual(['ready', 'invalid']);
  expect(chain.node.status().pending).toBe(0);
});
