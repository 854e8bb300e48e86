import { describe, expect, it } from 'vitest';
import type { CommandSpec } from '../spec.ts';
import { createCompletionTree } from './completion-tree.ts';

const base = {
  examples: [],
  fields: [],
  schema: 'x/1',
  effect: 'reads',
  load: () => Promise.reject(new Error('Completion must not load a body.')),
} as const;

const specs: readonly CommandSpec[] = [
  { ...base, path: ['wallet', 'list'], summary: 'List wallets' },
  { ...base, path: ['wallet', 'hotkey', 'create'], summary: 'Create a hotkey' },
  { ...base, path: ['wallet', 'hotkey', 'list'], summary: 'List hotkeys' },
  { ...base, path: ['unstake'], summary: 'Unstake' },
  { ...base, path: ['unstake', 'all'], summary: 'Unstake all' },
];

const tree = createCompletionTree(specs);
const at = (path: string) => tree.find((place) => place.path.join(' ') === path);
const words = (path: string) => at(path)?.children.map(({ word }) => word);

describe('the completion tree', () => {
  it('has a place for the tool, every noun of any depth and every command, each once', () => {
    expect(tree.map(({ path }) => path.join(' '))).toEqual([
      '',
      'wallet',
      'wallet list',
      'wallet hotkey',
      'wallet hotkey create',
      'wallet hotkey list',
      'unstake',
      'unstake all',
      'help',
    ]);
  });

  it('offers each next word once, with the summary of what it names', () => {
    expect(words('')).toEqual(['wallet', 'unstake', 'help']);
    expect(at('wallet')?.children).toEqual([
      { word: 'list', summary: 'List wallets' },
      { word: 'hotkey', summary: 'Create, import and list hotkeys' },
    ]);
    expect(words('wallet hotkey')).toEqual(['create', 'list']);
    expect(words('unstake')).toEqual(['all']);
    expect(words('wallet hotkey list')).toEqual([]);
  });
});
