/**
 * The air-gapped flow through the built tool: machine A has the network and watches an address,
 * machine B has its key and may not open a socket. Files are all that goes between them.
 */
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  parseArtifact,
  type SignedTransaction,
  serializeArtifact,
  type UnsignedPlan,
} from '../../src/signing/artifact.ts';
import { createPlan, signedByAlice, stakeCall } from '../helpers/artifacts.ts';
import { createHome, type Home, type RunOptions, serveDevChain, VALIDATOR } from './tool.ts';

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
/** Nobody's on the embedded chain. */
const STRANGER = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
const DENY = fileURLToPath(new URL('../helpers/deny-network.mjs', import.meta.url));

let a: Home;
let b: Home;
let served: { url: string; stop: () => Promise<void> };
/** Of the key: its file is on B only. */
let address: string;
let log: string;

/** Every run on B: whatever would use a network throws, and is written down. */
const denied = (): RunOptions => ({
  env: {
    NODE_OPTIONS: `--import ${DENY}`,
    TAO_TEST_NETWORK_LOG: log,
    TAO_NETWORK: 'finney',
    TAO_WALLET: 'cold',
  },
});
const onB = (...args: readonly string[]) => b.json(args, denied());
const onA = (...args: readonly string[]) => a.json(args, { env: { TAO_WALLET: 'cold' } });
// biome-ignore lint/suspicious/noExplicitAny: documents of many shapes
const done = (document: any) => {
  expect(document.error).toBeUndefined();
  return document.data;
};
const carry = (name: string, from: Home, to: Home) =>
  copyFileSync(join(from.path, name), join(to.path, name));
const fileOn = (home: Home, name: string) => join(home.path, name);

beforeAll(async () => {
  a = createHome();
  b = createHome();
  log = fileOn(b, 'network.log');
  served = await serveDevChain(a);
  const words = ['--mnemonic-out', fileOn(b, 'words.txt')];
  // A key without a password: opening one with takes seconds, and secrets.test.ts does it.
  const create = ['wallet', 'create', 'cold', '--no-hotkey', '--plain', ...words];
  address = done(await onB(...create)).coldkey;
  done(await onB('wallet', 'address-book', 'add', 'bob', BOB));
  done(await onA('wallet', 'import', 'cold', '--address', address));
  done(await onA('dev', 'fund', address, '1000'));
});
afterAll(async () => {
  await served.stop();
  a.remove();
  b.remove();
});

/** Plan on A, carry, sign on B, carry, submit on A. */
async function across(name: string, ...command: readonly string[]) {
  const plan = `${name}.json`;
  const signed = `${name}-signed.json`;
  const planned = done(await onA(...command, '--unsigned-out', fileOn(a, plan)));
  carry(plan, a, b);
  const files = [fileOn(b, plan), '--out', fileOn(b, signed)];
  const shown = done(await onB('tx', 'sign', ...files, '--yes'));
  carry(signed, b, a);
  const submitted = done(await onA('tx', 'submit', fileOn(a, signed)));
  return { planned, shown, submitted };
}

const position = ['--netuid', '8', '--hotkey', VALIDATOR];

