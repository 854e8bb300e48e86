/** Brings an intent to its end as a person would: the same command again, or `tx resume`. */
import type { Draws } from './draws.ts';
import { ERA_BLOCKS, type FaultIntent } from './intents.ts';
import { type Ran, runInWorld } from './run-in-world.ts';
import type { World } from './world.ts';

/** What the tool says in the end. */
export type Verdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'not done'; readonly code: string }
  /** Nobody asked for it again after `tx resume`. */
  | { readonly kind: 'left to the journal' };

/** Every try ends the era of what was signed before it. */
const MOST_TRIES = 12;
const OUTCOME_UNKNOWN = 8;
const NETWORK = 5;
const INTERRUPTED = 130;

export async function settle(world: World, intent: FaultIntent, draws: Draws): Promise<Verdict> {
  if (draws.chance(30)) await world.makeBlocks(ERA_BLOCKS + 2);
  if (draws.chance(30)) {
    await resumeAll(world);
    return { kind: 'left to the journal' };
  }
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const ran = await runInWorld(world, intent.argv);
    const verdict = judge(ran);
    if (verdict !== undefined) return verdict;
    await world.makeBlocks(ERA_BLOCKS / 2);
  }
  throw new Error(`${intent.requestId} is not settled after ${MOST_TRIES} tries`);
}

/** `tx resume` until nothing is open. */
export async function resumeAll(world: World): Promise<void> {
  let last: Ran | undefined;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    last = await runInWorld(world, ['tx', 'resume', '--timeout', '20']);
    if (last.kind === 'ended' && last.exitCode === 0) return;
    if (last.kind === 'ended') assertNoDefect(last);
    await world.makeBlocks(ERA_BLOCKS / 2);
  }
  throw new Error(`tx resume came to no end in ${MOST_TRIES} tries: ${JSON.stringify(last)}`);
}

/** Undefined: it is not settled yet. */
export function judge(ran: Ran): Verdict | undefined {
  if (ran.kind === 'died') return undefined;
  assertNoDefect(ran);
  const { exitCode, document } = ran;
  if (document.ok === true) return { kind: 'done' };
  if (exitCode === OUTCOME_UNKNOWN || exitCode === NETWORK) return undefined;
  return { kind: 'not done', code: document.error.code };
}

/** Who is told that a repeat is safe may do so without a request id: nothing may be under way. */
export async function assertSafe(
  world: World,
  ran: Ran,
  { requestId }: FaultIntent,
): Promise<void> {
  if (ran.kind === 'died' || ran.document.ok === true) return;
  const { error } = ran.document;
  if (error.retry !== 'safe' && error.exitCode !== NETWORK && error.exitCode !== INTERRUPTED)
    return;
  const look = await runInWorld(world, ['tx', 'list']);
  if (look.kind === 'died' || look.document.ok !== true) throw new Error('tx list failed');
  const open = (look.document.data.transactions as Listed[]).filter(
    (one) => one.requestId === requestId && UNSETTLED.includes(one.state),
  );
  if (open.length > 0 && error.code !== 'TX_NOT_SENT') {
    throw new Error(`${error.code} says that a repeat is safe, and ${open[0]?.state} is open`);
  }
}

type Listed = { readonly requestId: string | null; readonly state: string };
const UNSETTLED: readonly string[] = ['signed', 'broadcast'];

/** An unexpected error is a defect, whatever the chain did. */
export function assertNoDefect(ran: Extract<Ran, { readonly kind: 'ended' }>): void {
  if (ran.exitCode === 1) throw new Error(`a defect: ${JSON.stringify(ran.document.error)}`);
}
