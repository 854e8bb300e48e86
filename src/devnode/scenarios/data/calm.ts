/** Nothing happens but work and competition. Data only. */
import type { Scenario } from '../scenario.ts';

const LATE = { phase: 'late' } as const;

export const calm: Scenario = {
  name: 'calm',
  summary: 'Nothing happens but work: miners compete, validators judge, delegators earn',
  expect:
    'Stake earns alpha every epoch at a steady rate, less the validator’s take. What users get ' +
    'from the routed miners is better than any single miner, and becomes better still.',
  epochs: 40,
  delegators: [
    { label: 'Ada', account: '//Delegator1', validator: 'Basalt', netuid: 64, tao: 100n },
    { label: 'Bea', account: '//Delegator2', validator: 'Dunlin', netuid: 64, tao: 100n },
  ],
  watch: { validators: [{ name: 'Basalt', netuid: 64 }], subnets: [64] },
  steps: [],
  phases: [
    { name: 'early', from: 1, to: 10 },
    { name: 'late', from: 31, to: 40 },
    { name: 'whole', from: 1, to: 40 },
  ],
  observations: [
    {
      text: 'Routed answers are better than those of the best single miner',
      left: { figure: 'subnet 64 routed quality', phase: 'whole' },
      is: 'above',
      right: { figure: 'subnet 64 best single quality', phase: 'whole' },
    },
    {
      text: 'They become better over the epochs',
      left: { figure: 'subnet 64 routed quality', ...LATE },
      is: 'above',
      right: { figure: 'subnet 64 routed quality', phase: 'early' },
    },
    {
      text: 'Ada earns every epoch',
      left: { figure: 'Ada earned', ...LATE },
      is: 'above',
      right: 0,
    },
    {
      text: 'Bea, whose validator takes nothing, earns at a higher rate than Ada',
      left: { figure: 'Bea rate', phase: 'whole' },
      is: 'above',
      right: { figure: 'Ada rate', phase: 'whole' },
    },
  ],
};
