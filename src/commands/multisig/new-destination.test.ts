import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import { createSteps, type Steps, send } from '../../../test/helpers/handed-over.ts';

/** Nobody's on the embedded chain. */
const STRANGER = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
const OTHER = '5C4hrfjw9DjXZTzV3MwzrrAr9P1MJhSrvWGWqi1eSuyUpnhM';
const END = STRANGER.slice(-8);
const REMARK = '0x00000461';

let tool: DevTool;
let { done, refused, plan, freeOf } = {} as Steps;
beforeAll(async () => {
  tool = createDevTool();
  ({ done, refused, plan, freeOf } = createSteps(tool));
  const signatories = ['//Alice', '//Bob', '//Charlie'].flatMap((one) => ['--signatory', one]);
  await done('multisig', 'add', 'team', '--threshold', '2', ...signatories);
  await done('multisig', 'add', 'any', '--threshold', '1', ...signatories);
  await done('dev', 'fund', 'team', '100');
  await done('dev', 'fund', 'any', '100');
});
afterAll(() => tool.remove());

const approve = (signer: string, ...more: string[]) => [
  ...['multisig', 'approve', 'team', '--wallet', signer, ...more],
];
async function openHashes(): Promise<readonly string[]> {
  const { pending } = await done('multisig', 'pending', 'team');
  return pending.map(({ callHash }: { readonly callHash: string }) => callHash);
}
const wanted = [3, 'CONSENT_REQUIRED', `--confirm ${END}`];

describe('a call of a multisig that pays somebody who is new here', () => {
  it('is opened only with the end of the address, not with a yes', async () => {
    const call = await plan(...send(STRANGER));
    expect(await refused(...approve('//Alice', '--call', call))).toEqual(wanted);
    expect(await refused(...approve('//Alice', '--call', call, '--yes'))).toEqual(wanted);
    expect(await openHashes()).toEqual([]);
    const [dry, { warnings }] = await tool.json(approve('//Alice', '--call', call, '--dry-run'));
    expect([dry, warnings]).toEqual([0, [`New here: ${STRANGER} would receive funds or rights.`]]);
    await done(...approve('//Alice', '--call', call, '--confirm', END));
    expect(await freeOf(STRANGER)).toBe('0');
  });

  it('is executed only with it too, however the call is named', async () => {
    const [callHash = ''] = await openHashes();
    const byHash = ['--call-hash', callHash];
    expect(await refused(...approve('//Bob', ...byHash, '--yes'))).toEqual(wanted);
    const other = ['--confirm', OTHER.slice(-8)];
    expect(await refused(...approve('//Bob', ...byHash, '--yes', ...other))).toEqual(wanted);

    const piped = await tool.run(approve('//Bob', ...byHash, '--yes'), { stdin: `${END}\n` });
    expect([piped.exitCode, piped.stdout]).toEqual([3, '']);
    expect(piped.stderr).toContain(`New here: ${STRANGER} would receive funds or rights.`);
    expect(piped.stderr).toContain(`Add --confirm ${END} to confirm`);

    const question = `Type the end of the address to confirm (${END})`;
    const asking = { terminal: 'all', answers: [{ kind: 'text', question, answer: '' }] } as const;
    const declined = await tool.run(approve('//Bob', ...byHash), asking);
    expect([declined.exitCode, declined.stdout]).toEqual([3, '']);
    expect(await freeOf(STRANGER)).toBe('0');
  });

  it('where nobody says which call, needs the hash of the call and the end of the address', async () => {
    const [callHash = ''] = await openHashes();
    const start = callHash.slice(0, 10);
    const both = `${start}/${END}`;
    for (const more of [['--yes'], ['--confirm', start], ['--confirm', END]]) {
      expect(await refused(...approve('//Bob', ...more))).toEqual([
        3,
        'CONSENT_REQUIRED',
        `--confirm ${both}`,
      ]);
    }
    const question = 'Type the start of the call hash, a slash and the end of the address';
    const run = await tool.run(approve('//Bob'), {
      terminal: 'all',
      answers: [{ kind: 'text', question, answer: both }],
    });
    expect([run.exitCode, run.stdout.split('\n')[0]]).toEqual([
      0,
      '✓ Executed        Balances.transfer_keep_alive',
    ]);
    expect(await freeOf(STRANGER)).toBe('1');
  });

  it('is asked for at once where one approval executes', async () => {
    const call = await plan(...send(STRANGER));
    const once = ['multisig', 'approve', 'any', '--call', call, '--wallet', '//Charlie'];
    expect(await refused(...once, '--yes')).toEqual(wanted);
    await done(...once, '--confirm', END);
    expect(await freeOf(STRANGER)).toBe('2');
  });

  it('is found in a batch; several of them are confirmed by the hash of the call', async () => {
    const one = await plan('tx', 'batch', REMARK, await plan(...send(STRANGER)));
    expect(await refused(...approve('//Alice', '--call', one, '--yes'))).toEqual(wanted);
    const two = await plan(
      ...['tx', 'batch', await plan(...send(STRANGER)), await plan(...send(OTHER))],
    );
    const [exit, { error, warnings }] = await tool.json(approve('//Alice', '--call', two, '--yes'));
    expect([exit, error.code, warnings]).toEqual([
      3,
      'CONSENT_REQUIRED',
      [STRANGER, OTHER].map((address) => `New here: ${address} would receive funds or rights.`),
    ]);
    const flag = error.data.flag.split(' ');
    await done(...approve('//Alice', '--call', two, ...flag));
    const [callHash = ''] = await openHashes();
    expect(flag).toEqual(['--confirm', callHash.slice(0, 10)]);
    await done(...approve('//Bob', ...flag));
    expect([await freeOf(STRANGER), await freeOf(OTHER)]).toEqual(['3', '1']);
  });
});

describe('a call of a multisig whose receiver is known', () => {
  it('needs a yes only', async () => {
    await done('wallet', 'address-book', 'add', 'friend', STRANGER);
    const call = await plan(...send(STRANGER));
    await done(...approve('//Alice', '--call', call, '--yes'));
    await done(...approve('//Bob', '--call', call, '--yes'));
    expect(await freeOf(STRANGER)).toBe('4');
    await done('wallet', 'address-book', 'remove', 'friend');
  });

  it('and that was not named, needs the hash only', async () => {
    const call = await plan(...send('//Dave'));
    await done(...approve('//Alice', '--call', call, '--yes'));
    const [callHash = ''] = await openHashes();
    await done(...approve('//Bob', '--confirm', callHash.slice(0, 10)));
  });
});

describe('a call and a call hash together', () => {
  it('have to fit: nothing is approved where they do not', async () => {
    const { plan: dry } = await done(...approve('//Alice', '--call', REMARK, '--dry-run'));
    const { callHash } = dry.as;
    const other = `0x${'11'.repeat(32)}`;
    const both = (hash: string) => approve('//Alice', '--call', REMARK, '--call-hash', hash);
    expect((await refused(...both(other), '--yes')).slice(0, 2)).toEqual([2, 'USAGE_CONFLICT']);
    expect((await refused(...both('0x12'), '--yes')).slice(0, 2)).toEqual([2, 'USAGE_INVALID']);
    expect(await openHashes()).toEqual([]);
    await done(...both(callHash.toUpperCase().replace('0X', '0x')), '--yes');
    expect(await openHashes()).toEqual([callHash]);
  });
});
