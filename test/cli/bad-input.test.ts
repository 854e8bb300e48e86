import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { BIN, createHome, type Home, VALIDATOR } from './tool.ts';

let home: Home;
beforeAll(async () => {
  home = createHome();
  await home.json(['dev', 'status']);
});
afterAll(() => home.remove());

const stake = (...changes: string[]) => [
  'stake',
  'add',
  '--wallet',
  '//Alice',
  '--yes',
  ...changes,
];
const target = ['--netuid', '8', '--hotkey', VALIDATOR];
const OTHER = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

describe('bad input to stake add', () => {
  it.each([
    [
      'a netuid that does not exist',
      ['--netuid', '77', '--hotkey', VALIDATOR, '--amount', '1'],
      'SUBNET_UNKNOWN',
      2,
    ],
    [
      'a netuid that is no number',
      ['--netuid', 'x', '--hotkey', VALIDATOR, '--amount', '1'],
      'NETUID_INVALID',
      2,
    ],
    [
      'an unknown hotkey',
      ['--netuid', '8', '--hotkey', OTHER, '--amount', '1'],
      'HOTKEY_UNKNOWN',
      2,
    ],
    [
      'a broken address',
      ['--netuid', '8', '--hotkey', `${VALIDATOR.slice(0, -1)}8`, '--amount', '1'],
      'ADDRESS_INVALID',
      2,
    ],
    ['ten decimals', [...target, '--amount', '1.0000000001'], 'AMOUNT_TOO_PRECISE', 2],
    ['an exponent', [...target, '--amount', '1e3'], 'AMOUNT_INVALID', 2],
    ['a negative amount', [...target, '--amount=-1'], 'AMOUNT_INVALID', 2],
    ['more than the balance', [...target, '--amount', '1000001'], 'BALANCE_TOO_LOW', 2],
    ['less than the minimum', [...target, '--amount', '0.001'], 'AMOUNT_BELOW_MINIMUM', 2],
    [
      'a limit already past the market',
      [...target, '--amount', '1', '--limit-price', '0.000001'],
      'PRICE_LIMIT_PASSED',
      7,
    ],
    [
      'a trade too large for its tolerance',
      [...target, '--amount', '50000'],
      'PRICE_LIMIT_TOO_TIGHT',
      7,
    ],
    ['no amount', target, 'USAGE_MISSING', 2],
    [
      'a wallet that is not there',
      [...target, '--amount', '1', '--wallet', 'nobody'],
      'WALLET_NOT_FOUND',
      4,
    ],
  ])('%s: a clear error, nothing submitted', async (_, args, code, exitCode) => {
    const base = args.includes('--wallet') ? ['stake', 'add', '--yes', ...args] : stake(...args);
    const run = await home.tao([...base, '--json']);
    const document = JSON.parse(run.stdout);
    expect([document.ok, document.error.code, run.code]).toEqual([false, code, exitCode]);
    expect(document.error.hint).toMatch(/\S/);
    const { block } = (await home.json(['dev', 'status'])).data;
    expect(block.number).toBe(0);
    expect((await home.json(['tx', 'list'])).data.transactions).toEqual([]);
  });

  it('without --yes asks nobody where nobody is, and names the flag', async () => {
    const run = await home.tao(
      ['stake', 'add', '--wallet', '//Alice', ...target, '--amount', '1'],
      {
        input: 'y\ny\n',
      },
    );
    expect(run.code).toBe(3);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain('Add --yes to confirm');
    expect((await home.json(['tx', 'list'])).data.transactions).toEqual([]);
  });

  it('a development key is refused where TAO has value', async () => {
    const run = await home.tao(stake(...target, '--amount', '1', '--network', 'finney'));
    expect(run.code).toBe(4);
    expect(run.stderr).toContain('WALLET_NO_KEY');
  });
});

