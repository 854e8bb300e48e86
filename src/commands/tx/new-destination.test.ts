import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import type { Context } from '../../cli/context.ts';
import { encodeCall } from '../../devnode/testing/dev-client.ts';
import { decodeUtf8 } from '../../signing/bytes.ts';

/** Nobody's on the embedded chain; //Bob's is the last. */
const STRANGER = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
const TEAM = '5DjYJStmdZ2rcqXbXGX7TW85JsrW6uG4y9MUcLq2BoPMpRA7';
const OTHER = '5C4hrfjw9DjXZTzV3MwzrrAr9P1MJhSrvWGWqi1eSuyUpnhM';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const alice = ['--wallet', '//Alice'];

/** With network, and without: every look at a chain fails. */
let online: DevTool;
let offline: DevTool;
beforeAll(() => {
  online = createDevTool();
  offline = createDevTool();
});
afterAll(() => {
  online.remove();
  offline.remove();
});

const cutOff = (context: Context): Context => {
  const noNetwork = () => Promise.reject(new Error('the network was asked'));
  return { ...context, openChain: noNetwork, openDevChain: noNetwork };
};

let count = 0;
/** A new file name for each step. */
const fresh = (kind: string): string => {
  count += 1;
  return `/${kind}-${count}.json`;
};

async function plan(...args: readonly string[]): Promise<string> {
  const path = fresh('plan');
  const [exit, { error }] = await online.json([...args, ...alice, '--unsigned-out', path]);
  expect([exit, error]).toEqual([0, undefined]);
  return path;
}

async function carry(path: string): Promise<void> {
  for (const [from, to] of [
    [online, offline],
    [offline, online],
  ] as const) {
    const content = await from.files.read(path);
    if (content !== undefined) to.files.put(path, decodeUtf8(content) ?? '');
  }
}

const signAway = async (path: string, out: string, ...args: readonly string[]) => {
  await carry(path);
  const sign = ['tx', 'sign', path, '--out', out, ...alice, ...args];
  const outcome = await offline.json(sign, { adapt: cutOff });
  await carry(out);
  return outcome;
};

describe('signing where there is no network', () => {
  it('of a payment to a stranger needs the end of the address, not only a yes', async () => {
    const path = await plan('wallet', 'transfer', '--to', STRANGER, '--amount', '1');
    const [exit, { error }] = await signAway(path, '/stranger.json', '--yes');
    expect([exit, error.code, error.data.flag]).toEqual([
      3,
      'CONSENT_REQUIRED',
      `--confirm ${STRANGER.slice(-8)}`,
    ]);
    const [done, { data }] = await signAway(
      path,
      '/stranger.json',
      '--confirm',
      STRANGER.slice(-8),
    );
    expect([done, data.call.args.dest]).toEqual([0, STRANGER]);
  });

  it('writes nothing when that is not typed back, and asks no more where the account is known', async () => {
    const path = await plan('wallet', 'transfer', '--to', STRANGER, '--amount', '2');
    await carry(path);
    const end = STRANGER.slice(-8);
    const question = `Type the end of the address to confirm (${end})`;
    const declined = await offline.run(['tx', 'sign', path, '--out', '/declined.json', ...alice], {
      terminal: 'all',
      answers: [{ kind: 'text', question, answer: 'yes' }],
      adapt: cutOff,
    });
    expect([declined.exitCode, declined.stdout]).toEqual([3, '']);
    expect(await offline.files.stat('/declined.json')).toBeUndefined();

    await offline.json(['wallet', 'address-book', 'add', 'friend', STRANGER]);
    const [wrong, { error }] = await signAway(path, '/known.json', '--yes', '--confirm', 'x');
    expect([wrong, error.data.flag]).toEqual([3, `--confirm ${end}`]);
    const [known] = await signAway(path, '/known.json', '--yes');
    await offline.json(['wallet', 'address-book', 'remove', 'friend']);
    expect(known).toBe(0);
  });

  it('of a batch that pays several strangers needs the start of the hash of its call', async () => {
    const pay = (to: string) => plan('wallet', 'transfer', '--to', to, '--amount', '1');
    const path = await plan('tx', 'batch', await pay(STRANGER), await pay(TEAM));
    const [exit, { error, warnings }] = await signAway(path, '/several.json', '--yes');
    expect([exit, error.code]).toEqual([3, 'CONSENT_REQUIRED']);
    expect(warnings.slice(-2)).toEqual([
      `New here: ${STRANGER} would receive funds or rights.`,
      `New here: ${TEAM} would receive funds or rights.`,
    ]);
    const flag = error.data.flag.split(' ');
    expect(flag).toEqual(['--confirm', expect.stringMatching(/^0x[0-9a-f]{8}$/)]);
    const [ended] = await signAway(path, '/several.json', '--confirm', STRANGER.slice(-8));
    expect(ended).toBe(3);
    const [done] = await signAway(path, '/several.json', ...flag);
    expect(done).toBe(0);
  });

  it('of a right over the account needs the end of the address, known or not', async () => {
    const path = await plan('proxy', 'add', '//Bob', '--type', 'Any');
    const [exit, { error }] = await signAway(path, '/right.json', '--yes');
    expect([exit, error.data.flag]).toEqual([3, `--confirm ${BOB.slice(-8)}`]);
  });
});