describe('from machine to machine', () => {
  it('stake is added: A plans without a key, B signs without a socket, A sends', async () => {
    const add = ['stake', 'add', ...position, '--amount', '12.5'];
    const { planned, shown, submitted } = await across('add', ...add);
    expect(planned.file).toMatchObject({ kind: 'unsigned', from: address, nonce: 0 });
    expect(shown).toMatchObject({
      call: {
        pallet: 'SubtensorModule',
        name: 'add_stake_limit',
        args: { hotkey: VALIDATOR, netuid: 8, amount_staked: '12500000000' },
      },
      metadata: { hash: planned.file.metadata.hash, verifiedBy: null },
      transaction: { state: 'signed', from: address },
    });
    expect(submitted).toMatchObject({
      spent: { tao: '12.5' },
      isRepeat: false,
      transaction: { state: 'succeeded', hash: shown.transaction.hash, from: address },
    });
  });

  it('all of it is taken out again, as one call that needs no number', async () => {
    const { shown, submitted } = await across('out', 'unstake', '--all', ...position);
    expect(shown.call.name).toBe('remove_stake_full_limit');
    expect(submitted.transaction.state).toBe('succeeded');
    expect(BigInt(submitted.received.rao)).toBeGreaterThan(12_400_000_000n);
    expect(done(await onA('stake', 'list', address)).positions).toEqual([]);
  });

  it('TAO is sent, to an address that B has in its book', async () => {
    done(await onA('wallet', 'address-book', 'add', 'bob', BOB));
    const { shown, submitted } = await across(
      'send',
      ...['wallet', 'transfer', '--to', BOB, '--amount', '3'],
    );
    expect(shown.call.args).toEqual({ dest: BOB, value: '3000000000' });
    expect(submitted.transaction.state).toBe('succeeded');
  });

  it('a call inside another is shown as a tree', async () => {
    const grant = ['proxy', 'add', address, '--type', 'Staking', '--wallet', '//Bob', '--yes'];
    done(await a.json(grant));
    const { shown, submitted } = await across(
      'proxied',
      ...['stake', 'add', '--netuid', '0', '--hotkey', VALIDATOR, '--amount', '5', '--as', BOB],
    );
    expect(shown.call).toMatchObject({
      pallet: 'Proxy',
      args: { real: BOB, call: { name: 'add_stake', args: { amount_staked: '5000000000' } } },
    });
    expect(submitted.transaction).toMatchObject({ state: 'succeeded', from: address });
    expect(submitted.transaction.actedFor).toBe(BOB);
  });

  it('a batch of what was planned is signed and sent as one', async () => {
    const calls = [
      ['stake', 'add', ...position, '--amount', '2'],
      ['wallet', 'transfer', '--to', BOB, '--amount', '1'],
    ];
    const files = calls.map((_, index) => fileOn(a, `part-${index}.json`));
    for (const [index, call] of calls.entries()) {
      done(await onA(...call, '--unsigned-out', files[index] as string));
    }
    const { shown, submitted } = await across('batch', 'tx', 'batch', ...files);
    expect(shown.call).toMatchObject({
      pallet: 'Utility',
      name: 'batch_all',
      args: { calls: [{ name: 'add_stake_limit' }, { name: 'transfer_keep_alive' }] },
    });
    expect(submitted.transaction.state).toBe('succeeded');
    expect(submitted.spent.tao).toBe('2');
  });

  it('a batch that pays an account new to B is confirmed by the end of its address', async () => {
    const stake = ['stake', 'add', '--netuid', '0', '--hotkey', VALIDATOR, '--amount', '4'];
    const pay = ['wallet', 'transfer', '--to', STRANGER, '--amount', '2'];
    const parts = [fileOn(a, 'mixed-1.json'), fileOn(a, 'mixed-2.json')];
    done(await onA(...stake, '--unsigned-out', parts[0] ?? ''));
    done(await onA(...pay, '--unsigned-out', parts[1] ?? ''));
    done(await onA('tx', 'batch', ...parts, '--unsigned-out', fileOn(a, 'mixed.json')));
    carry('mixed.json', a, b);
    const sign = ['tx', 'sign', fileOn(b, 'mixed.json'), '--out', fileOn(b, 'mixed-signed.json')];
    const { error } = await onB(...sign, '--yes');
    expect([error.exitCode, error.code]).toEqual([3, 'CONSENT_REQUIRED']);
    const shown = done(await onB(...sign, '--confirm', STRANGER.slice(-8)));
    expect(shown.call).toMatchObject({
      pallet: 'Utility',
      name: 'batch_all',
      args: {
        calls: [
          { name: 'add_stake', args: { amount_staked: '4000000000' } },
          { name: 'transfer_keep_alive', args: { dest: STRANGER, value: '2000000000' } },
        ],
      },
    });
    carry('mixed-signed.json', b, a);
    const submitted = done(await onA('tx', 'submit', fileOn(a, 'mixed-signed.json')));
    expect(submitted).toMatchObject({ spent: { tao: '4' }, transaction: { state: 'succeeded' } });
  });

  it('the same file again gives the record of the first time', async () => {
    const again = done(await onA('tx', 'submit', fileOn(a, 'add-signed.json')));
    expect(again).toMatchObject({ isRepeat: true, transaction: { state: 'succeeded' } });
  });

  it('B has opened no socket and asked no name server', () => {
    expect(existsSync(log) ? readFileSync(log, 'utf8') : '').toBe('');
  });

  it('and would have been caught: a command that needs a network is', async () => {
    const caught = fileOn(b, 'caught.log');
    const { env } = denied();
    const options = { env: { ...env, TAO_TEST_NETWORK_LOG: caught } };
    const run = await b.tao(['subnet', 'list', '--network', 'ws://127.0.0.1:9'], options);
    expect(run.code).not.toBe(0);
    expect(readFileSync(caught, 'utf8')).not.toBe('');
  });
});

/** What a damaged or foreign file may never leave behind. */
const tracesOn = (home: Home) => [
  readdirSync(home.path).filter((name) => name.startsWith('bad-out')),
  readdirSync(fileOn(home, 'data')).filter((name) => !/-(wal|shm)$/.test(name)),
];

