/** The chain's runtime changes under a connected client. Data only. */
import type { Scenario } from '../scenario.ts';

export const runtimeUpgrade: Scenario = {
  name: 'runtime-upgrade',
  summary: 'The spec version goes from 424 to 425 while a client is connected',
  expect:
    'The client is told of the new version without asking. A transaction signed for the old ' +
    'version is refused, one signed for the new version is taken. Stake earns as before.',
  epochs: 8,
  delegators: [
    { label: 'Ada', account: '//Delegator1', validator: 'Basalt', netuid: 64, tao: 100n },
  ],
  watch: { validators: [{ name: 'Basalt', netuid: 64 }], subnets: [64] },
  hasClient: true,
  steps: [
    {
      epoch: 4,
      text: 'The runtime is upgraded to spec version 425.',
      step: { kind: 'upgrade', profile: '425' },
    },
  ],
  phases: [
    { name: 'before', from: 2, to: 4 },
    { name: 'after', from: 5, to: 8 },
  ],
  observations: [
    {
      text: 'Before, the client knows version 424',
      left: { figure: 'client was told of version', phase: 'before' },
      is: 'about',
      right: 424,
      within: 0,
    },
    {
      text: 'After, it was told of version 425',
      left: { figure: 'client was told of version', phase: 'after' },
      is: 'about',
      right: 425,
      within: 0,
    },
    {
      text: 'Before, its signatures are taken',
      left: { figure: 'client signature for first version taken', phase: 'before' },
      is: 'about',
      right: 1,
      within: 0,
    },
    {
      text: 'After, those for version 424 are refused',
      left: { figure: 'client signature for first version taken', phase: 'after' },
      is: 'about',
      right: 0,
      within: 0,
    },
    {
      text: 'And those for version 425 taken',
      left: { figure: 'client signature for newest version taken', phase: 'after' },
      is: 'about',
      right: 1,
      within: 0,
    },
    {
      text: 'Ada earns as before',
      left: { figure: 'Ada earned', phase: 'after' },
      is: 'about',
      right: { figure: 'Ada earned', phase: 'before' },
      within: 0.15,
    },
  ],
};
