import { expect, test } from 'vitest';
import { advanceChain, openChain, produceBlock } from '../blocks/chain.ts';
import { devAccounts } from '../genesis/accounts.ts';
import { createCore } from './core.ts';
import { verifyNext } from './verification.ts';

const EVE = devAccounts['//Eve'];

function fundedCore() {
  const chain = openChain({ preset: 'small' });
  advanceChain(chain, 20);
  produceBlock(chain, {
    actions: [{ kind: 'set-balance', account: EVE, freeRao: 5n }],
    candidates: [],
  });
  advanceChain(chain, 20);
  return createCore(chain, { sealing: 'manual' });
}

test('a state that does not follow from the blocks is found out', () => {
  const core = fundedCore();
  expect(verifyNext(core, 100)).toMatchObject({ number: 41 });
  core.chain.live.state.economy.balances[EVE] = 6n;
  expect(() => verifyNext(core, 100)).toThrow(
    expect.objectContaining({
      code: 'DEV_CHAIN_CORRUPT',
      message: expect.stringContaining('newest state'),
    }),
  );
});

test('a block that does not lead to its hash is found out, with its number', () => {
  const core = fundedCore();
  core.chain.bodies.set(21, {
    actions: [{ kind: 'set-balance', account: EVE, freeRao: 7n }],
    extrinsics: [],
  });
  expect(verifyNext(core, 20)).toEqual({ number: 20, head: 41 });
  expect(() => verifyNext(core, 20)).toThrow(
    expect.objectContaining({
      code: 'DEV_CHAIN_CORRUPT',
      message: expect.stringContaining('block 21'),
    }),
  );
});
