/** A large delegator leaves a subnet at once. Data only. */
import type { Scenario } from '../scenario.ts';

export const whaleExit: Scenario = {
  name: 'whale-exit',
  summary: 'A delegator with 90,000 TAO sells everything it has on subnet 8 in one transaction',
  expect:
    'The price of the subnet’s alpha falls at once, and with it the value of everybody’s stake ' +
    'in TAO. The alpha itself is not touched, and those who stay earn it at a higher rate, ' +
    'because the emission is shared by less stake.',
  epochs: 16,
  delegators: [
    { label: 'Whale', account: '//Charlie', validator: 'Basalt', netuid: 8, tao: 90_000n },
    { label: 'Ada', account: '//Delegator1', validator: 'Basalt', netuid: 8, tao: 100n },
    { label: 'Bea', account: '//Delegator2', validator: 'Aurora', netuid: 8, tao: 100n },
  ],
  watch: {
    validators: [
      { name: 'Basalt', netuid: 8 },
      { name: 'Aurora', netuid: 8 },
    ],
    subnets: [8],
  },
  steps: [
    {
      epoch: 8,
      text: 'The whale unstakes everything.',
      step: { kind: 'unstake-all', delegator: 'Whale' },
    },
  ],
  phases: [
    { name: 'before', from: 5, to: 8 },
    { name: 'after', from: 10, to: 16 },
  ],
  observations: [
    {
      text: 'The price falls by more than a tenth',
      left: { figure: 'subnet 8 price', phase: 'after' },
      is: 'below',
      right: { figure: 'subnet 8 price', phase: 'before' },
      times: 0.9,
    },
    {
      text: 'The value of Ada’s stake in TAO falls with it',
      left: { figure: 'Ada value', phase: 'after' },
      is: 'below',
      right: { figure: 'Ada value', phase: 'before' },
    },
    {
      text: 'Ada’s alpha has only grown',
      left: { figure: 'Ada alpha', phase: 'after' },
      is: 'above',
      right: { figure: 'Ada alpha', phase: 'before' },
    },
    {
      text: 'Bea, with another validator, earns at a higher rate than before',
      left: { figure: 'Bea rate', phase: 'after' },
      is: 'above',
      right: { figure: 'Bea rate', phase: 'before' },
    },
    {
      text: 'Basalt’s part of the dividends falls',
      left: { figure: 'Basalt dividends', phase: 'after' },
      is: 'below',
      right: { figure: 'Basalt dividends', phase: 'before' },
    },
  ],
};
