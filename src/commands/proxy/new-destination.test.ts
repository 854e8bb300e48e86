import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import { createSteps, type Steps, send } from '../../../test/helpers/handed-over.ts';
import { encodeCall } from '../../devnode/testing/dev-client.ts';

/** Nobody's on the embedded chain. */
const STRANGER = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
const OTHER = '5DjYJStmdZ2rcqXbXGX7TW85JsrW6uG4y9MUcLq2BoPMpRA7';
const END = STRANGER.slice(-8);
const REMARK = '0x00000461';

let tool: DevTool;
let { done, refused, plan, freeOf } = {} as Steps;
beforeAll(async () => {
  tool = createDevTool();
  ({ done, refused, plan, freeOf } = createSteps(tool));
  const add = ['proxy', 'add', '//Charlie', '--type', 'Any', '--delay', '1'];
  await done(...add, '--wallet', '//Alice', '--confirm', '1hXcS59Y');
});
afterAll(() => tool.remove());

const announce = (call: string, ...more: string[]) => [
  ...['proxy', 'announce', '//Alice', '--call', call, '--wallet', '//Charlie', ...more],
];
const execute = (call: string, ...more: string[]) => [
  ...['proxy', 'execute', '//Alice', '--call', call, '--wallet', '//Charlie', ...more],
];
/** As if somebody else, on a machine where the receiver is known, had announced it. */
async function announced(call: string): Promise<void> {
  await done('wallet', 'address-book', 'add', 'friend', STRANGER);
  await done('wallet', 'address-book', 'add', 'other', OTHER);
  const [exit, { error }] = await tool.json(announce(call, '--yes'));
  const flag = error?.data.flag?.split(' ') ?? [];
  if (exit !== 0) await done(...announce(call, ...flag));
  await done('wallet', 'address-book', 'remove', 'friend');
  await done('wallet', 'address-book', 'remove', 'other');
  await done('dev', 'advance', '--blocks', '1');
}

describe('an announced call that pays somebody who is new here', () => {
  it('is announced only with the end of the address: from then on anybody may execute it', async () => {
    const call = await plan(...send(STRANGER));
    const wanted = [3, 'CONSENT_REQUIRED', `--confirm ${END}`];
    expect(await refused(...announce(call))).toEqual(wanted);
    expect(await refused(...announce(call, '--yes'))).toEqual(wanted);
    expect((await done('proxy', 'pending', '//Alice')).announcements).toEqual([]);
    const dry = await tool.json(announce(call, '--dry-run'));
    expect([dry[0], dry[1].warnings]).toEqual([
      0,
      [`New here: ${STRANGER} would receive funds or rights.`],
    ]);
    await done(...announce(call, '--confirm', END));
    await done('proxy', 'withdraw', '//Alice', '--call', call, '--wallet', '//Charlie', '--yes');
  });

  it('is executed only with it too, whoever announced it', async () => {
    const call = await plan(...send(STRANGER));
    await announced(call);
    const wanted = [3, 'CONSENT_REQUIRED', `--confirm ${END}`];
    expect(await refused(...execute(call))).toEqual(wanted);
    expect(await refused(...execute(call, '--yes'))).toEqual(wanted);
    expect(await refused(...execute(call, '--yes', '--confirm', OTHER.slice(-8)))).toEqual(wanted);

    const piped = await tool.run(execute(call, '--yes'), { stdin: `${END}\n` });
    expect([piped.exitCode, piped.stdout]).toEqual([3, '']);
    expect(piped.stderr).toContain(`New here: ${STRANGER} would receive funds or rights.`);
    expect(piped.stderr).toContain(`Add --confirm ${END} to confirm`);

    const question = `Type the end of the address to confirm (${END})`;
    const asking = { terminal: 'all', answers: [{ kind: 'text', question, answer: 'y' }] } as const;
    const declined = await tool.run(execute(call), asking);
    expect([declined.exitCode, declined.stdout]).toEqual([3, '']);
    expect(await freeOf(STRANGER)).toBe('0');

    const typed = { terminal: 'all', answers: [{ kind: 'text', question, answer: END }] } as const;
    const run = await tool.run(execute(call), typed);
    expect([run.exitCode, run.stdout.split('\n')[0]]).toEqual([
      0,
      '✓ Executed        Balances.transfer_keep_alive',
    ]);
    expect(await freeOf(STRANGER)).toBe('1');
  });

  it('is found in a proxy call in a batch', async () => {
    await done(
      ...['proxy', 'add', '//Alice', '--type', 'Any', '--wallet', '//Bob'],
      ...['--confirm', 'oHGKutQY'],
    );
    const call = await plan('tx', 'batch', REMARK, await plan(...send(STRANGER), '--as', '//Bob'));
    await announced(call);
    expect(await refused(...execute(call, '--yes'))).toEqual([
      3,
      'CONSENT_REQUIRED',
      `--confirm ${END}`,
    ]);
    await done(...execute(call, '--confirm', END));
    expect(await freeOf(STRANGER)).toBe('2');
  });

  it('among several is confirmed by the hash of the call, and each is named', async () => {
    const call = await plan(
      ...['tx', 'batch', await plan(...send(STRANGER)), await plan(...send(OTHER))],
    );
    await announced(call);
    const [exit, { error, warnings }] = await tool.json(execute(call, '--yes'));
    expect([exit, error.code, warnings]).toEqual([
      3,
      'CONSENT_REQUIRED',
      [STRANGER, OTHER].map((one) => `New here: ${one} would receive funds or rights.`),
    ]);
    const [open] = (await done('proxy', 'pending', '//Alice')).announcements;
    expect(error.data.flag).toBe(`--confirm ${open.callHash.slice(0, 10)}`);
    expect(await refused(...execute(call, '--confirm', END))).toEqual([
      3,
      error.code,
      error.data.flag,
    ]);
    await done(...execute(call, '--confirm', open.callHash.slice(0, 10)));
    expect(await freeOf(OTHER)).toBe('1');
  });

  it('is found where control or stake is given instead of TAO', async () => {
    const hotkey = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
    await done(
      ...['stake', 'add', '--netuid', '8', '--hotkey', hotkey, '--amount', '5'],
      ...['--wallet', '//Alice', '--yes'],
    );
    const give = ['stake', 'transfer', '--netuid', '8', '--hotkey', hotkey, '--amount', '1'];
    for (const call of [
      await plan(...give, '--to', STRANGER),
      await plan('proxy', 'add', STRANGER, '--type', 'Staking'),
    ]) {
      expect(await refused(...announce(call, '--yes'))).toEqual([
        3,
        'CONSENT_REQUIRED',
        `--confirm ${END}`,
      ]);
    }
  });
});

