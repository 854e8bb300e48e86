import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import type { Context } from '../../cli/context.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { decodeUtf8 } from '../../signing/bytes.ts';

const VALIDATOR = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
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

const stake = (amount: string) => [
  ...['stake', 'add', '--netuid', '8', '--hotkey', VALIDATOR, '--amount', amount],
];

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

async function signed(path: string): Promise<string> {
  const out = fresh('signed');
  const [exit, { error }] = await signAway(path, out, '--yes');
  expect([exit, error]).toEqual([0, undefined]);
  return out;
}

describe('a plan in a file', () => {
  it('is made without a key, a question or a record', async () => {
    const path = fresh('plan');
    const run = await online.run([...stake('2'), ...alice, '--unsigned-out', path], {
      terminal: 'all',
      adapt: (context) => ({
        ...context,
        unlocker: () => {
          throw new Error('a key was opened');
        },
      }),
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/File +\/plan-\d+\.json/);
    expect(run.stderr).toContain('tao tx sign');
    expect((await online.json(['tx', 'list']))[1].data.transactions).toEqual([]);
    expect((await online.files.stat(path))?.mode).toBe(0o600);
  });

  it('names its account, nonce and end, and is never written over', async () => {
    const path = fresh('plan');
    const command = [...stake('2'), ...alice, '--unsigned-out', path];
    const [, { data }] = await online.json([...command, '--era', '64', '--nonce', '7']);
    expect(data).toMatchObject({
      isDryRun: false,
      plan: { command: 'stake.add', amount: { tao: '2' } },
      file: { path, kind: 'unsigned', from: ALICE, nonce: 7, expiresAtBlock: 64, hash: null },
    });
    const [exit, { error }] = await online.json(command);
    expect([exit, error.code]).toEqual([9, 'FILE_EXISTS']);
  });

  it('is not made when the metadata of the node reads the bytes as another call', async () => {
    const remark = { pallet: 'System', name: 'remark', args: { remark: '0x' } };
    const path = fresh('plan');
    const [exit, { error }] = await online.json([...stake('2'), ...alice, '--unsigned-out', path], {
      adapt: (context) => ({
        ...context,
        openChain: async () => {
          const chain = await context.openChain();
          return { ...chain, runtime: { ...chain.runtime, decodeCall: () => remark } };
        },
      }),
    });
    expect([exit, error.code]).toEqual([5, 'CHAIN_METADATA_UNUSABLE']);
    expect(await online.files.stat(path)).toBeUndefined();
  });

  it('holds a number where all was asked for', async () => {
    const path = await plan('wallet', 'transfer', '--to', '//Bob', '--amount', 'all');
    const [, { data }] = await online.json(['tx', 'decode', path]);
    expect(data.call.args.value).toMatch(/^9{6}\d{9}$/);
  });
});

describe('signing where there is no network', () => {
  it('shows the call from the bytes, the end, and that nothing vouches for the metadata', async () => {
    const path = await plan(...stake('2'));
    await carry(path);
    const run = await offline.run(['tx', 'sign', path, '--out', '/shown.json', ...alice], {
      terminal: 'all',
      answers: [
        { kind: 'confirm', question: 'Sign SubtensorModule.add_stake_limit?', answer: false },
      ],
      adapt: cutOff,
    });
    expect(run.exitCode).toBe(3);
    for (const row of [
      /Network +0x[0-9a-f]{64}, which the file calls dev/,
      /Call +SubtensorModule\.add_stake_limit/,
      /amount_staked +2 TAO/,
      /Expires +\d{4}-\d\d-\d\dT[\d:]+Z, or at block 128/,
      /Verified +NO:/,
      /The file says +Stake 2 TAO with/,
      /Warning: The metadata in the file \(0x[0-9a-f]{64}\) could not be verified/,
    ]) {
      expect(run.stderr).toMatch(row);
    }
    expect(await offline.files.stat('/shown.json')).toBeUndefined();
  });

  it('is done once: the same plan gives the same signature', async () => {
    const path = await plan(...stake('2'));
    const [, first] = await signAway(path, '/one.json', '--yes');
    const [, second] = await signAway(path, '/two.json', '--yes');
    expect([first.data.isRepeat, second.data.isRepeat]).toEqual([false, true]);
    expect(second.data.transaction.id).toBe(first.data.transaction.id);
    expect(await offline.files.read('/two.json')).toEqual(await offline.files.read('/one.json'));
    expect(first.warnings.join()).toContain('could not be verified');
    const [, again] = await signAway('/one.json', '/three.json', '--yes');
    expect(again.error).toMatchObject({ code: 'ARTIFACT_INVALID' });
  });

  it('is refused to another wallet, another file name that is taken, and without an answer', async () => {
    const path = await plan(...stake('2'));
    await carry(path);
    const sign = ['tx', 'sign', path];
    const cases: [readonly string[], number, string][] = [
      [[...sign, '--out', '/x.json', '--wallet', '//Bob', '--yes'], 4, 'ARTIFACT_WRONG_ACCOUNT'],
      [[...sign, '--out', path, ...alice, '--yes'], 9, 'FILE_EXISTS'],
      [[...sign, '--out', '/x.json', ...alice], 3, 'CONSENT_REQUIRED'],
      [[...sign, ...alice, '--yes'], 2, 'USAGE_MISSING'],
      [['tx', 'sign', '/none.json', '--out', '/x.json', ...alice], 2, 'FILE_NOT_FOUND'],
      [[...sign, '--out', '/x.json', '--trust-metadata', '0x12', ...alice], 2, 'USAGE_INVALID'],
    ];
    for (const [argv, exitCode, code] of cases) {
      const [exit, { error }] = await offline.json(argv, { adapt: cutOff });
      expect([exit, error.code]).toEqual([exitCode, code]);
    }
    expect(await offline.files.stat('/x.json')).toBeUndefined();
  });
});

describe('sending a signed file', () => {
  it('is journaled, waited for, and done once', async () => {
    const path = await signed(await plan(...stake('3')));
    const [exit, { data }] = await online.json(['tx', 'submit', path]);
    expect(exit).toBe(0);
    expect(data).toMatchObject({
      isRepeat: false,
      spent: { tao: '3' },
      transaction: { command: 'stake.add', state: 'succeeded', from: ALICE },
    });
    const [again, repeat] = await online.json(['tx', 'submit', path]);
    expect([again, repeat.data.isRepeat, repeat.data.transaction.id]).toEqual([
      0,
      true,
      data.transaction.id,
    ]);
    const [, shown] = await online.json(['tx', 'show', data.transaction.id]);
    expect(shown.data.intent).toMatchObject({ call: 'SubtensorModule.add_stake_limit' });
    expect(shown.data.steps.map(({ kind }: { kind: string }) => kind)).toEqual([
      'planned',
      'signed',
      'broadcast',
      'succeeded',
    ]);
  });

  it('finds it on chain when another machine sent it', async () => {
    const path = await signed(await plan(...stake('3')));
    const folder = `${online.path}/other-machine`;
    const [, first] = await online.json(['tx', 'submit', path], {
      adapt: (context) => {
        const { clock } = context;
        return {
          ...context,
          openLedger: (genesisHash) => openLedger({ folder, genesisHash, clock }),
        };
      },
    });
    expect(first.data.transaction.state).toBe('succeeded');
    const [exit, { data }] = await online.json(['tx', 'submit', path]);
    expect([exit, data.isRepeat, data.transaction.state]).toEqual([0, false, 'succeeded']);
    expect(data.transaction.block).toEqual(first.data.transaction.block);
  });

  it('waits for no nonce that is missing, and says so', async () => {
    const path = await signed(await plan(...stake('3'), '--nonce', '4000'));
    const [exit, { error }] = await online.json(['tx', 'submit', path]);
    expect([exit, error.code]).toEqual([7, 'TX_NONCE_GAP']);
  });

  it('of a plan is refused, as is a plan for tx submit', async () => {
    const path = await plan(...stake('3'));
    const [exit, { error }] = await online.json(['tx', 'submit', path]);
    expect([exit, error.code]).toEqual([2, 'ARTIFACT_INVALID']);
    expect(error.hint).toContain('tao tx sign');
  });

  it('settles what a lost connection left open', async () => {
    const path = await signed(await plan(...stake('3')));
    const lost = await online.json(['tx', 'submit', path], {
      adapt: (context) => ({
        ...context,
        openChain: async () => {
          const chain = await context.openChain();
          const subscribe = () =>
            Promise.reject(new TaoError('NETWORK_CLOSED', { message: 'The connection is gone.' }));
          return { ...chain, rpc: { ...chain.rpc, subscribe } };
        },
      }),
    });
    expect([lost[0], lost[1].error.code]).toEqual([5, 'TX_NOT_SENT']);
    const [exit, { data }] = await online.json(['tx', 'submit', path]);
    expect([exit, data.isRepeat, data.transaction.state]).toEqual([0, true, 'succeeded']);
  });

  it('whose era is long was born where such an era can begin', async () => {
    await online.json(['dev', 'advance', '--blocks', '20']);
    const path = await plan(...stake('3'), '--era', '65536');
    const [, decoded] = await online.json(['tx', 'decode', path]);
    expect(decoded.data).toMatchObject({ era: { period: 65_536 }, expiresAtBlock: 65_552 });
    const [exit, { data }] = await online.json(['tx', 'submit', await signed(path)]);
    expect([exit, data.transaction.state]).toEqual([0, 'succeeded']);
  });
});

describe('a signed file of this machine', () => {
  it('that another one has sent is found, not sent again', async () => {
    const out = fresh('signed');
    const [, { data }] = await online.json([...stake('1'), ...alice, '--yes', '--signed-out', out]);
    const folder = `${online.path}/third-machine`;
    await online.json(['tx', 'submit', out], {
      adapt: (context) => {
        const { clock } = context;
        const openOther = (genesisHash: string) => openLedger({ folder, genesisHash, clock });
        return { ...context, openLedger: openOther };
      },
    });
    const [exit, submitted] = await online.json(['tx', 'submit', out]);
    expect([exit, submitted.data.transaction]).toMatchObject([
      0,
      { id: data.transaction.id, state: 'succeeded' },
    ]);
  });

  it('is held back: tx resume sends it only by name', async () => {
    const out = fresh('signed');
    const [, { data }] = await online.json([...stake('1'), ...alice, '--yes', '--signed-out', out]);
    expect(data.transaction.state).toBe('signed');
    const [, all] = await online.json(['tx', 'resume']);
    expect(all.data.transactions).toMatchObject([{ id: data.transaction.id, state: 'signed' }]);
    const [, named] = await online.json(['tx', 'resume', data.transaction.id]);
    expect(named.data.transactions).toMatchObject([{ state: 'succeeded' }]);
  });

  it('with a request id is signed once, and reported', async () => {
    const command = (out: string) => [
      ...[...stake('1'), ...alice, '--yes', '--request-id', 'to-file', '--signed-out', out],
    ];
    const [, { data }] = await online.json(command(fresh('signed')));
    const [exit, again] = await online.json(command(fresh('signed')));
    expect([exit, again.data.isRepeat, again.data.transaction.id]).toEqual([
      0,
      true,
      data.transaction.id,
    ]);
    await online.json(['tx', 'submit', data.file.path]);
    const [, shown] = await online.json(['tx', 'show', data.transaction.id]);
    expect(shown.data.state).toBe('succeeded');
  });
});
