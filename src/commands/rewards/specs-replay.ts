/** Spec of `tao rewards replay`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';

export const rewardsReplaySpec: CommandSpec = {
  path: ['rewards', 'replay'],
  summary: 'Replay what a stake would have earned, and grade the estimate',
  description: [
    'Had you put this TAO on that validator at that block: bought from the pool as it was, grown as its stakers grew, sold to the pool as it is at the end.',
    'Prints how far the estimate made at the first block was from it. With --position, replays what you really had and compares it with the record.',
    'Needs a node that keeps old states; what it reads is recorded, and later replays rest on the ledger.',
  ],
  examples: [
    {
      command: `tao rewards replay --hotkey ${devExamples.validator} --netuid 8 --amount 10 --from 1 --against ${devExamples.otherValidator} --against ${devExamples.validator}:0 --network dev`,
      note: '10 TAO from block 1 until now, against another validator and against root',
    },
    {
      command: `tao rewards replay --hotkey ${devExamples.validator} --netuid 1 --position --from 1 --network dev --wallet //Delegator2 --json`,
      note: 'a position that was there, for a script',
    },
  ],
  options: [
    { name: 'hotkey', value: 'ADDRESS', summary: "The validator's hotkey" },
    { name: 'netuid', value: 'NETUID', summary: 'Subnet; 0 is root' },
    { name: 'amount', value: 'TAO', summary: 'TAO that would have been staked' },
    { name: 'position', summary: "The wallet's position there instead of an amount" },
    {
      name: 'from',
      value: 'WHEN',
      summary: 'A block, a day such as 2026-08-01, or a span such as 30d',
    },
    { name: 'to', value: 'WHEN', summary: 'The same; the newest block when left out' },
    {
      name: 'against',
      value: 'HOTKEY[:NETUID]',
      summary: 'Another validator to compare with; repeatable',
      repeatable: true,
    },
  ],
  groups: ['network', 'wallet'],
  fields: [
    { name: 'method', type: 'string', summary: 'What the replay rests on' },
    {
      name: 'replay',
      type: 'object',
      summary:
        'hotkey, netuid, from, to, blocks, amount, bought, held, alphaGain, rootDividends, sold, taoGain, aprPercent, course',
    },
    { name: 'against', type: 'list', summary: 'The same of each alternative' },
    { name: 'hold', type: 'object', summary: 'Holding TAO: taoGain' },
    {
      name: 'estimate',
      type: 'object',
      summary:
        'The estimate at the first block: alphaGain, taoGain, their errors in percent and whether what came was in range; or null',
    },
    {
      name: 'position',
      type: 'object',
      summary: 'With --position instead of all these: replayed, earned, difference, course',
    },
  ],
  effect: 'reads',
  schema: 'rewards.replay/1',
  load: async () => (await import('./replay.ts')).rewardsReplay,
};
