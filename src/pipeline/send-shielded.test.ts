import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../test/helpers/dev-tool.ts';
import { bobStakesFirst } from '../../test/helpers/front-run.ts';
import type { Context } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';

const BASALT = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

let tool: DevTool;
beforeEach(() => {
  tool = createDevTool();
});
afterEach(() => tool.remove());

const stake = (...args: string[]) =>
  ['stake', 'add', '--netuid', '8', '--hotkey', BASALT, '--amount', '3'].concat([
    '--wallet',
    '//Alice',
    '--yes',
    ...args,
  ]);

type Listed = { readonly id: string; readonly command: string; readonly state: string };

async function records(): Promise<readonly Listed[]> {
  return (await tool.json(['tx', 'list']))[1].data.transactions;
}

async function stakedRao(): Promise<bigint> {
  const [, { data }] = await tool.json(['stake', 'list', ALICE, '--netuid', '8']);
  return data.positions.length === 0 ? 0n : BigInt(data.positions[0].stake.rao);
}

/** A chain on which nobody opens sealed transactions. */
const withoutShield = (context: Context): Context => ({
  ...context,
  openChain: async () => {
    const chain = await context.openChain();
    return {
      ...chain,
      at: async (block) => {
        const view = await chain.at(block);
        const read: typeof view.read = async (pallet, item, ...keys) =>
          pallet === 'MevShield' ? undefined : view.read(pallet, item, ...keys);
        return { ...view, read };
      },
    };
  },
});

