import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHome, type Home, VALIDATOR } from './tool.ts';

const stakeOnRoot = [
  ...['stake', 'add', '--wallet', '//Alice', '--netuid', '0', '--hotkey', VALIDATOR],
  ...['--amount', '100000', '--yes'],
];

describe.each([
  ['424', 'claims'],
  ['448', 'baskets'],
])('a delegator on runtime %s, where root dividends are %s', (profile, rules) => {
  let home: Home;
  beforeAll(async () => {
    home = createHome();
    const reset = await home.json(['dev', 'reset', '--profile', profile, '--yes']);
    expect(reset.data.preset).toBe(profile === '424' ? 'small' : `small/${profile}`);
    expect((await home.json(stakeOnRoot)).ok).toBe(true);
    await home.tao(['dev', 'advance', '--tempos', '4']);
  });
  afterAll(() => home.remove());

  it('gets root dividends as root stake: of themselves, or by a claim where nothing is automatic', async () => {
    const claim = await home.json(['rewards', 'claim', '--wallet', '//Alice', '--yes']);
    if (rules === 'claims') expect(claim).toMatchObject({ ok: true, data: { isDue: false } });
    else expect(claim).toMatchObject({ ok: true, data: { transaction: { state: 'succeeded' } } });
    const { data } = await home.json(['stake', 'list', '//Alice']);
    expect(data.positions).toHaveLength(1);
    expect(BigInt(data.positions[0].stake.rao)).toBeGreaterThan(100_000_000_000_000n);
  });

  it('chooses how it is paid where there is a choice', async () => {
    const choose = ['rewards', 'claim-type', 'keep', '--wallet', '//Alice', '--yes', '--json'];
    const run = await home.tao(choose);
    const document = JSON.parse(run.stdout);
    if (rules === 'claims') expect(document.ok).toBe(true);
    else expect(document).toMatchObject({ ok: false, error: { code: 'CHAIN_LACKS_CALL' } });
  });

  it('keeps its runtime from one command to the next', async () => {
    const status = await home.json(['dev', 'status']);
    expect(status.data.preset.endsWith('/448')).toBe(profile === '448');
    const run = await home.tao(['dev', 'reset', '--profile', '999', '--yes']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('DEV_PROFILE_UNKNOWN');
  });
});
