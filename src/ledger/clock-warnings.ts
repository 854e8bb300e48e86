/** Whether this machine's clock can be right, by what it wrote before. */
import type { Ledger } from './types.ts';

/** Clocks are never quite alike. */
const CLOCK_SLACK_MS = 60_000;

/** A word when a record of this machine is of a later time than now: the clock was set back. */
export function clockWarnings(ledger: Ledger, nowMs: number): readonly string[] {
  const atMs = ledger.newestStepMs();
  if (atMs === undefined || atMs <= nowMs + CLOCK_SLACK_MS) return [];
  const minutes = Math.ceil((atMs - nowMs) / 60_000);
  return [
    `The clock of this machine is ${minutes} minutes behind its newest record. Nothing is lost: records keep the order in which they were made. Set the clock right.`,
  ];
}