describe('an announced call whose receiver is known', () => {
  it('needs a yes only, and a --confirm that is given has to be right', async () => {
    const call = await plan(...send(STRANGER));
    await done('wallet', 'address-book', 'add', 'friend', STRANGER);
    for (const more of [['--yes'], ['--confirm', END]]) {
      expect(await refused(...announce(call, '--yes', '--confirm', 'x'))).toEqual([
        3,
        'CONSENT_REQUIRED',
        `--confirm ${END}`,
      ]);
      await done(...announce(call, ...more));
      await done('dev', 'advance', '--blocks', '1');
      await done(...execute(call, ...more));
    }
    await done('wallet', 'address-book', 'remove', 'friend');
    expect(await freeOf(STRANGER)).toBe('5');
  });

  it('is asked for all the same where it would get rights over the account', async () => {
    const call = await plan('proxy', 'add', '//Dave', '--type', 'Any');
    const [exit, { error, warnings }] = await tool.json(announce(call, '--yes'));
    expect([exit, error.data.flag]).toEqual([3, '--confirm um3PTXFy']);
    expect(warnings).toEqual([expect.stringMatching(/^Rights: 5DAAnrj7\w+ could act for the/)]);
  });
});

describe('an announced call that cannot be judged', () => {
  it('is confirmed by its hash', async () => {
    const swap = encodeCall('SubtensorModule', 'announce_coldkey_swap', {
      new_coldkey_hash: `0x${'11'.repeat(32)}`,
    });
    const call = `0x${Buffer.from(swap).toString('hex')}`;
    const [exit, { error, warnings }] = await tool.json(announce(call, '--yes'));
    expect([exit, error.code]).toEqual([3, 'CONSENT_REQUIRED']);
    expect(error.data.flag).toMatch(/^--confirm 0x[0-9a-f]{8}$/);
    expect(warnings).toEqual([
      'This tool cannot judge the call: SubtensorModule.announce_coldkey_swap is not a call it can judge.',
    ]);
  });
});

describe('an announced call that destroys funds', () => {
  it('is confirmed by its hash, wherever it is inside', async () => {
    const burn = encodeCall('Balances', 'burn', { value: 1_000_000_000n, keep_alive: true });
    const hex = `0x${Buffer.from(burn).toString('hex')}`;
    for (const call of [hex, await plan('tx', 'batch', REMARK, hex)]) {
      const [exit, { error, warnings }] = await tool.json(announce(call, '--yes'));
      expect([exit, warnings]).toEqual([3, ['Destroyed: Balances.burn leaves funds to nobody.']]);
      expect(error.data.flag).toMatch(/^--confirm 0x[0-9a-f]{8}$/);
    }
  });
});
