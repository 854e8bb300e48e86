/** What commands print on a terminal of 80 columns: no line is left to the terminal to break. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/cli/render/display-width.ts';
import { devExamples } from '../../src/commands/dev-examples.ts';
import { createDevTool } from '../helpers/dev-tool.ts';

const COLUMNS = 80;
const { validator: BASALT, otherValidator: DUNLIN } = devExamples;
const AURORA = '5DtjJaAjMXWa16u5oz4rcCN48otrEzbJ4Gq56uKNGmxuMw97';
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const REMARK = '0x00000c746573';

const BEFORE = [
  `stake add --netuid 8 --hotkey ${BASALT} --amount 2.5 --yes --shield on`,
  `stake add --to ${BASALT}:8=2 --to ${BASALT}:0=5 --to ${DUNLIN}:1=5 --yes`,
  `stake lock add --netuid 8 --hotkey ${BASALT} --amount 1 --yes`,
  `stake auto set --netuid 8 --hotkey ${BASALT} --yes`,
  `proxy add ${BOB} --type Staking --yes`,
  `proxy add //Charlie --type Any --delay 5 --confirm 1hXcS59Y --yes`,
  `proxy announce ${ALICE} --call ${REMARK} --wallet //Charlie --yes`,
  `multisig add team --threshold 2 --signatory ${ALICE} --signatory ${BOB}`,
  `wallet address-book add basalt ${BASALT} --note where_most_of_the_stake_of_this_year_is`,
  'rewards sync',
  'rewards sync --wallet //Delegator2',
  'dev advance --blocks 400',
  'rewards sync',
  'rewards sync --wallet //Delegator2',
];

const LISTINGS = [
  'tx list',
  'tx list --unsettled',
  'tx resume',
  'config list',
  'subnet list',
  'subnet metagraph 8',
  'subnet price',
  'multisig list',
  'dev scenario list',
  'rewards show',
  'rewards show --wallet //Delegator2',
  'rewards history --wallet //Delegator2',
  'rewards compound',
  'rewards sync --wallet //Delegator2',
  'rewards claim --wallet //Delegator2 --dry-run',
  'wallet balance',
  'wallet address-book list',
  'ledger list',
  'delegate list',
  'delegate list --netuid 8 --nominators',
  `delegate show ${BASALT}`,
  `delegate compare ${BASALT} ${DUNLIN} ${AURORA} --netuid 8`,
  'delegate recommend --amount 100 --netuid 8',
  'proxy list',
  'proxy pending',
  'stake list',
  'stake list --wallet //Delegator2',
  'stake lock list',
  'stake auto show',
  'stake quote --netuid 8 --amount 1 --amount 100000',
];

describe(`on a terminal of ${COLUMNS} columns`, () => {
  const tool = createDevTool();
  const env = { TAO_WALLET: '//Alice' };
  const words = (line: string) => line.split(' ');
  beforeAll(async () => {
    for (const line of BEFORE) {
      const { exitCode, stderr } = await tool.run(words(line), { env });
      expect([line, exitCode, exitCode === 0 ? '' : stderr]).toEqual([line, 0, '']);
    }
  }, 60_000);
  afterAll(tool.remove);

  it.each(LISTINGS)('tao %s fits', async (line) => {
    const script = { env, terminal: 'all', width: COLUMNS } as const;
    const { exitCode, stdout, stderr } = await tool.run(words(line), script);
    expect([exitCode, exitCode === 0 ? '' : stderr]).toEqual([0, '']);
    expect(stdout.split('\n').filter((shown) => displayWidth(shown) > COLUMNS)).toEqual([]);
  });

  it('tells in a pipe what a terminal shortens', async () => {
    const { stdout } = await tool.run(['tx', 'list'], { env });
    const [first = ''] = stdout.split('\n');
    const [id, when, state, , what] = first.split('\t');
    const { stdout: shown } = await tool.run(['tx', 'list'], { env, terminal: 'all' });
    const short = `${when?.slice(0, 10)} ${when?.slice(11, 16)}`;
    expect(when).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(shown).toContain(`${id}  ${short}  ${state}`);
    expect(shown).not.toContain(what);
    const reference = shown.split('\n')[1]?.slice(0, 8) ?? '';
    expect((await tool.run(['tx', 'show', reference], { env })).stdout).toContain(`What\t${what}`);
  });
});
