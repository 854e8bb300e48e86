/** What both clients share: lines on stdout, and an end after a while, whatever hangs. */
import assert from 'node:assert/strict';

const TIMEOUT_MS = 60_000;

export function log(what, facts) {
  const text = JSON.stringify(facts, (_, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  process.stdout.write(`${what} ${text}\n`);
}

/** The fee lies between 0.0005 and 0.02 TAO, as those of the chain's calls do. */
export function assertFee(fee) {
  assert.ok(fee > 500_000n && fee < 20_000_000n, `fee ${fee}`);
}

/** Runs `main` with the URL on the command line; exit 0 or 1. */
export function run(name, main) {
  const timer = setTimeout(() => {
    process.stderr.write(`${name}: no result within ${TIMEOUT_MS} ms\n`);
    process.exit(1);
  }, TIMEOUT_MS);
  main(process.argv[2]).then(
    () => {
      clearTimeout(timer);
      process.stdout.write(`${name}: ok\n`);
      process.exit(0);
    },
    (error) => {
      process.stderr.write(`${name}: ${error.stack ?? error}\n`);
      process.exit(1);
    },
  );
}
