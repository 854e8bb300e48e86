/** The completion script of a shell. Loads no command, no chain and no store. */
import type { CommandSpec } from '../spec.ts';
import { bashScript } from './bash.ts';
import { createCompletionTree } from './completion-tree.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

export type CompletionShell = 'bash' | 'zsh' | 'fish';

const WRITERS = { bash: bashScript, zsh: zshScript, fish: fishScript };

export function completionScript(shell: CompletionShell, specs: readonly CommandSpec[]): string {
  return WRITERS[shell](createCompletionTree(specs));
}
