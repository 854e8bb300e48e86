/** What a command line alone shows to be impossible is refused with chain, cache and ledger shut. */
import { afterAll, describe, expect, it } from 'vitest';
import { devExamples } from '../../src/commands/dev-examples.ts';
import { createDevTool } from '../helpers/dev-tool.ts';

const { validator: BASALT, otherValidator: DUNLIN } = devExamples;
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const POSITION = `--netuid 1 --hotkey ${BASALT}`;
const SEVERAL = [1, 2, 3, 4, 5, 8].map((netuid) => `--netuid ${netuid}`).join(' ');

const IMPOSSIBLE = [
  [`delegate switch ${BASALT} ${BASALT}`, 'USAGE_INVALID'],
  [`delegate switch basalt ${BASALT}`, 'USAGE_INVALID'],
  [`delegate compare ${BASALT} ${BASALT} --netuid 8`, 'USAGE_INVALID'],
  [`stake move ${POSITION} --to ${BASALT} --amount 1`, 'USAGE_INVALID'],
  [`stake move ${POSITION} --to ${BASALT} --to-netuid 8 --all`, 'USAGE_INVALID'],
  [`stake swap ${POSITION} --to-netuid 1 --amount 1`, 'USAGE_INVALID'],
  [`stake transfer ${POSITION} --to ${ALICE} --amount 1`, 'USAGE_INVALID'],
  [`stake transfer ${POSITION} --to //Alice --amount 1`, 'USAGE_INVALID'],
  [`stake transfer ${POSITION} --to ${BOB} --as ${BOB} --amount 1`, 'USAGE_INVALID'],
  [`stake transfer ${POSITION} --to ${BOB} --to-netuid 8 --partial --all`, 'USAGE_CONFLICT'],
  ['stake quote --netuid 8 --to-netuid 8 --amount 1', 'USAGE_INVALID'],
  [`stake add --to ${BASALT}:8=2 --to ${BASALT}:1=1 --limit-price 0.5`, 'USAGE_CONFLICT'],
  [`stake add --to ${BASALT}:8=2 --to ${BASALT}:8=1`, 'USAGE_INVALID'],
  [`unstake --netuid 0 --hotkey ${BASALT} --amount 1 --to-root`, 'USAGE_INVALID'],
  ['unstake --netuid 0 --all --to-root', 'USAGE_INVALID'],
  ['wallet transfer --to //Alice --amount 1', 'USAGE_INVALID'],
  [`wallet transfer --to ${ALICE} --amount all`, 'USAGE_INVALID'],
  [`wallet transfer --to ${BOB} --as ${BOB} --amount 1`, 'USAGE_INVALID'],
  [`proxy add ${ALICE} --type Staking`, 'USAGE_INVALID'],
  [`rewards claim ${SEVERAL}`, 'USAGE_INVALID'],
  [`rewards estimate --days 30 --netuid 8 --hotkey ${BASALT} --amount 0`, 'AMOUNT_INVALID'],
  ['rewards estimate --days 30', 'USAGE_MISSING'],
  ['delegate recommend --netuid 8 --amount 100 --days 0', 'USAGE_INVALID'],
  [`proxy announce ${BOB} --call 0x0`, 'USAGE_INVALID'],
  ['tx batch 0x0 0x00', 'USAGE_INVALID'],
] as const;

describe('what can never be done', () => {
  const tool = createDevTool();
  afterAll(tool.remove);
  const shut = (what: string) => async (): Promise<never> => {
    throw new Error(`Opened: ${what}`);
  };

  it.each(IMPOSSIBLE)('tao %s is %s, exit 2, before anything is opened', async (line, code) => {
    const add = ['wallet', 'address-book', 'add', 'basalt', BASALT];
    if (line.includes(' basalt ')) expect((await tool.run(add)).exitCode).toBe(0);
    const { exitCode, stdout, stderr } = await tool.run(line.split(' '), {
      env: { TAO_WALLET: '//Alice' },
      adapt: (context) => ({
        ...context,
        openChain: shut('chain'),
        openLedger: shut('ledger'),
        openDevChain: shut('embedded chain'),
      }),
    });
    expect(stderr).toContain(`[${code}]`);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n').length).toBeGreaterThan(1);
  });

  it('is refused the same way with a wallet that is not there, where it needs none', async () => {
    const line = ['delegate', 'switch', BASALT, BASALT, '--wallet', 'nobody'];
    expect((await tool.run(line)).exitCode).toBe(2);
  });

  it('takes a subnet that is named twice for one', async () => {
    const [exitCode, { error }] = await tool.json(
      ['delegate', 'switch', BASALT, DUNLIN, '--netuid', '8,1,8'],
      { env: { TAO_WALLET: '//Alice' } },
    );
    expect([exitCode, error.code]).toEqual([2, 'POSITION_EMPTY']);
    expect(error.message).toContain('on subnet 1, 8.');
  });
});
