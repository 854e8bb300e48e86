/** One thread of a simulation: takes its runs, says how far it is, gives the ends. Loads nothing else. */
import { parentPort, workerData } from 'node:worker_threads';
import { type RunsRequest, randomRuns } from '../ledger/estimate/random-runs.ts';

/** Runs between two words on how far it is. */
const REPORT_EVERY = 8;

const ends = randomRuns(workerData as RunsRequest, (done) => {
  if (done % REPORT_EVERY === 0) parentPort?.postMessage({ kind: 'progress', done });
});
parentPort?.postMessage({ kind: 'done', ends });
