/** Steps of tests about calls that somebody hands over, on a tool of their own. */
import { expect } from 'vitest';
import type { DevTool } from './dev-tool.ts';

export type Steps = ReturnType<typeof createSteps>;

export function createSteps(tool: DevTool) {
  let files = 0;
  const done = async (...args: readonly string[]) => {
    const [exit, document] = await tool.json(args);
    expect([exit, document.error]).toEqual([0, undefined]);
    return document.data;
  };
  return {
    done,
    /** Exit code, error code, and the flag that would confirm. */
    refused: async (...args: readonly string[]) => {
      const [exit, { error }] = await tool.json(args);
      return [exit, error?.code, error?.data.flag];
    },
    /** A file with the plan of a command of //Alice. */
    plan: async (...args: readonly string[]): Promise<string> => {
      files += 1;
      const path = `/plan-${files}.json`;
      await done(...args, '--wallet', '//Alice', '--unsigned-out', path);
      return path;
    },
    freeOf: async (account: string): Promise<string> =>
      (await done('wallet', 'balance', account)).accounts[0].free.tao,
  };
}

export function send(to: string, amount = '1'): readonly string[] {
  return ['wallet', 'transfer', '--to', to, '--amount', amount];
}
