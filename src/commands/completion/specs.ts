/** Spec of `tao completion`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';

export const COMPLETION_SHELLS = ['bash', 'zsh', 'fish'] as const;

export const completionSpec: CommandSpec = {
  path: ['completion'],
  summary: 'Print the completion script of a shell',
  description: [
    'The script is complete in itself: completing runs nothing of this tool and asks no network.',
  ],
  examples: [
    {
      command: 'tao completion bash > ~/.local/share/bash-completion/completions/tao',
      note: 'bash',
    },
    { command: 'tao completion zsh > "$fpath[1]/_tao"', note: 'zsh' },
    { command: 'tao completion fish > ~/.config/fish/completions/tao.fish', note: 'fish' },
  ],
  arguments: [{ name: 'shell', summary: 'Shell', required: true, choices: COMPLETION_SHELLS }],
  fields: [
    { name: 'shell', type: 'string', summary: 'Shell' },
    { name: 'script', type: 'string', summary: 'The script' },
  ],
  effect: 'reads',
  schema: 'completion/1',
  load: async () => {
    const { createCompletionBody } = await import('./completion.ts');
    // The list this spec stands in: the script is made from all of them.
    const { specs } = await import('../specs.ts');
    return createCompletionBody(specs);
  },
};
