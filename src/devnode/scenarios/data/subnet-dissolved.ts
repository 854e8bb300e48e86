/** A subnet is taken from the chain. Data only. */
import type { Scenario } from '../scenario.ts';

export const subnetDissolved: Scenario = {
  name: 'subnet-dissolved',
  summary: 'Subnet 8 is dissolved: its pool’s TAO goes to those who hold its alpha',
  expect:
    'The position disappears and its part of the pool’s TAO arrives as free balance, without a ' +
    'swap, fee or price impact. That part is not the spot value: it is the pool’s TAO over all ' +
    'alpha outside the pool. Stake on other subnets is not touched.',
  epochs: 12,
  delegators: [
    { label: 'Ada', account: '//Delegator1', validator: 'Basalt', netuid: 8, tao: 100n },
    { label: 'Bea', account: '//Delegator2', validator: 'Basalt', netuid: 64, tao: 100n },
  ],
  watch: { validators: [{ name: 'Basalt', netuid: 64 }], subnets: [8, 64] },
  steps: [{ epoch: 6, text: 'Subnet 8 is dissolved.', step: { kind: 'dissolve', netuid: 8 } }],
  phases: [
    { name: 'before', from: 4, to: 6 },
    { name: 'after', from: 8, to: 12 },
  ],
  observations: [
    {
      text: 'Ada’s position is gone',
      left: { figure: 'Ada alpha', phase: 'after' },
      is: 'about',
      right: 0,
      within: 0,
    },
    {
      text: 'Her free balance rises by more than half of what she staked',
      left: { figure: 'Ada free', phase: 'after' },
      is: 'above',
      right: 450,
    },
    {
      text: 'And by less than the spot value she had: others hold more alpha than the pool',
      left: { figure: 'Ada free', phase: 'after' },
      is: 'below',
      right: 500,
    },
    {
      text: 'Bea, on subnet 64, earns alpha as before',
      left: { figure: 'Bea earned', phase: 'after' },
      is: 'about',
      right: { figure: 'Bea earned', phase: 'before' },
      within: 0.2,
    },
  ],
};
