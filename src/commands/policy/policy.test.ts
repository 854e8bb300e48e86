import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import type { Context } from '../../cli/context.ts';
import { policyMark } from '../../pipeline/spending/edit-policy.ts';

const VALIDATOR = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
const OTHER = '5CtyxUn5KEpxEY9Tf6cQc82jBH3rscPGGLZm2mwHf6bAiAxT';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const alice = ['--wallet', '//Alice', '--yes'];

let tool: DevTool;
beforeEach(() => {
  tool = createDevTool();
});
afterEach(() => tool.remove());

const stake = (amount: string, netuid = '8') => [
  ...['stake', 'add', '--netuid', netuid, '--hotkey', VALIDATOR, '--amount', amount, ...alice],
];
const send = (amount: string) => [
  ...['wallet', 'transfer', '--to', '//Bob', '--amount', amount, ...alice],
];
const set = async (...args: readonly string[]) => {
  const [exit, document] = await tool.json(['policy', 'set', ...args]);
  expect([exit, document.error]).toEqual([0, undefined]);
  return document.data;
};
const refusal = async (argv: readonly string[]) => {
  const [exit, { error }] = await tool.json(argv);
  return [exit, error?.code, error?.data.rule];
};
const policyFile = () => tool.files.read(`${tool.path}/config/policy.json`);

describe('without a policy', () => {
  it('nothing is limited, and show says so', async () => {
    expect((await tool.json(['policy', 'show']))[1].data.policy).toBeNull();
    expect((await tool.run(['policy', 'show'])).stdout).toContain('none');
    expect(await refusal(stake('5000', '0'))).toEqual([0, undefined, undefined]);
    expect((await tool.json(['policy', 'remove']))[1].data.wasRemoved).toBe(false);
  });

  it('the first one needs no confirmation; what it would say nothing of is refused', async () => {
    const data = await set('--per-day', '8', '--per-transaction', '5');
    expect(data).toMatchObject({
      loosened: [],
      policy: { perTransaction: { tao: '5' }, windows: [{ period: 'day', limit: { tao: '8' } }] },
    });
    const [exit, { error }] = await tool.json(['policy', 'set']);
    expect([exit, error.code]).toEqual([2, 'USAGE_MISSING']);
  });
});

