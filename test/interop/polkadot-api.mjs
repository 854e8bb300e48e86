/**
 * polkadot-api against a running dev chain, the same as polkadot-js.mjs. It has no descriptors: the
 * unsafe API takes every type from the chain's own metadata. The chain offers the legacy methods,
 * which the client's own middleware speaks. Usage: polkadot-api.mjs ws://HOST:PORT
 */
import assert from 'node:assert/strict';
import { Keyring } from '@polkadot/api';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { createClient, Enum } from 'polkadot-api';
import { getPolkadotSigner } from 'polkadot-api/signer';
import { getWsProvider } from 'polkadot-api/ws';
import { WebSocket } from 'ws';
import { assertFee, log, run } from './report.mjs';

const NETUID = 4;
const AMOUNT_RAO = 2_500_000_000n;

run('polkadot-api', async (url) => {
  await cryptoWaitReady();
  const client = createClient(getWsProvider(url, { websocketClass: WebSocket }));
  const api = client.getUnsafeApi();
  const alice = accountOf('//Alice');
  const bob = accountOf('//Bob');
  const heads = followHeads(client);
  try {
    await readBasics(client, api, alice);
    const hotkey = await api.query.SubtensorModule.Keys.getValue(NETUID, 1);
    await stake(api, alice, hotkey);
    await unstake(api, alice, hotkey);
    await batch(api, alice, bob, hotkey);
    await proxied(api, alice, bob, hotkey);
    await refuse(api, alice, hotkey);
    assert.ok(heads.best.size >= 6, `heads ${[...heads.best]}`);
    assert.ok(heads.finalized.size >= 6, `final heads ${[...heads.finalized]}`);
  } finally {
    heads.stop();
    client.destroy();
  }
});

function accountOf(uri) {
  const pair = new Keyring({ type: 'sr25519', ss58Format: 42 }).addFromUri(uri);
  const signer = getPolkadotSigner(pair.publicKey, 'Sr25519', (bytes) => pair.sign(bytes));
  return { address: pair.address, signer };
}

function followHeads(client) {
  const best = new Set();
  const finalized = new Set();
  const following = [
    client.bestBlocks$.subscribe((blocks) => best.add(blocks[0].number)),
    client.finalizedBlock$.subscribe((block) => finalized.add(block.number)),
  ];
  const stop = () => {
    for (const one of following) one.unsubscribe();
  };
  return { best, finalized, stop };
}

async function readBasics(client, api, alice) {
  const { name } = await client.getChainSpecData();
  const account = await api.query.System.Account.getValue(alice.address);
  assert.ok(account.data.free > AMOUNT_RAO, `Alice has ${account.data.free} rao`);
  const added = await api.query.SubtensorModule.NetworksAdded.getEntries();
  const netuids = added.map(({ keyArgs }) => keyArgs[0]);
  assert.ok(netuids.includes(NETUID), `no subnet ${NETUID} in ${netuids}`);
  const dynamic = await api.apis.SubnetInfoRuntimeApi.get_all_dynamic_info();
  assert.ok(dynamic.filter((one) => one !== undefined).length >= 2, 'no dynamic info');
  const version = await api.constants.System.Version();
  assert.equal(version.spec_name, 'node-subtensor');
  log('read', { name, free: account.data.free, netuids, spec: version.spec_version });
}

async function stakeOf(api, coldkey, hotkey) {
  const rows = await api.apis.StakeInfoRuntimeApi.get_stake_info_for_coldkey(coldkey);
  return rows.find((one) => one.hotkey === hotkey && one.netuid === NETUID)?.stake ?? 0n;
}

const addStake = (api, hotkey, amount_staked) =>
  api.tx.SubtensorModule.add_stake({ hotkey, netuid: NETUID, amount_staked });

