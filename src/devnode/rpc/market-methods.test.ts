import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDevNode } from '../create-dev-node.ts';
import { devAccounts } from '../genesis/accounts.ts';
import { presetState } from '../genesis/presets.ts';
import { connect, type DevClient } from '../testing/dev-client.ts';
import type { DevNode } from '../types.ts';

const EMBER = devAccounts['//Ember//hot'];
const CRONY = presetState('arena').market?.subnets[0]?.miners[0]?.hotkey ?? '';
let node: DevNode;
let client: DevClient;

beforeEach(async () => {
  node = await createDevNode({ preset: 'arena', blocks: { kind: 'manual' } });
  client = connect(node.endpoint);
});
afterEach(() => node.close());

type Facts = {
  readonly netuid: number;
  readonly turns: number;
  readonly last: unknown;
  readonly validators: readonly { readonly hotkey: string; readonly conduct: string }[];
};

describe('the market over RPC', () => {
  it('tells of turns and conduct, never of skills', async () => {
    node.advance(100);
    const facts = await client.call<readonly Facts[]>('dev_market');
    expect(facts.map(({ netuid, turns }) => [netuid, turns])).toEqual([
      [4, 1],
      [8, 0],
      [64, 0],
    ]);
    expect(facts[0]?.last).toMatchObject({ block: 1, tasks: 64, paidRao: expect.any(String) });
    expect(facts[1]?.last).toBeNull();
    expect(JSON.stringify(facts)).not.toContain('skill');
  });

  it('lets a validator turn, in a block that replays', async () => {
    await client.call('dev_setConduct', 4, EMBER, 'dishonest', CRONY);
    await client.call('dev_setConduct', 4, devAccounts['//Fjord//hot'], 'lazy');
    const [first] = await client.call<readonly Facts[]>('dev_market');
    const conducts = first?.validators.map(({ conduct }) => conduct) ?? [];
    expect(conducts.filter((kind) => kind !== 'honest').sort()).toEqual(['dishonest', 'lazy']);
    expect(await client.call('chain_getHeader')).toMatchObject({ number: '0x2' });
  });

  it.each([
    [[5, EMBER, 'lazy'], 'has no market'],
    [[4, devAccounts['//Bob'], 'lazy'], 'a validator of that subnet'],
    [[4, EMBER, 'bored'], '"honest", "lazy" or "dishonest"'],
    [[4, EMBER, 'dishonest', EMBER], 'a miner of that subnet'],
  ])('refuses %j and makes no block', async (params, message) => {
    const refused = { data: expect.stringContaining(message) };
    await expect(client.call('dev_setConduct', ...params)).rejects.toMatchObject(refused);
    expect(node.status().number).toBe(0);
  });
});

describe('a runtime upgrade over RPC', () => {
  it('is pushed to who subscribed, and unknown ones are refused', async () => {
    const id = await client.call('state_subscribeRuntimeVersion');
    await client.call('dev_upgradeRuntime', '425');
    const versions = client.pushed(id).map((one) => (one as { specVersion: number }).specVersion);
    expect(versions).toEqual([424, 425]);
    const refused = { data: expect.stringContaining('must be one of') };
    await expect(client.call('dev_upgradeRuntime', '7')).rejects.toMatchObject(refused);
    expect(node.status().number).toBe(1);
  });

  it('does not go back from baskets to claims', async () => {
    await client.call('dev_upgradeRuntime', '448');
    const refused = { data: expect.stringContaining('No way back') };
    await expect(client.call('dev_upgradeRuntime', '424')).rejects.toMatchObject(refused);
    expect(node.status().number).toBe(1);
    expect(await client.call('state_getRuntimeVersion')).toMatchObject({ specVersion: 448 });
  });
});