describe('a batch of given calls', () => {
  it('that pays a stranger needs the end of the address too', async () => {
    const send = ['wallet', 'transfer', '--to', STRANGER, '--amount', '1'];
    const batch = ['tx', 'batch', await plan(...send), '0x00000461', ...alice];
    const [exit, { error }] = await online.json([...batch, '--yes']);
    expect([exit, error.code]).toEqual([3, 'CONSENT_REQUIRED']);
    const [done] = await online.json([...batch, '--confirm', STRANGER.slice(-8)]);
    expect(done).toBe(0);
  });
});

describe('a batch that pays many strangers', () => {
  it('names the first of them, and how many more there are', async () => {
    const calls = Array.from({ length: 25 }, (_, index) => {
      const value = `0x${(index + 1).toString(16).padStart(64, '0')}`;
      const dest = { type: 'Id', value };
      const call = encodeCall('Balances', 'transfer_keep_alive', { dest, value: 1_000_000n });
      return `0x${Buffer.from(call).toString('hex')}`;
    });
    const [exit, { error, warnings }] = await online.json(['tx', 'batch', ...calls, ...alice]);
    expect([exit, error.code, warnings.length]).toEqual([3, 'CONSENT_REQUIRED', 21]);
    expect(warnings.at(-1)).toBe('And 5 more like these.');
    expect(error.data.flag).toMatch(/^--confirm 0x[0-9a-f]{8}$/);
  });
});

describe('a signed file of somebody else', () => {
  it('makes nobody known here whom they paid', async () => {
    const theirs = createDevTool();
    theirs.files.put('/uri', '//Mallory');
    await theirs.json(['wallet', 'import', 'mallory', '--uri-file', '/uri', '--plain']);
    const [, { data }] = await theirs.json(['wallet', 'show', 'mallory']);
    const address = data.coldkey.address;
    await online.json(['dev', 'fund', address, '10']);
    const pay = ['wallet', 'transfer', '--to', OTHER, '--amount', '1'];
    await online.json(['wallet', 'import', 'watched', '--address', address]);
    const path = fresh('plan');
    await online.json([...pay, '--wallet', 'watched', '--unsigned-out', path]);
    await online.files.remove(`${online.path}/wallets/watched/coldkeypub.txt`);
    theirs.files.put(path, decodeUtf8((await online.files.read(path)) ?? new Uint8Array()) ?? '');
    const out = fresh('signed');
    const sign = ['tx', 'sign', path, '--out', out, '--wallet', 'mallory'];
    await theirs.json([...sign, '--confirm', OTHER.slice(-8)]);
    online.files.put(out, decodeUtf8((await theirs.files.read(out)) ?? new Uint8Array()) ?? '');
    theirs.remove();

    const [sent, submitted] = await online.json(['tx', 'submit', out]);
    expect([sent, submitted.data.transaction]).toMatchObject([
      0,
      { from: address, command: 'wallet.transfer', state: 'succeeded' },
    ]);
    const [exit, { error }] = await online.json([...pay, ...alice, '--yes']);
    expect([exit, error.data.flag]).toEqual([3, `--confirm ${OTHER.slice(-8)}`]);
    expect((await online.json([...pay, ...alice, '--confirm', OTHER.slice(-8)]))[0]).toBe(0);
    expect((await online.json([...pay, ...alice, '--yes']))[0]).toBe(0);
  });
});
