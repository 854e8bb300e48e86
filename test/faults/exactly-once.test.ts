/**
 * Random runs under random faults against one dev chain. However a run ends, each intent is done
 * exactly once or reported as not done, and the journal has every extrinsic of the chain.
 * FAULT_RUNS sets how many runs there are, FAULT_SEED which ones.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_LISTED } from '../../src/ledger/journal.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import type { TxRecord } from '../../src/ledger/types.ts';
import { realClock } from '../helpers/real-clock.ts';
import { createDraws } from './draws.ts';
import { explain, readStanding, type Standing } from './explain.ts';
import { ADDRESSES, COLDKEYS, drawIntent, HOTKEYS, NETUIDS, PROXY } from './intents.ts';
import { MEASURED, ownFolder, runBin } from './kill-bin.ts';
import { reconcile, type Settled } from './reconcile.ts';
import { runInWorld } from './run-in-world.ts';
import { type Fault, KILLED, RANDOM_FAULTS, runWithFault } from './run-with-fault.ts';
import { resumeAll, settle } from './settle.ts';
import { createWorld, type World } from './world.ts';

const RUNS = Number(process.env.FAULT_RUNS ?? 1_000);
const SEED = Number(process.env.FAULT_SEED ?? 20_261_122);
/** Share of the runs that are real processes, killed. */
const KILLED_PERCENT = 5;
/** Index of the intents that measure how long the built bin takes. */
const MEASURED_INDEX = 1_000_000;

let world: World;
let before: Standing;
beforeAll(async () => {
  world = await createWorld();
  await prepare();
  before = await readStanding(world, ADDRESSES);
});
afterAll(() => world.close());

/** Stake to move for each coldkey, and the proxy. */
async function prepare(): Promise<void> {
  const succeed = async (argv: readonly string[]): Promise<void> => {
    const ran = await runInWorld(world, argv);
    if (ran.kind !== 'ended' || ran.exitCode !== 0) throw new Error(JSON.stringify(ran));
  };
  for (const wallet of ['//Eve', ...COLDKEYS]) {
    const tao = wallet === '//Eve' ? 400 : 1_000;
    const items = HOTKEYS.flatMap((hotkey) =>
      NETUIDS.flatMap((netuid) => ['--to', `${hotkey}:${netuid}=${tao}`]),
    );
    await succeed(['stake', 'add', ...items, '--wallet', wallet, '--tolerance', '40', '--yes']);
  }
  await succeed(['proxy', 'add', PROXY, '--type', 'Staking', '--wallet', '//Alice', '--yes']);
}

/** Everything in the journal of a place. */
async function readRecords({ home, chain }: World): Promise<readonly TxRecord[]> {
  const { genesisHash } = chain;
  const ledger = await openLedger({ folder: `${home}/data`, genesisHash, clock: realClock });
  const records = ledger.journal.list({ limit: MAX_LISTED });
  ledger.close();
  return records;
}

describe(`${RUNS} random runs under faults, seed ${SEED}`, () => {
  it('do each intent exactly once, or say that it was not done', async () => {
    const draws = createDraws(SEED);
    const counts = new Map<Fault, number>();
    const settled: Settled[] = [];
    const defects: string[] = [];
    const measured = ownFolder(world, MEASURED);
    await runBin(measured, drawIntent(draws, MEASURED_INDEX).argv);
    const binMs = await runBin(measured, drawIntent(draws, MEASURED_INDEX + 1).argv);
    const places = [world, measured];
    for (let run = 0; run < RUNS; run += 1) {
      const fault = draws.chance(KILLED_PERCENT) ? KILLED : draws.pick(RANDOM_FAULTS);
      counts.set(fault, (counts.get(fault) ?? 0) + 1);
      try {
        const how = { fault, index: run * 2, draws, binMs };
        const { intents, place } = await runWithFault(world, how);
        if (place !== world) places.push(place);
        for (const intent of intents) {
          settled.push({ intent, fault, verdict: await settle(place, intent, draws) });
        }
      } catch (error) {
        defects.push(`run ${run}, ${fault}: ${(error as Error).message}`);
      }
    }
    for (const place of places) {
      await resumeAll(place).catch((error: Error) => defects.push(`at the end: ${error.message}`));
    }
    const records = (await Promise.all(places.map(readRecords))).flat();
    const { done, partly, notDone, differences } = reconcile(records, world.executed, settled);
    const unexplained = await explain(world, records, before);
    const lines = [
      `${RUNS} runs, seed ${SEED}: ${settled.length} intents, ${done} done once, ` +
        `${partly} done in part and reported so, ${notDone} reported as not done`,
      `  ${differences.length} differences between chain and journal, ` +
        `${unexplained.length} balances or stakes not explained; ` +
        `${world.executed.length} extrinsics in ${world.head()} blocks`,
      ...[...counts].map(([fault, count]) => `  ${fault}: ${count}`),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    expect([...defects, ...differences, ...unexplained]).toEqual([]);
  }, 1_200_000);
});
