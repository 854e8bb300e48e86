/** The emission of TAO halves. Data only. */
import type { Scenario } from '../scenario.ts';

export const halving: Scenario = {
  name: 'halving',
  summary: 'The issuance of TAO reaches 15.75 million: a block emits half as much TAO',
  expect:
    'TAO flows into the pools at half the rate. Alpha earned per epoch stays, because every ' +
    'subnet halves its alpha by its own issuance; what may suffer is the price of that alpha.',
  epochs: 16,
  delegators: [
    { label: 'Ada', account: '//Delegator1', validator: 'Basalt', netuid: 64, tao: 100n },
  ],
  watch: { validators: [{ name: 'Basalt', netuid: 64 }], subnets: [64] },
  steps: [
    {
      epoch: 7,
      text: 'The issuance is raised to half an epoch before the halving.',
      step: { kind: 'near-halving', blocks: 180 },
    },
  ],
  phases: [
    { name: 'before', from: 3, to: 7 },
    { name: 'after', from: 9, to: 16 },
  ],
  observations: [
    {
      text: 'A block emits half the TAO',
      left: { figure: 'chain emission', phase: 'after' },
      is: 'about',
      right: { figure: 'chain emission', phase: 'before' },
      times: 0.5,
      within: 0,
    },
    {
      text: 'The pool of subnet 64 receives half the TAO a block',
      left: { figure: 'subnet 64 TAO in', phase: 'after' },
      is: 'about',
      right: { figure: 'subnet 64 TAO in', phase: 'before' },
      times: 0.5,
      within: 0.1,
    },
    {
      text: 'Ada earns as much alpha as before',
      left: { figure: 'Ada earned', phase: 'after' },
      is: 'about',
      right: { figure: 'Ada earned', phase: 'before' },
      within: 0.15,
    },
  ],
};
