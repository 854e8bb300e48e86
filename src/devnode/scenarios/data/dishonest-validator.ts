/** A validator begins to favour a miner of its own. Data only. */
import type { Scenario } from '../scenario.ts';

const NINE_PERCENT = 5_898;

export const dishonestValidator: Scenario = {
  name: 'dishonest-validator',
  summary: 'Ember gives nearly all its weight to one bad miner; Basalt stays honest',
  expect:
    'Consensus clips Ember’s weights to what the majority of stake thinks: its trust and its ' +
    'dividends fall, its delegators earn less than those of an honest validator with the same ' +
    'take, and the favoured miner gets far less than Ember’s weight alone would give it.',
  epochs: 30,
  delegators: [
    { label: 'Honest', account: '//Delegator1', validator: 'Basalt', netuid: 64, tao: 100n },
    { label: 'Betrayed', account: '//Delegator2', validator: 'Ember', netuid: 64, tao: 100n },
  ],
  watch: {
    validators: [
      { name: 'Basalt', netuid: 64 },
      { name: 'Ember', netuid: 64 },
    ],
    subnets: [64],
  },
  steps: [
    {
      epoch: 0,
      text: 'Ember lowers its take to that of Basalt, 9 %.',
      step: { kind: 'take', validator: 'Ember', takeU16: NINE_PERCENT },
    },
    {
      epoch: 14,
      text: 'Ember begins to favour the miner that earns least.',
      step: { kind: 'conduct', validator: 'Ember', netuid: 64, conduct: 'dishonest' },
    },
  ],
  phases: [
    { name: 'before', from: 7, to: 14 },
    { name: 'after', from: 19, to: 30 },
  ],
  observations: [
    {
      text: 'Ember’s trust falls to less than half',
      left: { figure: 'Ember trust', phase: 'after' },
      is: 'below',
      right: { figure: 'Ember trust', phase: 'before' },
      times: 0.5,
    },
    {
      text: 'Basalt’s trust does not',
      left: { figure: 'Basalt trust', phase: 'after' },
      is: 'above',
      right: { figure: 'Basalt trust', phase: 'before' },
      times: 0.9,
    },
    {
      text: 'Ember’s dividends fall by more than a fifth',
      left: { figure: 'Ember dividends', phase: 'after' },
      is: 'below',
      right: { figure: 'Ember dividends', phase: 'before' },
      times: 0.8,
    },
    {
      text: 'Before, both delegators earn at about the same rate',
      left: { figure: 'Betrayed rate', phase: 'before' },
      is: 'about',
      right: { figure: 'Honest rate', phase: 'before' },
      within: 0.25,
    },
    {
      text: 'After, Ember’s delegator earns less than Basalt’s by more than a fifth',
      left: { figure: 'Betrayed rate', phase: 'after' },
      is: 'below',
      right: { figure: 'Honest rate', phase: 'after' },
      times: 0.8,
    },
    {
      text: 'The favoured miner gets less than half of what it would get without clipping',
      left: { figure: 'subnet 64 crony share', phase: 'after' },
      is: 'below',
      right: { figure: 'subnet 64 crony share without clipping', phase: 'after' },
      times: 0.5,
    },
    {
      text: 'And less than half of Ember’s share of the stake weight',
      left: { figure: 'subnet 64 crony share', phase: 'after' },
      is: 'below',
      right: { figure: 'Ember stake share', phase: 'after' },
      times: 0.5,
    },
    {
      text: 'Basalt’s delegator earns no less than before',
      left: { figure: 'Honest rate', phase: 'after' },
      is: 'above',
      right: { figure: 'Honest rate', phase: 'before' },
      times: 0.95,
    },
    {
      text: 'The answers that users get do not become worse',
      left: { figure: 'subnet 64 routed quality', phase: 'after' },
      is: 'above',
      right: { figure: 'subnet 64 routed quality', phase: 'before' },
      times: 0.97,
    },
  ],
};
