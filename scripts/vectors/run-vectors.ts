/** Runs a file of vectors, economics or wallet, and gives one verdict per vector. */
import { compare, type Tolerance } from './compare.ts';
import { economicsOps } from './ops-economics.ts';

export type Verdict = {
  readonly op: string;
  readonly name: string;
  readonly passed: boolean;
  /** Lines with got and expected; empty when it passed. */
  readonly details: readonly string[];
};

type EconomicsVector = {
  readonly name: string;
  readonly op: string;
  readonly inputs: never;
  readonly expected: unknown;
  readonly tolerance: Tolerance;
};

const MAX_DETAILS = 8;

/** Verdicts of a parsed file. Throws TypeError for a format that is neither. */
export async function runVectors(file: unknown, only?: ReadonlySet<string>): Promise<Verdict[]> {
  const { format, vectors } = (file ?? {}) as { format?: unknown; vectors?: unknown };
  if (format === 'subtensor-economics-vectors/1' && Array.isArray(vectors)) {
    const wanted = (vectors as EconomicsVector[]).filter(({ op }) => only?.has(op) ?? true);
    return wanted.map(runEconomicsVector);
  }
  if (format === 'wallet-vectors/1' && typeof vectors === 'object' && vectors !== null) {
    return runWalletVectors(vectors as Record<string, WalletGroup>, only);
  }
  throw new TypeError(`Not a vectors file: format ${JSON.stringify(format)}`);
}

/** One economics vector through its operation. An operation we lack is a failure. */
export function runEconomicsVector(vector: EconomicsVector): Verdict {
  const { op, name } = vector;
  const run = economicsOps[op];
  if (run === undefined) return { op, name, passed: false, details: ['no such operation here'] };
  try {
    const differences = compare(run(vector.inputs), vector.expected, vector.tolerance);
    const details = differences
      .slice(0, MAX_DETAILS)
      .map(({ path, got, expected }) => `${path}: got ${got}, expected ${expected}`);
    if (differences.length > MAX_DETAILS)
      details.push(`and ${differences.length - MAX_DETAILS} more`);
    return { op, name, passed: differences.length === 0, details };
  } catch (error) {
    return { op, name, passed: false, details: [String(error)] };
  }
}

type WalletGroup = readonly {
  readonly name: string;
  readonly inputs: never;
  readonly expect: never;
}[];

async function runWalletVectors(
  groups: Record<string, WalletGroup>,
  only?: ReadonlySet<string>,
): Promise<Verdict[]> {
  const { disposeWalletOps, runWalletVector } = await import('./ops-wallet.ts');
  const verdicts: Verdict[] = [];
  try {
    for (const [op, group] of Object.entries(groups)) {
      if (only !== undefined && !only.has(op)) continue;
      for (const vector of group) {
        const { pass, actual } = await runWalletVector(op, vector);
        const line = `got ${JSON.stringify(actual)}, expected ${JSON.stringify(vector.expect)}`;
        verdicts.push({ op, name: vector.name, passed: pass, details: pass ? [] : [line] });
      }
    }
  } finally {
    disposeWalletOps();
  }
  return verdicts;
}
