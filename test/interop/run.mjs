/**
 * polkadot.js against a running dev chain: reads a balance, follows heads, estimates a fee, stakes
 * with //Alice, decodes the events and checks that the stake grew. Types come from the chain's own
 * metadata. Usage: node run.mjs ws://127.0.0.1:PORT. Exit 0 or 1.
 */
import assert from 'node:assert/strict';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';

const TIMEOUT_MS = 40_000;
const NETUID = 4;
const AMOUNT_RAO = 2_500_000_000n;

async function main(url) {
  const provider = new WsProvider(url, false);
  await provider.connect();
  const api = await ApiPromise.create({ provider, noInitWarn: true, throwOnConnect: true });
  const alice = new Keyring({ type: 'sr25519', ss58Format: 42 }).addFromUri('//Alice');
  try {
    await readBasics(api, alice);
    const heads = await followHeads(api);
    const hotkey = (await api.query.subtensorModule.keys(NETUID, 1)).toString();
    await stake(api, alice, hotkey);
    await refuse(api, alice, hotkey);
    assert.ok(heads.seen.length >= 2, 'no new head after the first');
    heads.stop();
  } finally {
    await api.disconnect();
  }
}

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
  log('basics', { free, netuids, names });
}

async function followHeads(api) {
  const seen = [];
  const stop = await api.rpc.chain.subscribeNewHeads((header) =>
    seen.push(header.number.toNumber()),
  );
  return { seen, stop };
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
  assert.ok(fee > 1_000_000n && fee < 10_000_000n, `fee ${fee}`);
  const before = await stakeOf(api, alice.address, hotkey);
  const quote = await api.call.swapRuntimeApi.simSwapTaoForAlpha(NETUID, AMOUNT_RAO);
  const result = await submit(tx, alice);
  assert.equal(result.dispatchError, undefined, String(result.dispatchError));
  const names = result.events.map(({ event }) => `${event.section}.${event.method}`);
  const added = result.events.find(({ event }) => event.method === 'StakeAdded').event.data;
  assert.equal(added[0].toString(), alice.address);
  assert.equal(added[1].toString(), hotkey);
  assert.equal(added[2].toBigInt(), AMOUNT_RAO);
  assert.equal(added[4].toNumber(), NETUID);
  const paid = result.events.find(({ event }) => event.method === 'TransactionFeePaid').event.data;
  assert.equal(paid[1].toBigInt(), fee, 'the fee paid is not the fee estimated');
  const after = await stakeOf(api, alice.address, hotkey);
  assert.equal(after - before, added[3].toBigInt(), 'the stake grew by what the event says');
  const quoted = quote.alphaAmount.toBigInt();
  const off = after - before > quoted ? after - before - quoted : quoted - (after - before);
  assert.ok(off * 10_000n < quoted, `got ${after - before}, quoted ${quoted}`);
  assert.ok(names.includes('system.ExtrinsicSuccess'), names.join());
  log('staked', { fee, names, grown: after - before });
}

async function refuse(api, alice, hotkey) {
  const result = await submit(api.tx.subtensorModule.addStake(hotkey, NETUID, 1_000n), alice);
  const error = api.registry.findMetaError(result.dispatchError.asModule);
  assert.equal(`${error.section}.${error.name}`, 'subtensorModule.AmountTooLow');
  log('refused', { error: error.name });
}

function submit(tx, signer) {
  return new Promise((resolve, reject) => {
    tx.signAndSend(signer, (result) => {
      if (result.isFinalized) resolve(result);
      else if (result.isError) reject(new Error(`status ${result.status}`));
    }).catch(reject);
  });
}

function log(what, facts) {
  const text = JSON.stringify(facts, (_, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  process.stdout.write(`${what} ${text}\n`);
}

const timer = setTimeout(() => {
  process.stderr.write(`no result within ${TIMEOUT_MS} ms\n`);
  process.exit(1);
}, TIMEOUT_MS);

main(process.argv[2]).then(
  () => {
    clearTimeout(timer);
    process.stdout.write('polkadot.js: ok\n');
    process.exit(0);
  },
  (error) => {
    process.stderr.write(`${error.stack ?? error}\n`);
    process.exit(1);
  },
);
