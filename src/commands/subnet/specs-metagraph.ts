/** Spec of `tao subnet metagraph`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';

/** No subnet has more seats. */
export const MAX_NEURONS = 65_535;

export const NEURON_ORDERS = [
  'uid',
  'stake',
  'trust',
  'consensus',
  'incentive',
  'dividends',
  'emission',
  'updated',
] as const;
export type NeuronOrder = (typeof NEURON_ORDERS)[number];

const u16 = (name: string, summary: string) =>
  ({ name: `neurons[].${name}`, type: 'integer', unit: '1/65535', summary }) as const;

export const subnetMetagraphSpec: CommandSpec = {
  path: ['subnet', 'metagraph'],
  summary: "Show a subnet's validators and miners, and what the last epoch made of them",
  description: [
    'Stake weight is alpha and weighted root stake, which is what counts in the consensus. Trust is how much of the weights of a validator the consensus accepted. Consensus and incentive are what validators agree that a miner is worth and what it was paid; dividends are what validators earned.',
    'Where a subnet has several incentive mechanisms, incentive and updates are those of the first.',
  ],
  examples: [
    { command: 'tao subnet metagraph 4 --network dev', note: 'by uid' },
    {
      command: 'tao subnet metagraph 4 --sort dividends --limit 5 --network dev --json',
      note: 'the five validators that earned most, exact to the rao',
    },
  ],
  arguments: [{ name: 'netuid', summary: 'Subnet; 0 is root', required: true }],
  options: [
    {
      name: 'sort',
      value: 'FIGURE',
      summary: 'Order, largest first; trust is validator trust',
      choices: [...NEURON_ORDERS],
      defaultText: 'uid, ascending',
    },
    { name: 'limit', value: 'N', summary: 'Show at most N', defaultText: 'all' },
  ],
  groups: ['network'],
  fields: [
    { name: 'block', type: 'object', summary: 'Block all figures belong to: number and hash' },
    { name: 'netuid', type: 'integer', summary: 'Subnet' },
    { name: 'name', type: 'string', summary: 'Name from the chain' },
    { name: 'registered', type: 'integer', summary: 'Hotkeys in all, before --limit' },
    { name: 'neurons[].uid', type: 'integer', summary: 'Seat' },
    { name: 'neurons[].hotkey', type: 'string', summary: 'Hotkey on it' },
    { name: 'neurons[].coldkey', type: 'string', summary: 'Its owner; null without one' },
    { name: 'neurons[].name', type: 'string', summary: 'Name from the chain, or empty' },
    { name: 'neurons[].stakeWeight', type: 'alpha', summary: 'What counts in the consensus' },
    { name: 'neurons[].alphaStake', type: 'alpha', summary: 'Alpha on it' },
    { name: 'neurons[].rootStake', type: 'tao', summary: 'TAO on it on root' },
    u16('trustU16', 'Trust in a miner, which newer runtimes report as 0; null without it'),
    u16('validatorTrustU16', "How much of a validator's weights the consensus accepted"),
    u16('consensusU16', 'What the majority of stake grants it at most'),
    u16('incentiveU16', "Part of the miners' emission"),
    u16('dividendsU16', "Part of the validators' emission"),
    { name: 'neurons[].emission', type: 'alpha', summary: 'Alpha of the last epoch' },
    { name: 'neurons[].lastUpdateBlock', type: 'integer', summary: 'Block of its newest weights' },
    { name: 'neurons[].hasPermit', type: 'boolean', summary: 'Whether it may validate' },
  ],
  effect: 'reads',
  schema: 'subnet.metagraph/1',
  load: async () => (await import('./metagraph.ts')).subnetMetagraph,
};