async function stake(api, alice, hotkey) {
  const tx = addStake(api, hotkey, AMOUNT_RAO);
  const fee = await tx.getEstimatedFees(alice.address);
  assertFee(fee);
  const before = await stakeOf(api, alice.address, hotkey);
  const quote = await api.apis.SwapRuntimeApi.sim_swap_tao_for_alpha(NETUID, AMOUNT_RAO);
  const result = await submit(tx, alice);
  const [coldkey, hotkeyOf, tao, alpha, netuid] = eventOf(result, 'SubtensorModule', 'StakeAdded');
  assert.deepEqual([coldkey, hotkeyOf, tao, netuid], [alice.address, hotkey, AMOUNT_RAO, NETUID]);
  const paid = eventOf(result, 'TransactionPayment', 'TransactionFeePaid');
  assert.equal(paid.actual_fee, fee, 'the fee paid is not the fee estimated');
  const after = await stakeOf(api, alice.address, hotkey);
  assert.equal(after - before, alpha, 'the stake grew by what the event says');
  const off = alpha > quote.alpha_amount ? alpha - quote.alpha_amount : quote.alpha_amount - alpha;
  assert.ok(off * 10_000n < alpha, `got ${alpha}, quoted ${quote.alpha_amount}`);
  log('add_stake', { fee, grown: alpha });
}

async function unstake(api, alice, hotkey) {
  const before = await stakeOf(api, alice.address, hotkey);
  const tx = api.tx.SubtensorModule.remove_stake({
    hotkey,
    netuid: NETUID,
    amount_unstaked: before / 2n,
  });
  assertFee(await tx.getEstimatedFees(alice.address));
  const removed = eventOf(await submit(tx, alice), 'SubtensorModule', 'StakeRemoved');
  const after = await stakeOf(api, alice.address, hotkey);
  assert.ok(after < before, `still ${after}`);
  assert.ok(removed[2] > 0n, 'no TAO came out');
  log('remove_stake', { taken: before - after, tao: removed[2] });
}

async function batch(api, alice, bob, hotkey) {
  const transfer = api.tx.Balances.transfer_keep_alive({
    dest: Enum('Id', bob.address),
    value: 1_000_000_000n,
  });
  const calls = [addStake(api, hotkey, AMOUNT_RAO).decodedCall, transfer.decodedCall];
  const tx = api.tx.Utility.batch_all({ calls });
  assertFee(await tx.getEstimatedFees(alice.address));
  const result = await submit(tx, alice);
  assert.equal(eventsOf(result, 'Utility', 'ItemCompleted').length, 2);
  assert.equal(eventsOf(result, 'Utility', 'BatchCompleted').length, 1);
  const sent = eventsOf(result, 'Balances', 'Transfer').map(({ to }) => to);
  assert.ok(sent.includes(bob.address), 'no transfer to Bob');
  log('batch_all', { events: names(result) });
}

async function proxied(api, alice, bob, hotkey) {
  const [held] = await api.query.Proxy.Proxies.getValue(alice.address);
  if (!held.some((one) => one.delegate === bob.address)) {
    const add = api.tx.Proxy.add_proxy({
      delegate: Enum('Id', bob.address),
      proxy_type: Enum('Staking'),
      delay: 0,
    });
    await submit(add, alice);
  }
  const tx = api.tx.Proxy.proxy({
    real: Enum('Id', alice.address),
    force_proxy_type: Enum('Staking'),
    call: addStake(api, hotkey, AMOUNT_RAO).decodedCall,
  });
  assertFee(await tx.getEstimatedFees(bob.address));
  const result = await submit(tx, bob);
  assert.equal(eventOf(result, 'Proxy', 'ProxyExecuted').result.success, true);
  assert.equal(eventOf(result, 'SubtensorModule', 'StakeAdded')[0], alice.address);
  log('proxy', { events: names(result) });
}

async function refuse(api, alice, hotkey) {
  const result = await addStake(api, hotkey, 1_000n).signAndSubmit(alice.signer);
  assert.equal(result.ok, false);
  const { type, value } = result.dispatchError;
  assert.deepEqual(
    [type, value.type, value.value.type],
    ['Module', 'SubtensorModule', 'AmountTooLow'],
  );
  log('refused', { error: `${value.type}.${value.value.type}` });
}

const names = ({ events }) => events.map(({ type, value }) => `${type}.${value.type}`);

const eventsOf = ({ events }, pallet, name) =>
  events
    .filter(({ type, value }) => type === pallet && value.type === name)
    .map((e) => e.value.value);

function eventOf(result, pallet, name) {
  const [value] = eventsOf(result, pallet, name);
  assert.ok(value !== undefined, `no ${pallet}.${name} in ${names(result)}`);
  return value;
}

async function submit(tx, { signer }) {
  const result = await tx.signAndSubmit(signer);
  assert.equal(result.ok, true, JSON.stringify(result.dispatchError));
  return result;
}
