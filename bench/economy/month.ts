/**
 * Prints what a fast-forward of 30 days costs, each case in a process of its own so that its peak
 * memory is its own: the target, the curve over subnets and weights, and threads.
 */
import { fork } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bareMonth } from './bare.ts';
import type { MonthCase, MonthResult } from './month-case.ts';

const MONTH_BLOCKS = 216_000;
const CURVE_BLOCKS = 36_000;
const TARGET_SECONDS = 20;
const TARGET_MB = 300;
const FULL = { subnets: 128, validators: 64, links: 192 } as const;

/** Runs and prints everything. */
export async function runMonth(): Promise<void> {
  const month = await measure({ ...FULL, blocks: MONTH_BLOCKS, threads: 'none' });
  const seconds = month.cpuMs / 1e3;
  const verdict = (value: number, target: number): string => (value <= target ? 'met' : 'missed');
  console.log('fast-forward, 128 subnets of 64 validators x 192 miners, 30 days, one core:');
  console.log(
    `  ${seconds.toFixed(1)} s of CPU, target ${TARGET_SECONDS} s: ` +
      `${verdict(seconds, TARGET_SECONDS)}; ${ratioToBare(month)} x bare`,
  );
  console.log(
    `  peak memory ${month.peakMb.toFixed(0)} MB, target ${TARGET_MB} MB: ` +
      `${verdict(month.peakMb, TARGET_MB)}; ${month.stateMb.toFixed(0)} MB of it before the start`,
  );
  console.log(`  ${month.epochs} epochs paid, ${month.epochsRun} of them computed`);
  const exact = month.exactBlockMs * MONTH_BLOCKS;
  console.log(
    `  the exact machine takes ${month.exactBlockMs.toFixed(2)} ms a block, so ` +
      `${(exact / 1e3).toFixed(0)} s: ${(exact / month.cpuMs).toFixed(0)} x as long`,
  );
  await printCurves();
  await printThreads(month);
}

/** Start-up is in every case, so the last column is what each further unit cost. */
async function printCurves(): Promise<void> {
  console.log('cost over subnets, 100 tempos: subnets, CPU, x bare, per further subnet');
  await printCurve([16, 32, 64, 128], (subnets) => ({ ...FULL, subnets }));
  console.log('cost over weights, every epoch run: non-zeros a subnet, CPU, x bare, per further');
  await printCurve([768, 3_072, 6_144, 12_288], (links) => {
    return { subnets: 16, validators: 64, links: links / 64, everyEpoch: true };
  });
}

async function printCurve(
  units: readonly number[],
  caseOf: (units: number) => Omit<MonthCase, 'blocks' | 'threads'>,
): Promise<void> {
  let last: { readonly units: number; readonly cpuMs: number } | undefined;
  for (const count of units) {
    const one = await measure({ ...caseOf(count), blocks: CURVE_BLOCKS, threads: 'none' });
    const further = last === undefined ? 0 : (one.cpuMs - last.cpuMs) / (count - last.units);
    const each = last === undefined ? '' : `${further.toPrecision(2)} ms`;
    console.log(`  ${count}\t${one.cpuMs.toFixed(0)} ms\t${ratioToBare(one)} x\t${each}`);
    last = { units: count, cpuMs: one.cpuMs };
  }
}

async function printThreads(month: MonthResult): Promise<void> {
  const load = loadavg()[0]?.toFixed(1);
  console.log('the month over threads, windows of 360 blocks: threads, wall time, speed-up, CPU');
  console.log(
    `  (${cpus().length} cores with a load of ${load} before: only idle cores can speed up)`,
  );
  let alone = 0;
  for (const threads of [1, 2, 4]) {
    const one = await measure({ ...FULL, blocks: MONTH_BLOCKS, threads });
    if (threads === 1) alone = one.walkMs;
    const speed = (alone / one.walkMs).toFixed(2);
    console.log(
      `  ${threads}\t${(one.walkMs / 1e3).toFixed(1)} s\t${speed} x\t` +
        `${(one.cpuMs / 1e3).toFixed(1)} s of CPU in all\t` +
        `${one.peakMb.toFixed(0)} MB, ${(one.walkMs / bareOf(month)).toFixed(1)} x bare`,
    );
  }
}

function ratioToBare(result: MonthResult): string {
  return (result.cpuMs / bareOf(result)).toFixed(1);
}

/** The best of three: the first one warms up. */
function bareOf({ steps, payments, links }: MonthResult): number {
  const counts = { steps, payments, links };
  return Math.min(bareMonth(counts), bareMonth(counts), bareMonth(counts));
}

/** One case in a child process. */
function measure(what: MonthCase): Promise<MonthResult> {
  const path = fileURLToPath(new URL('./month-case.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = fork(path, [JSON.stringify(what)]);
    child.once('message', (message) => resolve(message as MonthResult));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`A case of the benchmark ended with ${code}.`));
    });
  });
}
