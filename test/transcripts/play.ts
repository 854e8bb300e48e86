/** Plays an operation on a fresh embedded chain and writes what was seen as a document. */
import { cpSync, rmSync } from 'node:fs';
import { createDevTool, type DevTool } from '../helpers/dev-tool.ts';
import { START_MS } from '../helpers/fixed-clock.ts';
import { writeDocument } from './document.ts';
import type { Operation, Scene } from './operation.ts';
import { scenesOf } from './scenes.ts';

export type Seen = {
  readonly line: string;
  readonly exitCode: number;
  /** As on a terminal: both streams in the order in which they were written. */
  readonly screen: string;
  readonly stdout: string;
  readonly stderr: string;
};

export type Played = { readonly scene: Scene; readonly seen: readonly Seen[] };

/** Every scene begins from the same chain. Throws when what comes before them goes wrong. */
export async function playOperation(operation: Operation): Promise<string> {
  const tool = createDevTool({ nowMs: () => START_MS });
  const saved = `${tool.path}-saved`;
  try {
    const env = { TAO_WALLET: operation.wallet };
    for (const line of ['dev status', ...(operation.before ?? [])]) {
      const { exitCode, stderr } = await tool.run(words(line), { env });
      if (exitCode !== 0) throw new Error(`${line}: ${stderr}`);
    }
    cpSync(tool.path, saved, { recursive: true });
    const played: Played[] = [];
    for (const scene of scenesOf(operation)) {
      rmSync(tool.path, { recursive: true });
      cpSync(saved, tool.path, { recursive: true });
      played.push({ scene, seen: await playScene(tool, scene, env) });
    }
    return writeDocument(operation, played).replaceAll(tool.path, '/home/ada/.taostake');
  } finally {
    tool.remove();
    rmSync(saved, { recursive: true, force: true });
  }
}

async function playScene(
  tool: DevTool,
  scene: Scene,
  env: Readonly<Record<string, string>>,
): Promise<readonly Seen[]> {
  const { line, on, answers, adapt, after = [] } = scene;
  const terminal = on === 'terminal' ? 'all' : 'none';
  const seen: Seen[] = [];
  const first = { ...(answers && { answers }), ...(adapt && { adapt }) };
  for (const [index, typed] of [line, ...after.map((next) => next.line)].entries()) {
    const script = { env, terminal, ...(index === 0 ? first : {}) } as const;
    const run = await tool.run(words(typed), script);
    const { exitCode, stdout, stderr } = run;
    if (exitCode === 1) throw new Error(`A defect: tao ${typed}\n${stderr}`);
    seen.push({ line: typed, exitCode, stdout, stderr, screen: run.platform.streams.screen() });
  }
  return seen;
}

function words(line: string): readonly string[] {
  return line.split(' ');
}