describe('with a policy', () => {
  it('one transaction and the sum of a window are limited, exit 7, and no key is opened', async () => {
    await set('--per-day', '8', '--per-transaction', '5');
    const noKey = {
      adapt: (context: Context) => ({
        ...context,
        unlocker: () => {
          throw new Error('a key was opened');
        },
      }),
    };
    const [exit, { error }] = await tool.json(stake('6'), noKey);
    expect([exit, error.code, error.data.rule]).toEqual([7, 'POLICY_REFUSED', 'per-transaction']);
    expect(`${error.message} ${error.hint}`).not.toMatch(/policy set|raise|--per/);
    expect((await tool.json(stake('5')))[0]).toBe(0);
    expect(await refusal(send('4'))).toEqual([7, 'POLICY_REFUSED', 'window']);
    expect((await tool.json(send('3')))[0]).toBe(0);
    const [, { data }] = await tool.json(['policy', 'show']);
    expect(data.policy.windows).toEqual([
      { period: 'day', limit: { rao: '8000000000', tao: '8' }, left: { rao: '0', tao: '0' } },
    ]);
  });

  it('unstaking counts at the price of its alpha, and what was signed before the policy too', async () => {
    await tool.json(stake('5'));
    await set('--per-day', '9');
    const all = ['unstake', '--all', '--netuid', '8', '--hotkey', VALIDATOR, ...alice];
    expect(await refusal(all)).toEqual([7, 'POLICY_REFUSED', 'window']);
    const [, { data }] = await tool.json(['policy', 'show']);
    expect(data.policy.windows[0].left.tao).toBe('4');
  });

  it('lists are kept, and an end is an end', async () => {
    await set('--netuid', '0', '--hotkey', VALIDATOR, '--destination', OTHER);
    expect(await refusal(stake('1', '8'))).toEqual([7, 'POLICY_REFUSED', 'netuid']);
    expect(await refusal(stake('1', '0'))).toEqual([0, undefined, undefined]);
    expect(await refusal(send('1'))).toEqual([7, 'POLICY_REFUSED', 'destination']);
    await set('--call', 'SubtensorModule.claim_root');
    expect(await refusal(stake('1', '0'))).toEqual([7, 'POLICY_REFUSED', 'call']);
    await set('--expires', '2026-01-01');
    expect(await refusal(stake('1', '0'))).toEqual([7, 'POLICY_REFUSED', 'expired']);
    const [, { data }] = await tool.json(['policy', 'show']);
    expect(data.policy).toMatchObject({ expiresAt: '2026-01-01T00:00:00Z', isExpired: true });
  });

  it('proxies and batches are looked into', async () => {
    const add = ['proxy', 'add', '//Alice', '--type', 'Staking', '--wallet', '//Bob', '--yes'];
    expect((await tool.json(add))[0]).toBe(0);
    await set('--per-transaction', '2');
    const asBob = [...stake('3'), '--as', '//Bob'];
    expect(await refusal(asBob)).toEqual([7, 'POLICY_REFUSED', 'per-transaction']);
    const rights = ['proxy', 'add', '//Charlie', '--type', 'Staking', ...alice];
    expect(await refusal(rights)).toEqual([7, 'POLICY_REFUSED', 'call']);
  });

  it('a dry run tells what it would say, and a plan file is made all the same', async () => {
    await set('--per-transaction', '1');
    const run = await tool.run([...stake('2'), '--dry-run']);
    expect([run.exitCode, run.stderr]).toEqual([
      0,
      expect.stringContaining('The spending policy would stop it.'),
    ]);
    const [exit] = await tool.json([...stake('2'), '--unsigned-out', '/plan.json']);
    expect(exit).toBe(0);
    expect(await refusal([...stake('2'), '--signed-out', '/signed.json'])).toEqual([
      7,
      'POLICY_REFUSED',
      'per-transaction',
    ]);
    const sign = ['tx', 'sign', '/plan.json', '--out', '/signed.json', ...alice];
    expect(await refusal(sign)).toEqual([7, 'POLICY_REFUSED', 'per-transaction']);
    expect(await tool.files.stat('/signed.json')).toBeUndefined();
  });

  it('what is held back in a file is spent, whatever becomes of it', async () => {
    await set('--per-hour', '3');
    expect((await tool.json([...stake('2'), '--signed-out', '/held.json']))[0]).toBe(0);
    expect(await refusal(stake('2'))).toEqual([7, 'POLICY_REFUSED', 'window']);
    expect((await tool.json(['tx', 'submit', '/held.json']))[0]).toBe(0);
    expect((await tool.json(stake('1')))[0]).toBe(0);
  });
});

describe('tao policy check', () => {
  it('says what signing would say, of plans and of signed files, without network', async () => {
    await tool.json([...stake('2'), '--unsigned-out', '/plan.json']);
    const check = (file: string) =>
      tool.json(['policy', 'check', file], {
        adapt: (context) => ({
          ...context,
          openChain: () => Promise.reject(new Error('the network was asked')),
        }),
      });
    expect(await check('/plan.json')).toMatchObject([
      0,
      { data: { isAllowed: true, hasPolicy: false, rule: null, moves: { tao: '2' } } },
    ]);
    await set('--per-hour', '3');
    expect(await check('/plan.json')).toMatchObject([0, { data: { isAllowed: true } }]);
    await tool.json([...stake('2'), '--signed-out', '/signed.json']);
    // Its own record is not held against it; another of the same amount is too much.
    expect(await check('/signed.json')).toMatchObject([0, { data: { isAllowed: true } }]);
    expect(await check('/plan.json')).toMatchObject([
      7,
      { ok: true, data: { isAllowed: false, rule: 'window', hasPolicy: true } },
    ]);
  });

  it('refuses alpha, which has no price without network, and metadata nobody vouches for', async () => {
    await tool.json(stake('5'));
    const half = ['unstake', '--amount', '2', '--netuid', '8', '--hotkey', VALIDATOR, ...alice];
    await tool.json([...half, '--unsigned-out', '/alpha.json']);
    await set('--netuid', '8');
    expect((await tool.json(['policy', 'check', '/alpha.json']))[0]).toBe(0);
    await set('--per-day', '1000');
    const [exit, { data }] = await tool.json(['policy', 'check', '/alpha.json']);
    expect([exit, data.rule, data.moves]).toEqual([7, 'value-unknown', null]);

    const [, decoded] = await tool.json(['tx', 'decode', '/alpha.json']);
    expect(decoded.data.metadata.verifiedBy).toBe('cache');
    // As on a machine that never was on a network.
    const cache = `${tool.path}/cache`;
    for (const name of await tool.files.list(cache)) await tool.files.remove(`${cache}/${name}`);
    const check = ['policy', 'check', '/alpha.json'];
    expect((await tool.json(check))[1].data.rule).toBe('metadata');
    const trust = ['--trust-metadata', decoded.data.metadata.hash];
    expect((await tool.json([...check, ...trust]))[1].data.rule).toBe('value-unknown');
  });
});

