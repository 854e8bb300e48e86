/**
 * `npm run vectors -- FILE [--only op,op]`: checks a file of vectors against the product. Exit code
 * 0 when all passed, 1 when one failed, 2 when the file or the arguments cannot be used.
 */
import { readFile } from 'node:fs/promises';
import { runVectors, type Verdict } from './vectors/run-vectors.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const options = readArguments(args);
  if (options === undefined) {
    console.error('Usage: npm run vectors -- FILE [--only op,op]');
    return 2;
  }
  let verdicts: Verdict[];
  try {
    verdicts = await runVectors(JSON.parse(await readFile(options.file, 'utf8')), options.only);
  } catch (error) {
    console.error(`Couldn't use ${options.file}: ${String(error)}`);
    return 2;
  }
  return print(verdicts);
}

function readArguments(
  args: readonly string[],
): { file: string; only?: ReadonlySet<string> } | undefined {
  const rest = [...args];
  const at = rest.indexOf('--only');
  const only = at < 0 ? undefined : rest.splice(at, 2)[1];
  const [file] = rest;
  if (file === undefined || rest.length > 1 || (at >= 0 && only === undefined)) return undefined;
  return only === undefined ? { file } : { file, only: new Set(only.split(',')) };
}

function print(verdicts: readonly Verdict[]): number {
  const byOp = new Map<string, { passed: number; failed: number }>();
  for (const { op, passed } of verdicts) {
    const counts = byOp.get(op) ?? { passed: 0, failed: 0 };
    counts[passed ? 'passed' : 'failed'] += 1;
    byOp.set(op, counts);
  }
  for (const [op, { passed, failed }] of [...byOp].sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`${op}: ${passed} passed, ${failed} failed`);
  }
  const failures = verdicts.filter((verdict) => !verdict.passed);
  for (const { op, name, details } of failures) {
    console.log(`FAILED ${op} ${name}`);
    for (const line of details) console.log(`  ${line}`);
  }
  console.log(`${verdicts.length - failures.length} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}
