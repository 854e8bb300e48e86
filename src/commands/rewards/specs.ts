/** Specs of `tao rewards …`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';

/** Longest horizon of an estimate. */
export const MAX_ESTIMATE_DAYS = 3650;

export const rewardsEstimateSpec: CommandSpec = {
  path: ['rewards', 'estimate'],
  summary: 'Estimate what a stake would earn, as a range',
  description: [
    "Drives Bittensor's economics forward from the chain's state: entry and exit impact, take, emission, dilution.",
    'An estimate, not a promise: the range comes from stated scenarios.',
  ],
  examples: [
    {
      command: `tao rewards estimate --hotkey ${devExamples.validator} --netuid 8 --amount 100 --days 30 --network dev`,
      note: '100 TAO on subnet 8 for thirty days',
    },
  ],
  options: [
    { name: 'hotkey', value: 'ADDRESS', summary: "The validator's hotkey" },
    { name: 'netuid', value: 'NETUID', summary: 'Subnet; 0 is root' },
    { name: 'amount', value: 'TAO', summary: 'TAO to stake' },
    {
      name: 'days',
      value: 'DAYS',
      summary: `Horizon, at most ${MAX_ESTIMATE_DAYS} days; one decimal point allowed`,
    },
  ],
  groups: ['network', 'wallet'],
  fields: [
    {
      name: 'estimate',
      type: 'object',
      summary: 'Method, window, unit, expected figures and range',
    },
  ],
  effect: 'reads',
  schema: 'rewards.estimate/1',
  load: async () => (await import('./estimate.ts')).rewardsEstimate,
};
