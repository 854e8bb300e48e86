/**
 * polkadot.js against a running dev chain: reads an account, the subnets and the stakes, follows
 * heads, estimates fees, and sends add_stake, remove_stake, batch_all and a proxied call, whose
 * events it decodes. Types come from the chain's own metadata. Usage: polkadot-js.mjs ws://HOST:PORT
 */
import assert from 'node:assert/strict';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { assertFee, log, run } from './report.mjs';

const NETUID = 4;
const AMOUNT_RAO = 2_500_000_000n;

run('polkadot.js', async (url) => {
  const provider = new WsProvider(url, false);
  await provider.connect();
  const api = await ApiPromise.create({ provider, noInitWarn: true, throwOnConnect: true });
  const keyring = new Keyring({ type: 'sr25519', ss58Format: 42 });
  const alice = keyring.addFromUri('//Alice');
  const bob = keyring.addFromUri('//Bob');
  try {
    await readBasics(api, alice);
    const heads = await followHeads(api);
    const hotkey = (await api.query.subtensorModule.keys(NETUID, 1)).toString();
    await stake(api, alice, hotkey);
    await unstake(api, alice, hotkey);
    await batch(api, alice, bob, hotkey);
    await proxied(api, alice, bob, hotkey);
    await refuse(api, alice, hotkey);
    assert.ok(heads.seen.length >= 6, `heads ${heads.seen}`);
    assert.ok(heads.finalized.length >= 6, `final heads ${heads.finalized}`);
    for (const stop of heads.stops) stop();
  } finally {
    await api.disconnect();
  }
});

async function readBasics(api, alice) {
  assert.equal(api.runtimeVersion.specName.toString(), 'node-subtensor');
  const account = await api.query.system.account(alice.address);
  const free = account.data.free.toBigInt();
  assert.ok(free > AMOUNT_RAO, `Alice has ${free} rao`);
  const netuids = (await api.query.subtensorModule.networksAdded.keys()).map((key) =>
    key.args[0].toNumber(),
  );
  assert.ok(netuids.includes(NETUID), `no subnet ${NETUID} in ${netuids}`);
  const identities = await api.query.subtensorModule.identitiesV2.entries();
  const names = identities.map(([, identity]) => identity.unwrap().name.toUtf8());
  assert.ok(names.includes('Aurora'), `no Aurora in ${names}`);
  const dynamic = await api.call.subnetInfoRuntimeApi.getAllDynamicInfo();
  assert.ok(dynamic.length >= 2, 'no dynamic info');
  const hyperparams = await api.call.subnetInfoRuntimeApi.getSubnetHyperparams(NETUID);
  assert.ok(hyperparams.unwrap().tempo.toNumber() > 0, 'no tempo');
  log('read', { free, netuids, names });
}

async function followHeads(api) {
  const seen = [];
  const finalized = [];
  const stops = [
    await api.rpc.chain.subscribeNewHeads((head) => seen.push(head.number.toNumber())),
    await api.rpc.chain.subscribeFinalizedHeads((head) => finalized.push(head.number.toNumber())),
  ];
  return { seen, finalized, stops };
}

async function stakeOf(api, coldkey, hotkey) {
  const rows = await api.call.stakeInfoRuntimeApi.getStakeInfoForColdkey(coldkey);
  const row = rows.find(
    (one) => one.hotkey.toString() === hotkey && one.netuid.toNumber() === NETUID,
  );
  return row === undefined ? 0n : row.stake.toBigInt();
}

async function stake(api, alice, hotkey) {
  const tx = api.tx.subtensorModule.addStake(hotkey, NETUID, AMOUNT_RAO);
  const fee = (await tx.paymentInfo(alice)).partialFee.toBigInt();
  assertFee(fee);
  const before = await stakeOf(api, alice.address, hotkey);
  const quote = await api.call.swapRuntimeApi.simSwapTaoForAlpha(NETUID, AMOUNT_RAO);
  const result = await submit(tx, alice);
  const added = eventOf(result, 'subtensorModule', 'StakeAdded');
  assert.equal(added[0].toString(), alice.address);
  assert.equal(added[1].toString(), hotkey);
  assert.equal(added[2].toBigInt(), AMOUNT_RAO);
  assert.equal(added[4].toNumber(), NETUID);
  const paid = eventOf(result, 'transactionPayment', 'TransactionFeePaid');
  assert.equal(paid[1].toBigInt(), fee, 'the fee paid is not the fee estimated');
  const after = await stakeOf(api, alice.address, hotkey);
  assert.equal(after - before, added[3].toBigInt(), 'the stake grew by what the event says');
  const quoted = quote.alphaAmount.toBigInt();
  const off = after - before > quoted ? after - before - quoted : quoted - (after - before);
  assert.ok(off * 10_000n < quoted, `got ${after - before}, quoted ${quoted}`);
  log('add_stake', { fee, grown: after - before });
}

