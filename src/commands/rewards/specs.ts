/** Spec of `tao rewards estimate`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';
import { MAX_ESTIMATE_DAYS, MAX_RUNS, MAX_SEED, MAX_VOLATILITY_PERCENT } from './spec-limits.ts';

export const rewardsEstimateSpec: CommandSpec = {
  path: ['rewards', 'estimate'],
  summary: 'Estimate what a stake would earn, as a range',
  description: [
    "Drives Bittensor's economics forward from the chain's state: entry and exit impact, take, emission, dilution.",
    'An estimate, not a promise: the range comes from stated scenarios, and with --runs from random courses of the price.',
    'It is compared with the same TAO on root and with holding it.',
  ],
  examples: [
    {
      command: `tao rewards estimate --hotkey ${devExamples.validator} --netuid 8 --amount 100 --days 30 --network dev`,
      note: '100 TAO on subnet 8 for thirty days',
    },
    {
      command: `tao rewards estimate --hotkey ${devExamples.validator} --netuid 1 --position --days 30 --network dev --wallet //Delegator2`,
      note: 'a position that is there, against selling it now',
    },
    {
      command: `tao rewards estimate --hotkey ${devExamples.validator} --netuid 8 --amount 100 --days 30 --runs 200 --volatility 4 --seed 7 --network dev --json`,
      note: '200 random courses of a price that moves 4 % a day',
    },
  ],
  options: [
    { name: 'hotkey', value: 'ADDRESS', summary: "The validator's hotkey" },
    { name: 'netuid', value: 'NETUID', summary: 'Subnet; 0 is root' },
    { name: 'amount', value: 'TAO', summary: 'TAO to stake' },
    { name: 'position', summary: "The wallet's position there instead of an amount" },
    {
      name: 'days',
      value: 'DAYS',
      summary: `Horizon, at most ${MAX_ESTIMATE_DAYS} days; one decimal point allowed`,
    },
    {
      name: 'runs',
      value: 'N',
      summary: `Random courses of the price as well, up to ${MAX_RUNS}`,
    },
    {
      name: 'seed',
      value: 'N',
      summary: `Which random courses, 0 to ${MAX_SEED}`,
      defaultText: '1',
    },
    {
      name: 'volatility',
      value: 'PERCENT',
      summary: `How much the price moves a day (standard deviation), up to ${MAX_VOLATILITY_PERCENT}; from recorded prices when left out`,
    },
  ],
  groups: ['network', 'wallet'],
  fields: [
    {
      name: 'estimate',
      type: 'object',
      summary:
        'Method, assumptions, window, entry, exit, expected, low, high, scenarios, rates, breakEven, isPosition',
    },
    {
      name: 'estimate.alternatives',
      type: 'object',
      summary: 'hold and root: what else the TAO could do',
    },
    {
      name: 'estimate.randomRuns',
      type: 'object',
      summary:
        'With --runs: runs, seed, volatility, quantiles of alphaGain and taoGain, meanTaoGain, losses',
    },
  ],
  effect: 'reads',
  schema: 'rewards.estimate/1',
  load: async () => (await import('./estimate.ts')).rewardsEstimate,
};
