import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool } from '../../../test/helpers/dev-tool.ts';
import type { NeuronFacts } from '../../chain/queries/read-metagraph.ts';
import { sortNeurons } from './metagraph.ts';
import { NEURON_ORDERS } from './specs-metagraph.ts';

const tool = createDevTool();
beforeAll(async () => {
  await tool.run(['dev', 'advance', '--blocks', '400']);
});
afterAll(tool.remove);

describe('tao subnet metagraph', () => {
  it('lists by uid, exact to the rao', async () => {
    const [exitCode, { data }] = await tool.json(['subnet', 'metagraph', '4']);
    expect(exitCode).toBe(0);
    expect(data).toMatchObject({ netuid: 4, name: 'Compute', registered: 11 });
    expect(data.neurons).toHaveLength(11);
    expect(data.neurons[1]).toMatchObject({
      uid: 1,
      name: 'Aurora',
      hasPermit: true,
      lastUpdateBlock: 400,
      emission: { netuid: 4, rao: '38105526854', alpha: '38.105526854' },
    });
  });

  it('sorts by any figure and says on a terminal that there are more', async () => {
    const argv = ['subnet', 'metagraph', '4', '--sort', 'dividends', '--limit', '2'];
    const [, { data }] = await tool.json(argv);
    expect(data.registered).toBe(11);
    expect(data.neurons.map(({ name }: { name: string }) => name)).toEqual(['Cobalt', 'Aurora']);
    const { stdout, stderr } = await tool.run(argv, { terminal: 'all' });
    expect(stdout).toMatch(/3 +5DPh\S+ +Cobalt +875,?441\.93 +0\.9500/);
    expect(stderr).toContain('2 of 11 hotkeys. All: --limit 11');
  });

  it('prints a record a line in a pipe', async () => {
    const { stdout } = await tool.run(['subnet', 'metagraph', '0']);
    const records = stdout.trimEnd().split('\n');
    expect(records).toHaveLength(6);
    expect(records[0]?.split('\t')).toHaveLength(11);
  });

  it.each([
    [['77'], 'SUBNET_UNKNOWN'],
    [['x'], 'NETUID_INVALID'],
    [[], 'USAGE_MISSING'],
    [['4', '--sort', 'luck'], 'USAGE_INVALID'],
    [['4', '--limit', 'all'], 'USAGE_INVALID'],
  ])('refuses %j', async (words, code) => {
    const [exitCode, { error }] = await tool.json(['subnet', 'metagraph', ...words]);
    expect([exitCode, error.code]).toEqual([2, code]);
  });
});

describe('orders', () => {
  const neuron = (uid: number, value: number): NeuronFacts => ({
    uid,
    hotkey: '',
    coldkey: undefined,
    name: '',
    alphaRao: 0n,
    rootRao: 0n,
    stakeRao: BigInt(value),
    trustU16: undefined,
    validatorTrustU16: value,
    consensusU16: value,
    incentiveU16: value,
    dividendsU16: value,
    emissionRao: BigInt(value),
    lastUpdateBlock: value,
    hasPermit: false,
  });

  it.each(NEURON_ORDERS)('by %s put the largest first, uids ascending on a tie', (order) => {
    const sorted = sortNeurons([neuron(2, 5), neuron(0, 5), neuron(1, 9)], order);
    const expected = order === 'uid' ? [0, 1, 2] : [1, 0, 2];
    expect(sorted.map(({ uid }) => uid)).toEqual(expected);
  });
});