describe('a file that is not what it should be', () => {
  let plan: UnsignedPlan;
  let signed: SignedTransaction;
  let planText: string;
  let signedText: string;
  beforeAll(() => {
    planText = readFileSync(fileOn(a, 'add.json'), 'utf8');
    signedText = readFileSync(fileOn(a, 'add-signed.json'), 'utf8');
    plan = parseArtifact(planText) as UnsignedPlan;
    signed = parseArtifact(signedText) as SignedTransaction;
  });

  const flip = (text: string, field: string) =>
    text.replace(
      new RegExp(`("${field}": "0x[0-9a-f]{20})([0-9a-f])`),
      (_, head, digit) => `${head}${digit === '0' ? '1' : '0'}`,
    );
  const cases: [string, (text: string) => string][] = [
    ['cut short', (text) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['of something else', () => '{"name":"a wallet","address":"5G"}'],
    ['a picture', () => '\u0089PNG\r\n\u001a\n\u0000'],
    ['with a bit of its call turned', (text) => flip(text, 'call')],
    ['with a bit of its metadata turned', (text) => flip(text, 'gzip')],
    ['with a bit of its checksum turned', (text) => flip(text, 'checksum')],
    ['of a later version', (text) => text.replace('tao-transaction/1', 'tao-transaction/9')],
  ];

  it.each(cases)('%s is refused everywhere, and leaves nothing', async (_title, damage) => {
    const codes = /^ARTIFACT_(INVALID|VERSION_UNKNOWN)$/;
    writeFileSync(fileOn(b, 'bad.json'), damage(planText));
    writeFileSync(fileOn(a, 'bad.json'), damage(signedText));
    const before = [tracesOn(a), tracesOn(b)];
    const out = ['--out', fileOn(b, 'bad-out.json'), '--yes'];
    const answers = [
      await onB('tx', 'sign', fileOn(b, 'bad.json'), ...out),
      await onB('policy', 'check', fileOn(b, 'bad.json')),
      await onB('tx', 'decode', fileOn(b, 'bad.json')),
      await onA('tx', 'submit', fileOn(a, 'bad.json')),
    ];
    for (const { ok, error } of answers) {
      expect([ok, error.exitCode]).toEqual([false, 2]);
      expect(error.code).toMatch(codes);
      expect(error.hint).toBeTruthy();
    }
    expect([tracesOn(a), tracesOn(b)]).toEqual(before);
  });

  const submit = async (artifact: SignedTransaction) => {
    writeFileSync(fileOn(a, 'other.json'), serializeArtifact(artifact));
    const before = (await onA('tx', 'list')).data.transactions.length;
    const { error } = await onA('tx', 'submit', fileOn(a, 'other.json'));
    expect((await onA('tx', 'list')).data.transactions).toHaveLength(before);
    return [error.exitCode, error.code];
  };
  const sign = async (artifact: UnsignedPlan) => {
    writeFileSync(fileOn(b, 'other.json'), serializeArtifact(artifact));
    const out = ['--out', fileOn(b, 'bad-out.json'), '--yes'];
    const { error } = await onB('tx', 'sign', fileOn(b, 'other.json'), ...out);
    expect(existsSync(fileOn(b, 'bad-out.json'))).toBe(false);
    return [error.exitCode, error.code];
  };

  it('but past its time is neither signed nor sent', async () => {
    const past = { createdAtMs: 1, expiresAtMs: 2 };
    expect(await sign({ ...plan, ...past })).toEqual([7, 'ARTIFACT_EXPIRED']);
    const fresh = { expiresAtMs: Number.MAX_SAFE_INTEGER };
    const late = await signedByAlice(await createPlan({ over: { chain: plan.chain, ...past } }));
    expect(await submit({ ...late, ...past })).toEqual([7, 'ARTIFACT_EXPIRED']);
    done(await onA('dev', 'advance', '--blocks', '300'));
    const old = { ...plan, ...fresh, nonce: 99 };
    const parts = await createPlan({ over: { chain: plan.chain } });
    const dead = await signedByAlice({ ...parts, ...fresh, era: old.era });
    expect(await submit(dead)).toEqual([7, 'ARTIFACT_EXPIRED']);
  });

  it('but for another chain is not sent here', async () => {
    const other = await signedByAlice(await createPlan());
    expect(await submit(other)).toEqual([7, 'ARTIFACT_WRONG_CHAIN']);
  });

  it('but for another runtime is neither signed nor sent', async () => {
    const chain = { ...plan.chain, specVersion: plan.chain.specVersion + 1 };
    expect(await sign({ ...plan, chain })).toEqual([2, 'ARTIFACT_INVALID']);
    const { number, hash } = done(await onA('dev', 'status')).block;
    const era = { kind: 'mortal', period: 64, birthNumber: number, birthHash: hash } as const;
    const over = { chain, era, expiresAtMs: Number.MAX_SAFE_INTEGER };
    expect(await submit(await signedByAlice(await createPlan({ over })))).toEqual([
      7,
      'ARTIFACT_WRONG_RUNTIME',
    ]);
  });

  it('but signed by another key is not sent', async () => {
    const { signature } = await signedByAlice(await createPlan({ call: stakeCall(1n) }));
    const { extrinsic: _bytes, ...rest } = signed;
    const forged = await import('../../src/signing/artifact.ts').then(({ signPlan }) =>
      signPlan({ ...rest, kind: 'unsigned' }, signature),
    );
    expect(await submit(forged)).toEqual([2, 'ARTIFACT_INVALID']);
  });

  it('but for another account is not signed', async () => {
    expect(
      await sign(await createPlan({ over: { expiresAtMs: Number.MAX_SAFE_INTEGER } })),
    ).toEqual([4, 'ARTIFACT_WRONG_ACCOUNT']);
  });
});
