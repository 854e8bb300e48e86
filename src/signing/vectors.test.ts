import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import {
  disposeWalletOps,
  runWalletVector,
  type WalletVector,
} from '../../scripts/vectors/ops-wallet.ts';

const file = JSON.parse(
  readFileSync(new URL('../../test/fixtures/vectors-wallet.json', import.meta.url), 'utf8'),
) as { readonly vectors: Readonly<Record<string, readonly WalletVector[]>> };

const all = Object.entries(file.vectors).flatMap(([group, vectors]) =>
  vectors.map((vector) => ({ group, vector, title: `${group}: ${vector.name}` })),
);

afterAll(disposeWalletOps);

describe('the wallet vectors', () => {
  it('are all there', () => {
    expect(all.length).toBe(114);
  });

  it.each(all)('$title', async ({ group, vector }) => {
    const { pass, actual } = await runWalletVector(group, vector);
    expect({ pass, actual }).toEqual({
      pass: true,
      actual: expect.objectContaining(vector.expect),
    });
  });
});
