/** Spec of `tao demo`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';

export const demoSpec: CommandSpec = {
  path: ['demo'],
  summary: 'Play the main job through on the embedded chain, without network or questions',
  description: [
    'In a temporary folder: makes a wallet, funds it, stakes on a subnet and on root, lets tempos pass,',
    'and shows what was earned beside what was estimated. Prints every command it runs.',
  ],
  examples: [{ command: 'tao demo', note: 'takes some seconds; leaves nothing behind' }],
  options: [{ name: 'keep', summary: 'Keep the temporary folder, to go on from there' }],
  fields: [
    { name: 'commands', type: 'list', summary: 'Command lines that were run, in order' },
    { name: 'estimate', type: 'object', summary: 'What rewards estimate had said, with its range' },
    { name: 'earned', type: 'alpha', summary: 'What the subnet position earned after the take' },
    { name: 'folder', type: 'string', summary: 'The kept folder, or null' },
  ],
  effect: 'writes-local',
  schema: 'demo/1',
  load: async () => (await import('./demo.ts')).demo,
};