describe('a transaction that is sent encrypted', () => {
  it('executes once, and its call is nowhere in what was submitted', async () => {
    const [exit, { data }] = await tool.json(stake('--shield', 'on'));
    expect([exit, data.transaction.state, data.transaction.nonce]).toEqual([0, 'succeeded', 1]);
    expect(await stakedRao()).toBe(BigInt(data.received.rao));
    const [, carrier] = (await records()).map(({ id }) => id).reverse();
    const [, shown] = await tool.json(['tx', 'show', carrier ?? '']);
    expect(shown.data).toMatchObject({ command: 'shield.carrier', nonce: 0, state: 'succeeded' });
    // Hotkey of the validator, in hex, as the call would spell it.
    const hotkey = 'ec423d1b448bf2207e8c89e92723ed516819f7eacba59b6a7cd52a3bfd38b125';
    expect(JSON.stringify(shown.data)).not.toContain(hotkey);
  });

  it('is reported, not repeated, under the same request id', async () => {
    const [, first] = await tool.json(stake('--shield', 'on', '--request-id', 'once'));
    const [exit, again] = await tool.json(stake('--shield', 'on', '--request-id', 'once'));
    expect([exit, again.data.isRepeat]).toEqual([0, true]);
    expect(again.data.transaction.hash).toBe(first.data.transaction.hash);
    expect((await records()).length).toBe(2);
  });

  it('goes in the open under auto where the chain takes none, and says so; under on it does not', async () => {
    const adapt = withoutShield;
    const [exit, { data, warnings }] = await tool.json(stake('--shield', 'auto'), { adapt });
    expect([exit, data.transaction.nonce]).toEqual([0, 0]);
    const run = await tool.run(stake('--shield', 'auto', '--dry-run'), { adapt });
    expect(run.exitCode).toBe(0);
    expect(warnings).toEqual([expect.stringContaining('Sent in the open, not encrypted')]);
    const people = await tool.run(stake('--shield', 'auto'), { adapt });
    expect(people.stderr).toContain('Sent in the open, not encrypted: this chain takes no');
    const before = (await records()).length;
    const [refused, on] = await tool.json(stake('--shield', 'on'), { adapt });
    expect([refused, on.error.code]).toEqual([6, 'SHIELD_UNAVAILABLE']);
    expect((await records()).length).toBe(before);
  });

  it('is settled by resume when the connection was lost after its carrier went out', async () => {
    const cut = (context: Context): Context => ({
      ...context,
      openChain: async () => {
        const chain = await context.openChain();
        await chain.rpc.request('dev_dropNextSubmit', []);
        return chain;
      },
    });
    const [exit, lost] = await tool.json(stake('--shield', 'on', '--request-id', 'cut'), {
      adapt: cut,
    });
    expect([exit, lost.error.code]).toEqual([8, 'TX_OUTCOME_UNKNOWN']);
    const [, again] = await tool.json(stake('--shield', 'on', '--request-id', 'cut'));
    expect(again.data.transaction.state).toBe('succeeded');
    const once = await stakedRao();
    expect(once).toBe(BigInt(again.data.received.rao));
  });

  it('is in doubt, never safe to repeat, when the connection is lost after its carrier', async () => {
    const cut = (context: Context): Context => ({
      ...context,
      openChain: async () => {
        const chain = await context.openChain();
        let isGone = false;
        const subscribe: typeof chain.rpc.subscribe = (wanted) => {
          isGone = true;
          return chain.rpc.subscribe(wanted);
        };
        const request: typeof chain.rpc.request = (method, params, options) =>
          isGone && method === 'chain_getFinalizedHead'
            ? Promise.reject(new TaoError('NETWORK_CLOSED', { message: 'The line is dead.' }))
            : chain.rpc.request(method, params, options);
        return { ...chain, rpc: { ...chain.rpc, subscribe, request } };
      },
    });
    const [exit, { error }] = await tool.json(stake('--shield', 'on'), { adapt: cut });
    expect([exit, error.code, error.retry]).toEqual([8, 'TX_OUTCOME_UNKNOWN', 'after-check']);
    const [, shown] = await tool.json(['tx', 'show', error.data.id]);
    expect(shown.data).toMatchObject({ command: 'stake.add', nonce: 1 });
    expect((await tool.json(['tx', 'resume']))[0]).toBe(0);
    expect((await records()).map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  });

  it('never goes out in the open: unopened it expires, and the request id says so', async () => {
    const refuse = (context: Context): Context => ({
      ...context,
      openChain: async () => {
        const chain = await context.openChain();
        await chain.rpc.request('dev_rejectNext', []);
        return chain;
      },
    });
    const argv = stake('--shield', 'on', '--request-id', 'never');
    const [, refused] = await tool.json(argv, { adapt: refuse });
    expect(refused.ok).toBe(false);
    const { innerId } = refused.error.data;
    const [unknown, early] = await tool.json(['tx', 'resume', innerId]);
    expect([unknown, early.error.code]).toEqual([8, 'TX_OUTCOME_UNKNOWN']);
    await tool.run(['dev', 'advance', '--blocks', '12']);
    await tool.json(['tx', 'resume', innerId]);
    const [, shown] = await tool.json(['tx', 'show', innerId]);
    expect(shown.data.state).toBe('expired');
    expect(await stakedRao()).toBe(0n);
  });

  it('counts once against the spending policy, which judges what is inside', async () => {
    const set = ['policy', 'set', '--per-day', '5'];
    expect((await tool.run(set)).exitCode).toBe(0);
    const [exit] = await tool.json(stake('--shield', 'on'));
    expect(exit).toBe(0);
    const [refused, document] = await tool.json(stake('--shield', 'on'));
    expect([refused, document.error.code]).toEqual([7, 'POLICY_REFUSED']);
    const small = stake('--shield', 'on').map((word) => (word === '3' ? '1.5' : word));
    expect((await tool.json(small))[0]).toBe(0);
  });

  it('tells its own fee, its carrier’s and both: in the plan, the receipt and its record', async () => {
    const free = async (): Promise<bigint> =>
      BigInt((await tool.json(['wallet', 'balance', ALICE]))[1].data.accounts[0].free.rao);
    const [, planned] = await tool.json(stake('--shield', 'on', '--dry-run'));
    const carrierRao = BigInt(planned.data.plan.carrierFee.rao);
    const plan = await tool.run(stake('--shield', 'on', '--dry-run'), { terminal: 'all' });
    expect(feeLines(plan.stdout)).toEqual([
      expect.stringMatching(/^Fee +\S+ TAO$/),
      `Carrier fee     ${planned.data.plan.carrierFee.tao} TAO`,
      `Fees in all     ${planned.data.plan.fee.tao} TAO`,
    ]);
    expect(plan.stdout).toContain('valid for 8 blocks');

    const before = await free();
    const [, { data }] = await tool.json(stake('--shield', 'on'));
    const { transaction } = data;
    const [carrier] = (await records()).map(({ id }) => id);
    expect(transaction.carrier).toMatchObject({ id: carrier, state: 'succeeded' });
    const ownRao = BigInt(transaction.fee.rao);
    const paidRao = before - (await free()) - 3_000_000_000n;
    expect(BigInt(transaction.totalFee.rao)).toBe(paidRao);
    expect(ownRao + BigInt(transaction.carrier.fee.rao)).toBe(paidRao);
    expect(BigInt(planned.data.plan.fee.rao) >= paidRao).toBe(true);
    expect(BigInt(transaction.carrier.fee.rao) <= carrierRao).toBe(true);

    const [, shown] = await tool.json(['tx', 'show', transaction.id]);
    expect(shown.data).toMatchObject({
      fee: transaction.fee,
      carrier: transaction.carrier,
      totalFee: transaction.totalFee,
    });
    const people = await tool.run(['tx', 'show', transaction.id], { terminal: 'all' });
    expect(feeLines(people.stdout).length).toBe(3);
    expect(people.stdout).toMatch(new RegExp(`Carried by +${carrier}`));
    const last = await tool.run(['tx', 'show', 'last'], { terminal: 'all' });
    expect(last.stdout).toBe(people.stdout);
    const outer = await tool.run(['tx', 'show', carrier ?? ''], { terminal: 'all' });
    expect(outer.stdout).toMatch(new RegExp(`Carries +${transaction.id}`));
    const listed = (await tool.json(['tx', 'list']))[1].data.transactions;
    expect(listed.map((one: { readonly carrier: unknown }) => one.carrier)).toEqual([
      null,
      transaction.carrier,
    ]);
    const receipt = await tool.run(stake('--shield', 'on'), { terminal: 'all' });
    expect(feeLines(receipt.stdout)).toEqual([
      `Fee             ${transaction.fee.tao} TAO`,
      `Carrier fee     ${transaction.carrier.fee.tao} TAO`,
      `Fees in all     ${transaction.totalFee.tao} TAO`,
    ]);
  });

  it('has one fee and no carrier in the open', async () => {
    const [, { data }] = await tool.json(stake());
    expect(data.transaction).toMatchObject({ carrier: null, totalFee: data.transaction.fee });
    const receipt = await tool.run(stake(), { terminal: 'all' });
    expect(feeLines(receipt.stdout)).toEqual([`Fee             ${data.transaction.fee.tao} TAO`]);
    const [, planned] = await tool.json(stake('--dry-run'));
    expect(planned.data.plan.carrierFee).toBeNull();
  });

  it('says that its carrier was paid when the chain refused what it carried', async () => {
    const limit = bobStakesFirst({ netuid: 8, hotkey: BASALT, amountRao: 20_000_000_000_000n });
    const refused = await tool.run(stake('--shield', 'on'), { adapt: limit });
    expect(refused.exitCode).toBe(7);
    expect(refused.stderr).toMatch(/Its carrier's fee of 0\.\d+ TAO was paid too\./);
  });
});

describe('everything, sent encrypted', () => {
  const send = (...args: string[]) =>
    ['wallet', 'transfer', '--to', '//Bob', '--amount', 'all', '--wallet', '//Alice'].concat([
      '--confirm',
      'jJM694ty',
      ...args,
    ]);
  const freeRao = async (): Promise<bigint> =>
    BigInt((await tool.json(['wallet', 'balance', ALICE]))[1].data.accounts[0].free.rao);

  it('leaves what its carrier costs', async () => {
    const [exit, { data }] = await tool.json(send('--shield', 'on'));
    expect([exit, data.transaction.carrier.state]).toEqual([0, 'succeeded']);
    // What stays is the deposit, and what the fees were estimated too high.
    expect((await freeRao()) < 2_000n).toBe(true);
  });

  it('leaves nothing more than in the open where auto goes in the open', async () => {
    const [, shielded] = await tool.json(send('--shield', 'auto', '--dry-run'), {
      adapt: withoutShield,
    });
    const [, open] = await tool.json(send('--dry-run'));
    expect(shielded.data.plan.amount).toEqual(open.data.plan.amount);
  });
});

describe('a sale by an account without TAO', () => {
  it('is not sealed: it may pay its own fee in alpha, and not its carrier’s', async () => {
    const script = { env: { TAO_WALLET: '//Delegator2' } };
    const send = ['wallet', 'transfer', '--to', '//Bob', '--amount', 'all'];
    expect((await tool.json([...send, '--confirm', 'jJM694ty'], script))[0]).toBe(0);
    const sale = ['unstake', '--netuid', '1', '--hotkey', BASALT, '--amount', '10', '--yes'];
    const [refused, on] = await tool.json([...sale, '--shield', 'on'], script);
    expect([refused, on.error.code]).toEqual([6, 'SHIELD_UNAVAILABLE']);
    expect(on.error.message).toMatch(/its carrier's fee takes 0\.\d+ TAO that is free\.$/);
    const [exit, { data, warnings }] = await tool.json([...sale, '--shield', 'auto'], script);
    expect([exit, data.transaction.carrier]).toEqual([0, null]);
    expect(warnings).toEqual([expect.stringContaining("its carrier's fee takes")]);
  });
});

describe('the era of a transaction that is sent encrypted', () => {
  const lifeOf = async (id: string): Promise<number> => {
    const [, { data }] = await tool.json(['tx', 'show', id]);
    return data.expiresAtBlock;
  };

  it('is refused where it is too long, with nothing opened', async () => {
    const shut = async (): Promise<never> => {
      throw new Error('Opened.');
    };
    const adapt = (context: Context): Context => ({
      ...context,
      openChain: shut,
      openLedger: shut,
    });
    for (const other of [
      ['--era', '16'],
      ['--signed-out', '/signed.json'],
      ['--unsigned-out', '/plan.json'],
    ]) {
      const [exit, { error }] = await tool.json(stake('--shield', 'on', ...other), { adapt });
      expect([exit, error.code, error.data.options]).toEqual([
        2,
        'USAGE_CONFLICT',
        ['shield', other[0]?.slice(2)],
      ]);
    }
  });

  it('is as short as was asked, and a preference is shortened', async () => {
    const [exit, short] = await tool.json(stake('--shield', 'on', '--era', '4'));
    expect([exit, await lifeOf(short.data.transaction.id)]).toEqual([0, 4]);
    const env = { TAO_ERA: '64' };
    const [, preferred] = await tool.json(stake('--shield', 'on'), { env });
    const { block, expiresAtBlock } = preferred.data.transaction;
    expect(expiresAtBlock - block.number).toBeLessThan(8);
  });

  it('keeps it in the open under auto where it is too long, and says so before it is sent', async () => {
    const line = stake('--shield', 'auto', '--era', '64');
    const warning =
      'Sent in the open, not encrypted: an encrypted transaction is valid for at most 8 blocks.';
    const [, planned] = await tool.json([...line, '--dry-run']);
    expect(planned.warnings).toEqual([warning]);
    const people = await tool.run([...line, '--dry-run'], { terminal: 'all' });
    expect(people.stderr).toContain(warning);
    const [exit, { data, warnings }] = await tool.json(line);
    expect([exit, warnings]).toEqual([0, [warning]]);
    expect(data.transaction).toMatchObject({ carrier: null, nonce: 0, expiresAtBlock: 64 });
    const [, sealed] = await tool.json(stake('--shield', 'auto', '--era', '8'));
    expect(sealed.data.transaction.carrier).not.toBeNull();
  });

  it('says once why a file is in the open', async () => {
    const line = stake('--shield', 'auto', '--signed-out', '/signed.json');
    const warning = expect.stringContaining('a file may be sent too late');
    const [exit, { warnings }] = await tool.json(line);
    expect([exit, warnings]).toEqual([0, [warning]]);
    const plan = stake('--shield', 'auto', '--unsigned-out', '/plan.json');
    expect((await tool.json(plan))[1].warnings).toEqual([warning]);
  });
});

/** The rows about fees, from their labels on. */
function feeLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(?:Fee|Carrier fee|Fees in all) /.test(line));
}
