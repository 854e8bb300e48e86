import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const REMARK = '0x00000461';
const HASH = '0x19e2609a50004b66ea2ff95b1730adcccd9ed36fa5919edf4c1ae081fd12a316';
const own = ['--wallet', '//Alice', '--yes'];
const charlie = ['--wallet', '//Charlie', '--yes'];

let tool: DevTool;
beforeAll(async () => {
  tool = createDevTool();
  const add = ['proxy', 'add', '//Charlie', '--type', 'NonTransfer', '--delay', '1', ...own];
  expect((await tool.json(add))[0]).toBe(0);
});
afterAll(() => tool.remove());

async function failure(...args: readonly string[]) {
  const run = await tool.run(args);
  expect(run.stdout).toBe('');
  const [exit, { error }] = await tool.json(args);
  expect([exit, run.stderr]).toEqual([run.exitCode, expect.stringContaining(error.message)]);
  return { exit, ...error };
}

describe('a type of proxy', () => {
  it.each([
    ['in another spelling', 'staking', 'Use --type Staking.'],
    ['that there is none of', 'Stakes', 'Give one of them, in its own spelling.'],
  ])('%s is refused with those that there are', async (_, type, hint) => {
    for (const verb of ['add', 'remove']) {
      const error = await failure('proxy', verb, '//Bob', '--type', type, ...own);
      expect(error).toMatchObject({ exit: 2, code: 'USAGE_INVALID', hint });
      expect(error.details).toEqual([expect.stringMatching(/^It has Any, .*Staking/)]);
      expect(error.data.known).not.toContain(type);
    }
  });

  it('that is left out is asked for by its option', async () => {
    const error = await failure('proxy', 'add', '//Bob', ...own);
    expect(error).toMatchObject({
      exit: 2,
      code: 'USAGE_MISSING',
      message: "Couldn't tell which right is meant: --type is missing.",
    });
  });
});

describe('a proxy that is not there', () => {
  it('with this delay: those that are', async () => {
    const error = await failure('proxy', 'remove', '//Charlie', '--type', 'NonTransfer', ...own);
    expect(error).toMatchObject({
      exit: 2,
      code: 'PROXY_UNKNOWN',
      details: ['It has type NonTransfer with a delay of 1 block.'],
      hint: `Give --type and --delay as tao proxy list ${ALICE} shows them.`,
    });
  });

  it('at all: whose proxies to look at', async () => {
    const error = await failure('proxy', 'remove', '//Dave', '--type', 'Any', ...own);
    expect(error).toMatchObject({
      exit: 2,
      code: 'PROXY_UNKNOWN',
      message: expect.stringContaining(`is no proxy of ${ALICE}.`),
      hint: `Run tao proxy list ${ALICE} to see its proxies.`,
    });
  });

  it('and one that is there already', async () => {
    const again = ['proxy', 'add', '//Charlie', '--type', 'NonTransfer', '--delay', '1'];
    expect(await failure(...again, ...own)).toMatchObject({
      exit: 2,
      code: 'PROXY_EXISTS',
      hint: `Run tao proxy list ${ALICE} to see its proxies.`,
    });
  });
});

describe('a call', () => {
  it('that is left out, or cut, is told apart', async () => {
    const execute = ['proxy', 'execute', '//Alice', ...charlie];
    expect(await failure(...execute)).toMatchObject({
      code: 'USAGE_MISSING',
      message: "Couldn't tell which call is meant: --call is missing.",
    });
    expect(await failure(...execute, '--call', `${REMARK}00`)).toMatchObject({
      exit: 2,
      code: 'USAGE_INVALID',
      details: ["Couldn't decode the call: bytes are left over: 1."],
    });
  });

  it('whose hash is not what was announced is told with both hashes', async () => {
    const announce = ['proxy', 'announce', '//Alice', '--call', REMARK, ...charlie];
    expect((await tool.json(announce))[0]).toBe(0);
    await tool.json(['dev', 'advance', '--blocks', '1']);
    const other = await failure('proxy', 'execute', '//Alice', '--call', '0x00000462', ...charlie);
    expect(other).toMatchObject({ exit: 2, code: 'ANNOUNCEMENT_UNKNOWN' });
    expect(other.details).toEqual([
      expect.stringMatching(/^The hash of this call is 0x[0-9a-f]{64}\.$/),
      `Announced is ${HASH}.`,
      'If somebody else announced it, name that account with --delegate.',
    ]);
    expect(other.data.announced).toEqual([HASH]);
  });

  it('that is announced already may be done twice, which is said', async () => {
    const announce = ['proxy', 'announce', '//Alice', '--call', REMARK, ...charlie];
    const [, { warnings }] = await tool.json([...announce, '--dry-run']);
    expect(warnings).toEqual([
      'This call is announced already, since block 2: announced twice, it may be done twice.',
    ]);
  });

  it('that was executed is announced no more', async () => {
    const execute = ['proxy', 'execute', '//Alice', '--call', REMARK, ...charlie];
    expect((await tool.json(execute))[0]).toBe(0);
    expect((await failure(...execute)).details).toEqual([
      `The hash of this call is ${HASH}.`,
      'What was executed, withdrawn or rejected is announced no more.',
      'If somebody else announced it, name that account with --delegate.',
    ]);
    const withdraw = ['proxy', 'withdraw', '//Alice', '--call-hash', HASH, ...charlie];
    expect((await failure(...withdraw)).details).toHaveLength(2);
  });

  it('that is taken back returns what was reserved, as the plan says', async () => {
    const announce = ['proxy', 'announce', '//Alice', '--call', REMARK, ...charlie];
    await tool.json(announce);
    const freeRao = async () => {
      const [, { data }] = await tool.json(['wallet', 'balance', '//Charlie']);
      return BigInt(data.accounts[0].free.rao);
    };
    const before = await freeRao();
    const withdraw = ['proxy', 'withdraw', '//Alice', '--call', REMARK, ...charlie];
    const [, planned] = await tool.json([...withdraw, '--dry-run']);
    const [, { data }] = await tool.json(withdraw);
    const backRao = (await freeRao()) - before + BigInt(data.transaction.fee.rao);
    expect(planned.data.plan.deposit.rao).toBe(backRao.toString());
    expect(backRao).toBe(104_000_000n);
  });
});
