/** A validator raises its take. Data only. */
import type { Scenario } from '../scenario.ts';

const MAX_TAKE = 11_796;
/** What is left after 18 % instead of 5 %. */
const LEFT_OVER = 0.82 / 0.95;

export const takeRise: Scenario = {
  name: 'take-rise',
  summary: 'Fjord raises its take from 5 % to 18 %, the most the chain allows',
  expect:
    'From the next epoch on its delegators earn (1 − 0.18) ÷ (1 − 0.05) = 86 % of what they did, ' +
    'held against the delegators of a validator whose take did not change. Fjord’s own trust and ' +
    'dividends stay: only the split behind them changes.',
  epochs: 24,
  delegators: [
    { label: 'Ada', account: '//Delegator1', validator: 'Fjord', netuid: 64, tao: 100n },
    { label: 'Bea', account: '//Delegator2', validator: 'Basalt', netuid: 64, tao: 100n },
  ],
  watch: {
    validators: [
      { name: 'Fjord', netuid: 64 },
      { name: 'Basalt', netuid: 64 },
    ],
    subnets: [64],
  },
  steps: [
    {
      epoch: 12,
      text: 'Fjord raises its take to 18 %.',
      step: { kind: 'take', validator: 'Fjord', takeU16: MAX_TAKE },
    },
  ],
  phases: [
    { name: 'before', from: 5, to: 12 },
    { name: 'after', from: 13, to: 24 },
  ],
  observations: [
    {
      text: 'Ada earns 86 % of before, measured by what Bea earns',
      left: { figure: 'Ada rate', phase: 'after', over: 'Bea rate' },
      is: 'about',
      right: { figure: 'Ada rate', phase: 'before', over: 'Bea rate' },
      times: LEFT_OVER,
      within: 0.06,
    },
    {
      text: 'Fjord’s dividends stay about the same',
      left: { figure: 'Fjord dividends', phase: 'after' },
      is: 'about',
      right: { figure: 'Fjord dividends', phase: 'before' },
      within: 0.15,
    },
    {
      text: 'Fjord’s take is 18 %',
      left: { figure: 'Fjord take', phase: 'after' },
      is: 'about',
      right: 0.18,
      within: 0.001,
    },
  ],
};