describe('allowing more', () => {
  it('takes the start of the new checksum, not a yes', async () => {
    await set('--per-day', '5');
    const more = ['policy', 'set', '--per-day', '50'];
    const before = await policyFile();
    const [exit, { error }] = await tool.json([...more, '--yes']);
    expect([exit, error.code]).toEqual([3, 'CONSENT_REQUIRED']);
    const [, , mark = ''] = /(--confirm) (\S+)/.exec(error.data.flag) ?? [];
    expect(mark).toMatch(/^[0-9a-f]{8}$/);
    expect((await tool.json([...more, '--confirm', '00000000']))[0]).toBe(3);
    expect(await policyFile()).toEqual(before);
    const [done, { data }] = await tool.json([...more, '--confirm', mark]);
    expect([done, data.loosened]).toEqual([0, [expect.stringContaining('A day may move 50')]]);
  });

  it('is asked for on a terminal with what would change', async () => {
    await set('--per-day', '5', '--netuid', '8');
    const mark = policyMark({ windows: [] });
    const question = `Allow more than before? Type the start of the new policy's checksum to confirm (${mark})`;
    const run = await tool.run(['policy', 'set', '--per-day', 'any', '--netuid', 'any'], {
      terminal: 'all',
      answers: [{ kind: 'text', question, answer: 'no' }],
    });
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('A day may move any amount, instead of at most 5 TAO.');
    expect(run.stderr).toContain('Subnets: any, instead of a list of 1.');
  });

  it('is removing it, and replacing one that cannot be read', async () => {
    await set('--per-day', '5');
    const remove = ['policy', 'remove'];
    const [exit, { error }] = await tool.json([...remove, '--yes']);
    expect([exit, error.code]).toEqual([3, 'CONSENT_REQUIRED']);
    const mark = error.data.flag.replace('--confirm ', '');
    tool.files.put(`${tool.path}/config/policy.json`, '{}');
    for (const argv of [stake('1'), ['policy', 'show'], [...stake('1'), '--dry-run']]) {
      expect((await refusal(argv)).slice(0, 2)).toEqual([9, 'POLICY_DAMAGED']);
    }
    expect((await tool.json(['policy', 'set', '--per-day', '1']))[0]).toBe(3);
    expect((await tool.json([...remove, '--confirm', mark]))[0]).toBe(3);
    expect((await tool.json([...remove, '--confirm', 'damaged']))[1].data.wasRemoved).toBe(true);
    expect(await policyFile()).toBeUndefined();
  });
});

describe('what tao policy set reads', () => {
  it.each<[readonly string[], string]>([
    [['--call', 'Sudo.sudo'], 'USAGE_INVALID'],
    [['--expires', 'tomorrow'], 'USAGE_INVALID'],
    [['--netuid', '70000'], 'NETUID_INVALID'],
    [['--per-day', '-1'], 'AMOUNT_INVALID'],
    [['--per-day', '0.0000000001'], 'AMOUNT_TOO_PRECISE'],
    [['--hotkey', 'nobody'], 'ADDRESS_UNKNOWN'],
    [['--netuid', 'any', '--netuid', '1'], 'USAGE_CONFLICT'],
  ])('refuses %s', async (args, code) => {
    const [exit, { error }] = await tool.json(['policy', 'set', ...args]);
    expect([exit, error.code]).toEqual([2, code]);
    expect(await policyFile()).toBeUndefined();
  });

  it('takes names for addresses, and none for an empty list', async () => {
    const data = await set('--destination', '//Bob', '--hotkey', 'none', '--expires', 'never');
    expect(data.policy).toMatchObject({ destinations: [BOB], hotkeys: [], expiresAt: null });
  });
});
