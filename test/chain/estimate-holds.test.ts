/** An estimate against the embedded chain, left alone for thirty days. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectInMemory } from '../../src/chain/in-memory.ts';
import { resolveNetwork } from '../../src/chain/known-networks.ts';
import { createNoCache } from '../../src/chain/metadata-cache.ts';
import { openChain } from '../../src/chain/open-chain.ts';
import { quoteSell } from '../../src/chain/queries/quote-swap.ts';
import { readProjectionInputs } from '../../src/chain/queries/read-projection-inputs.ts';
import { readStakes } from '../../src/chain/queries/read-stakes.ts';
import { createRpcClient } from '../../src/chain/rpc-client.ts';
import type { Chain } from '../../src/chain/types.ts';
import { createDevNode } from '../../src/devnode/create-dev-node.ts';
import type { DevNode } from '../../src/devnode/types.ts';
import { estimateRewards } from '../../src/ledger/estimate/estimate-rewards.ts';
import { realClock } from '../helpers/real-clock.ts';

/** Coldkey //Delegator2, which has stake at genesis with Basalt on subnet 1. */
const DELEGATOR = '5CtyxUn5KEpxEY9Tf6cQc82jBH3rscPGGLZm2mwHf6bAiAxT';
const BASALT = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
const NETUID = 1;
const DAYS = 30;
const BLOCKS_PER_DAY = 7_200;
/** Bonds and weights have settled by then. */
const SETTLED_BLOCKS = 3_000;

let node: DevNode;
let chain: Chain;
beforeAll(async () => {
  node = await createDevNode({ blocks: { kind: 'manual' } });
  const rpc = createRpcClient(connectInMemory(node.endpoint), {
    clock: realClock,
    timeoutMs: 20_000,
  });
  const target = resolveNetwork('dev');
  chain = await openChain({ rpc, target, metadataCache: createNoCache(), clock: realClock });
});
afterAll(() => {
  chain.close();
  node.close();
});

async function position() {
  const view = await chain.at('best');
  const stakes = await readStakes(view, [DELEGATOR]);
  const stake = stakes.find(({ hotkey, netuid }) => hotkey === BASALT && netuid === NETUID);
  if (stake === undefined) throw new Error('the position is gone');
  return { view, heldRao: stake.alphaRao };
}

/** Parts of a million by which `found` misses `real`. */
const missedPpm = (found: bigint, real: bigint): number =>
  Math.abs(Number(((found - real) * 1_000_000_000n) / real)) / 1_000;

describe('an estimate of a position while nobody trades', () => {
  it('is off by less than 0.1 % after thirty days, in alpha and in TAO', {
    timeout: 240_000,
  }, async () => {
    node.advance(SETTLED_BLOCKS);
    const start = await position();
    const inputs = await readProjectionInputs(start.view, NETUID, BASALT);
    const { heldRao } = start;
    const estimate = estimateRewards({ inputs, days: DAYS, heldRao, amountRao: 0n });
    node.advance(DAYS * BLOCKS_PER_DAY);
    const end = await position();
    const sale = await quoteSell(end.view, NETUID, end.heldRao);
    const alpha = missedPpm(estimate.expected.alphaGainRao, end.heldRao - heldRao);
    const tao = missedPpm(estimate.expected.taoRao, sale.amountOutRao);
    process.stdout.write(`after ${DAYS} days: alpha off by ${alpha} ppm, TAO by ${tao} ppm\n`);
    expect(alpha).toBeLessThan(1_000);
    expect(tao).toBeLessThan(1_000);
  });
});
