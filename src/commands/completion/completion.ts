/** `tao completion`: the script of a shell, made from the specs. */
import { completionScript } from '../../cli/completion/completion-script.ts';
import type { CommandBody, CommandSpec } from '../../cli/spec.ts';
import { COMPLETION_SHELLS } from './specs.ts';

export function createCompletionBody(specs: readonly CommandSpec[]): CommandBody {
  return {
    run: async (_context, input) => {
      const named = input.arguments.shell?.[0];
      const shell = COMPLETION_SHELLS.find((candidate) => candidate === named) ?? 'bash';
      const script = completionScript(shell, specs);
      return {
        data: { shell, script },
        view: () =>
          script
            .trimEnd()
            .split('\n')
            .map((text) => ({ kind: 'line', text })),
      };
    },
  };
}
