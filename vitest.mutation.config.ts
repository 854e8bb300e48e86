/**
 * Tests for mutation testing: those of the economy, or of the folder MUTATION_TESTS names. A failing
 * property ends at its first counterexample, because a mutant needs no smallest one.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [process.env.MUTATION_TESTS ?? 'src/economy/**/*.test.ts'],
    setupFiles: ['test/helpers/end-on-failure.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
});