describe('bad key files', () => {
  const password = { TAO_PASSWORD: 'correct horse battery' };

  it('a wrong password, a truncated file and a foreign format each say what they are', async () => {
    const created = await home.tao(
      ['wallet', 'create', 'one', '--mnemonic-out', join(home.path, 'words.txt'), '--json'],
      { env: password },
    );
    expect(created.code).toBe(0);
    await home.json(['dev', 'fund', 'one', '10']);
    const coldkey = join(home.path, 'wallets', 'one', 'coldkey');
    const whole = readFileSync(coldkey);
    const tryStake = async (env: Record<string, string> = password) => {
      const run = await home.tao(
        ['stake', 'add', '--wallet', 'one', '--yes', ...target, '--amount', '1', '--json'],
        { env },
      );
      return [run.code, JSON.parse(run.stdout).error.code];
    };
    expect(await tryStake({ TAO_PASSWORD: 'wrong' })).toEqual([4, 'KEY_PASSWORD_WRONG']);
    expect(await tryStake({})).toEqual([4, 'KEY_PASSWORD_MISSING']);
    writeFileSync(coldkey, whole.subarray(0, 40));
    expect(await tryStake()).toEqual([4, 'KEYFILE_DAMAGED']);
    writeFileSync(
      coldkey,
      JSON.stringify({ encoded: 'AAAA', encoding: { content: ['pkcs8'], type: [], version: '3' } }),
    );
    const [code, name] = await tryStake();
    expect(code).toBe(4);
    expect(name).toMatch(/^KEYFILE_/);
    expect((await home.json(['tx', 'list'])).data.transactions).toEqual([]);
    expect(readdirSync(join(home.path, 'wallets', 'one')).sort()).toEqual([
      'coldkey',
      'coldkeypub.txt',
      'hotkeys',
    ]);
  });
});

describe('a key file that others may open', () => {
  it('is used with a warning that names the fix', async () => {
    const words = join(home.path, 'open-words.txt');
    const create = ['wallet', 'create', 'open', '--plain', '--no-hotkey', '--mnemonic-out', words];
    expect((await home.tao(create)).code).toBe(0);
    await home.json(['dev', 'fund', 'open', '10']);
    const coldkey = join(home.path, 'wallets', 'open', 'coldkey');
    const add = ['stake', 'add', '--wallet', 'open', '--yes', ...target, '--amount', '1'];
    const quiet = await home.tao(add);
    expect([quiet.code, quiet.stderr.includes('Warning')]).toEqual([0, false]);
    chmodSync(coldkey, 0o644);
    const warned = await home.tao(add);
    expect(warned.code).toBe(0);
    expect(warned.stderr).toContain(`others may open the key file ${coldkey} (mode 644)`);
  });
});

describe('a node that misbehaves', () => {
  const servers: (Server | WebSocketServer)[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  /** A WebSocket node that answers each text with `answer`. */
  const wsNode = (
    answer: (text: string, socket: import('ws').WebSocket) => void,
  ): Promise<string> =>
    new Promise((resolve) => {
      const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => {
        resolve(`ws://127.0.0.1:${(server.address() as { port: number }).port}`);
      });
      servers.push(server);
      server.on('connection', (socket) =>
        socket.on('message', (data) => answer(String(data), socket)),
      );
    });

  const attempt = async (url: string) => {
    const run = await home.tao([...stake(...target, '--amount', '1'), '--network', url, '--json']);
    return [run.code, JSON.parse(run.stdout).error.code];
  };

  it('that sends garbage is a bad reply', async () => {
    const url = await wsNode((_, socket) => socket.send('\u0000garbage'));
    expect(await attempt(url)).toEqual([5, 'NETWORK_BAD_REPLY']);
  });

  it('that closes mid-reply is a lost connection', async () => {
    const url = await wsNode((_, socket) => socket.terminate());
    expect(await attempt(url)).toEqual([5, 'NETWORK_CLOSED']);
  });

  it('that is not there is unreachable', async () => {
    expect(await attempt('ws://127.0.0.1:1')).toEqual([5, 'NETWORK_UNREACHABLE']);
  });

  it('that is no WebSocket server is unreachable', async () => {
    const server = createServer((socket: Socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nhello'));
    servers.push(server);
    const url = await new Promise<string>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        resolve(`ws://127.0.0.1:${(server.address() as { port: number }).port}`);
      });
    });
    expect(await attempt(url)).toEqual([5, 'NETWORK_UNREACHABLE']);
  });
});

describe('the bin itself', () => {
  it.each([
    [['stakes'], 'USAGE_UNKNOWN_COMMAND'],
    [['stake', 'ad'], 'USAGE_UNKNOWN_COMMAND'],
    [['stake', 'list', '--nonsense'], 'USAGE_UNKNOWN_OPTION'],
    [['tx', 'show'], 'USAGE_MISSING'],
  ])('refuses %j with exit 2 and says what to type', async (args, code) => {
    const run = await home.tao(args);
    expect(run.code).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain(`[${code}]`);
  });

  it('refuses a Node that is too old before it loads anything', () => {
    const shim = readFileSync(BIN, 'utf8').replace('process.versions.node', "'18.0.0'");
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', shim], {
      encoding: 'utf8',
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('NODE_TOO_OLD');
  });
});
