/** One random run: an intent, or two of one coldkey, under one fault. */
import type { Draws } from './draws.ts';
import { COLDKEYS, drawIntent, type FaultIntent } from './intents.ts';
import { ownFolder, runBin } from './kill-bin.ts';
import { runInWorld } from './run-in-world.ts';
import { assertSafe, judge } from './settle.ts';
import { WIRE_FAULTS, type WireFault, withFault } from './wires.ts';
import type { World } from './world.ts';

export const KILLED = 'killed with SIGKILL';
export const OTHER_FAULTS = [
  'none',
  'dies at any moment',
  'dies after its record',
  'started twice at once',
  'two intents at once',
  'resumed meanwhile',
  'in no block in time',
  'lost from the pool',
] as const;
export type Fault = WireFault | (typeof OTHER_FAULTS)[number] | typeof KILLED;

/** Dying is what has the most moments to happen in: it is drawn more often. */
export const RANDOM_FAULTS: readonly Fault[] = [
  ...WIRE_FAULTS,
  ...OTHER_FAULTS,
  'dies at any moment',
  'dies after its record',
  'dies after its record',
  'two intents at once',
];

/** Uses of the world of a whole run, and of one from its first record on; about. */
const USES = { start: 130, record: 45 } as const;

/** The intents, and the world with the folder that their journal is in. */
export async function runWithFault(
  world: World,
  how: {
    readonly fault: Fault;
    readonly index: number;
    readonly draws: Draws;
    /** How long a run of the built bin takes, milliseconds. */
    readonly binMs: number;
  },
): Promise<{ readonly intents: readonly FaultIntent[]; readonly place: World }> {
  const place = how.fault === KILLED ? ownFolder(world, `killed-${how.index}`) : world;
  return { intents: await runIntents(place, how), place };
}

type How = Parameters<typeof runWithFault>[1];

async function runIntents(world: World, how: How): Promise<readonly FaultIntent[]> {
  const { fault, index, draws, binMs } = how;
  const { clock } = world;
  const coldkey = draws.pick(COLDKEYS);
  const intent = drawIntent(draws, index, coldkey);
  const run = async (script: Parameters<typeof runInWorld>[2] = {}, one = intent) => {
    const ran = await runInWorld(world, one.argv, script);
    judge(ran);
    await assertSafe(world, ran, one);
  };
  switch (fault) {
    case 'none':
      await run();
      return [intent];
    case KILLED:
      await runBin(world, intent.argv, binMs * (0.2 + draws.below(90) / 100));
      return [intent];
    case 'dies at any moment':
      await run({ dies: { since: 'start', uses: draws.below(USES.start) } });
      return [intent];
    case 'dies after its record':
      await run({ dies: { since: 'record', uses: draws.below(USES.record * 2) / 2 } });
      return [intent];
    case 'started twice at once':
      await Promise.all([run(), run()]);
      return [intent];
    case 'two intents at once': {
      const other = drawIntent(draws, index + 1, coldkey);
      await Promise.all([run(), run({}, other)]);
      return [intent, other];
    }
    case 'resumed meanwhile': {
      const running = run();
      for (let tries = 0; tries < 3; tries += 1) {
        await clock.sleep(draws.below(3_000));
        judge(await runInWorld(world, ['tx', 'resume', '--timeout', '20']));
      }
      await running;
      return [intent];
    }
    case 'in no block in time':
    case 'lost from the pool':
      world.setHolding(true);
      await run();
      if (fault === 'lost from the pool') await world.rpc.request('dev_dropPending', []);
      world.setHolding(false);
      return [intent];
    default:
      await run({ wire: (channel) => withFault(channel, fault, { clock, draws }) });
      return [intent];
  }
}
