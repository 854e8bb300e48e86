/**
 * Tests for mutation testing: those of the economy, or the files that MUTATION_TESTS names, with
 * commas between. Left out are the long ones, random walks of thousands of blocks and twenty tempos
 * beside the exact machine: a mutant has to fall to a test that says what is wrong. A failing
 * property ends at its first counterexample, because a mutant needs no smallest one. All files share
 * one set of modules, because loading them anew takes longer than most tests.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: (process.env.MUTATION_TESTS ?? 'src/economy/**/*.test.ts').split(','),
    exclude: ['properties', 'bad-input', 'fast-forward/twenty-tempos'].map(
      (name) => `src/economy/${name}.test.ts`,
    ),
    setupFiles: ['test/helpers/end-on-failure.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    isolate: false,
  },
});