async function unstake(api, alice, hotkey) {
  const before = await stakeOf(api, alice.address, hotkey);
  const tx = api.tx.subtensorModule.removeStake(hotkey, NETUID, before / 2n);
  assertFee((await tx.paymentInfo(alice)).partialFee.toBigInt());
  const removed = eventOf(await submit(tx, alice), 'subtensorModule', 'StakeRemoved');
  const after = await stakeOf(api, alice.address, hotkey);
  assert.ok(after < before, `still ${after}`);
  assert.ok(removed[2].toBigInt() > 0n, 'no TAO came out');
  log('remove_stake', { taken: before - after, tao: removed[2].toBigInt() });
}

async function batch(api, alice, bob, hotkey) {
  const tx = api.tx.utility.batchAll([
    api.tx.subtensorModule.addStake(hotkey, NETUID, AMOUNT_RAO),
    api.tx.balances.transferKeepAlive(bob.address, 1_000_000_000n),
  ]);
  assertFee((await tx.paymentInfo(alice)).partialFee.toBigInt());
  const result = await submit(tx, alice);
  assert.equal(eventsOf(result, 'utility', 'ItemCompleted').length, 2);
  assert.equal(eventsOf(result, 'utility', 'BatchCompleted').length, 1);
  const sent = eventsOf(result, 'balances', 'Transfer').map((data) => data[1].toString());
  assert.ok(sent.includes(bob.address), 'no transfer to Bob');
  log('batch_all', { events: names(result) });
}

async function proxied(api, alice, bob, hotkey) {
  await submit(api.tx.proxy.addProxy(bob.address, 'Staking', 0), alice);
  const [held] = await api.query.proxy.proxies(alice.address);
  assert.ok(
    held.some((one) => one.delegate.toString() === bob.address),
    'no proxy is stored',
  );
  const call = api.tx.subtensorModule.addStake(hotkey, NETUID, AMOUNT_RAO);
  const tx = api.tx.proxy.proxy(alice.address, 'Staking', call);
  assertFee((await tx.paymentInfo(bob)).partialFee.toBigInt());
  const result = await submit(tx, bob);
  assert.ok(eventOf(result, 'proxy', 'ProxyExecuted')[0].isOk, 'the proxied call failed');
  assert.equal(eventOf(result, 'subtensorModule', 'StakeAdded')[0].toString(), alice.address);
  const transfer = api.tx.balances.transferKeepAlive(bob.address, 1_000n);
  const other = await submit(api.tx.proxy.proxy(alice.address, 'Staking', transfer), bob);
  const refused = eventOf(other, 'proxy', 'ProxyExecuted')[0];
  assert.ok(refused.isErr, 'a staking proxy sent TAO');
  log('proxy', { events: names(result), refused: errorName(api, refused.asErr) });
}

async function refuse(api, alice, hotkey) {
  const result = await submit(
    api.tx.subtensorModule.addStake(hotkey, NETUID, 1_000n),
    alice,
    false,
  );
  assert.equal(errorName(api, result.dispatchError), 'subtensorModule.AmountTooLow');
  log('refused', { error: errorName(api, result.dispatchError) });
}

const errorName = (api, error) => {
  const { section, name } = api.registry.findMetaError(error.asModule);
  return `${section}.${name}`;
};

const names = (result) => result.events.map(({ event }) => `${event.section}.${event.method}`);

const eventsOf = (result, section, method) =>
  result.events
    .filter(({ event }) => event.section === section && event.method === method)
    .map(({ event }) => event.data);

function eventOf(result, section, method) {
  const [data] = eventsOf(result, section, method);
  assert.ok(data !== undefined, `no ${section}.${method} in ${names(result)}`);
  return data;
}

async function submit(tx, signer, succeeds = true) {
  const result = await new Promise((resolve, reject) => {
    tx.signAndSend(signer, (update) => {
      if (update.isFinalized) resolve(update);
      else if (update.isError) reject(new Error(`status ${update.status}`));
    }).catch(reject);
  });
  if (succeeds) assert.equal(result.dispatchError, undefined, String(result.dispatchError));
  return result;
}
