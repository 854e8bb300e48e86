/** The chain client against the embedded chain, in memory and over a socket: the same answers. */
import { afterEach, describe, expect, it } from 'vitest';
import { birthBlock } from '../../src/chain/codecs/era.ts';
import { buildParts } from '../../src/chain/codecs/extrinsic.ts';
import { readFee } from '../../src/chain/fees.ts';
import { findTransaction } from '../../src/chain/find-transaction.ts';
import { connectInMemory } from '../../src/chain/in-memory.ts';
import { resolveNetwork } from '../../src/chain/known-networks.ts';
import { createNoCache } from '../../src/chain/metadata-cache.ts';
import { openChain } from '../../src/chain/open-chain.ts';
import { quoteBuy, quoteSell } from '../../src/chain/queries/quote-swap.ts';
import { readAccount } from '../../src/chain/queries/read-accounts.ts';
import { readClaimable } from '../../src/chain/queries/read-claimable.ts';
import { readDelegate, readDelegates } from '../../src/chain/queries/read-delegates.ts';
import { readBlockTime } from '../../src/chain/queries/read-limits.ts';
import { readProjectionInputs } from '../../src/chain/queries/read-projection-inputs.ts';
import { readStake, readStakes } from '../../src/chain/queries/read-stakes.ts';
import { readSubnets } from '../../src/chain/queries/read-subnets.ts';
import { createRpcClient } from '../../src/chain/rpc-client.ts';
import { submitAndWatch } from '../../src/chain/submit.ts';
import type { Call, Chain, TxOutcome, WaitFor } from '../../src/chain/types.ts';
import { connectWebSocket } from '../../src/chain/web-socket.ts';
import { createDevNode } from '../../src/devnode/create-dev-node.ts';
import { serveDevNode } from '../../src/devnode/serve-dev-node.ts';
import type { BlockMode, DevNode } from '../../src/devnode/types.ts';
import { keyFromUri } from '../../src/signing/keys/key-material.ts';
import { createKeySigner } from '../../src/signing/keys/key-signer.ts';
import { assembleSigned, signingBytes } from '../../src/signing/payload.ts';
import type { Signer } from '../../src/signing/types.ts';
import { ALICE, BOB } from '../fixtures/byte-vectors.ts';
import { realClock } from '../helpers/real-clock.ts';

const TAO = 1_000_000_000n;
const TIMEOUT_MS = 20_000;
const NETUID = 1;
const cleanups: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

type Carrier = 'memory' | 'socket';

async function open(carrier: Carrier, blocks: BlockMode = { kind: 'instant' }) {
  const node = await createDevNode({ blocks });
  cleanups.push(node.close);
  const chain = await connect(node, carrier);
  return { node, chain };
}

async function connect(node: DevNode, carrier: Carrier): Promise<Chain> {
  const channel = carrier === 'memory' ? connectInMemory(node.endpoint) : await dial(node);
  const rpc = createRpcClient(channel, { clock: realClock, timeoutMs: TIMEOUT_MS });
  const target = resolveNetwork('dev');
  const chain = await openChain({ rpc, target, metadataCache: createNoCache(), clock: realClock });
  cleanups.push(chain.close);
  return chain;
}

async function dial(node: DevNode) {
  const served = await serveDevNode(node, { port: 0 });
  cleanups.push(served.close);
  return connectWebSocket({ url: served.url, timeoutMs: TIMEOUT_MS });
}

async function signerOf(uri: string): Promise<Signer> {
  return createKeySigner(await keyFromUri(uri, 'sr25519'));
}

type Signing = { readonly chain: Chain; readonly call: Call; readonly signer: Signer };

async function sign({ chain, call, signer }: Signing): Promise<Uint8Array> {
  const view = await chain.at('best');
  const period = 64;
  const birthNumber = birthBlock(period, view.number);
  const birthHash = (await chain.at(birthNumber)).hash;
  const parts = buildParts({
    runtime: chain.runtime,
    genesisHash: chain.genesisHash,
    call,
    era: { kind: 'mortal', period, birthNumber, birthHash },
    nonce: await chain.nextNonce(signer.address),
    tipRao: 0n,
  });
  const signature = await signer.signPayload(signingBytes(parts));
  const { publicKey, scheme } = signer;
  return assembleSigned({ publicKey, scheme, signature, extra: parts.extra, call: parts.call });
}

function send(chain: Chain, extrinsic: Uint8Array, waitFor: WaitFor = 'included') {
  return submitAndWatch({ chain, extrinsic, waitFor, timeoutMs: TIMEOUT_MS, clock: realClock });
}

async function perform(chain: Chain, call: Call, waitFor?: WaitFor): Promise<TxOutcome> {
  return send(chain, await sign({ chain, call, signer: await signerOf('//Alice') }), waitFor);
}

async function someValidator(chain: Chain): Promise<string> {
  const delegates = await readDelegates(await chain.at());
  const [first] = delegates;
  if (first === undefined) throw new Error('The preset has no delegates');
  return first.hotkey;
}

const addStake = (hotkey: string, amount: bigint, netuid = NETUID): Call => ({
  pallet: 'SubtensorModule',
  name: 'add_stake',
  args: { hotkey, netuid, amount_staked: amount },
});

describe.each(['memory', 'socket'] as const)('over %s', (carrier) => {
  it('a stake gives what was quoted, and every figure adds up', async () => {
    const { chain } = await open(carrier);
    const hotkey = await someValidator(chain);
    const before = await chain.at();
    const account = await readAccount(before, ALICE);
    const quote = await quoteBuy(before, NETUID, 5n * TAO);
    const outcome = await perform(chain, addStake(hotkey, 5n * TAO), 'finalized');
    if (outcome.kind !== 'included') throw new Error(JSON.stringify(outcome));
    expect(outcome).toMatchObject({ failure: undefined, finalized: true });
    const staked = outcome.events.find((event) => event.name === 'StakeAdded');
    expect(staked?.fields).toMatchObject({ 0: ALICE, 1: hotkey, 2: 5n * TAO, 4: NETUID });

    const after = await chain.at(outcome.blockHash);
    expect(after.number).toBe(outcome.blockNumber);
    expect(await readBlockTime(after)).toBe(outcome.blockTimeMs);
    const stake = await readStake(after, { coldkey: ALICE, hotkey, netuid: NETUID });
    expect(stake?.alphaRao).toBe(staked?.fields[3]);
    // The block step before the transaction moves the pool a little.
    expect(Number((stake?.alphaRao ?? 0n) - quote.amountOutRao)).toBeLessThan(
      Number(quote.amountOutRao / 1_000n),
    );
    expect(outcome.feeRao).toBeGreaterThan(0n);
    expect((await readAccount(after, ALICE)).freeRao).toBe(
      account.freeRao - 5n * TAO - outcome.feeRao,
    );
  });

  it('the fee is the one announced', async () => {
    const { chain } = await open(carrier);
    const call = { pallet: 'System', name: 'remark', args: { remark: '0x01' } };
    const parts = buildParts({
      runtime: chain.runtime,
      genesisHash: chain.genesisHash,
      call,
      era: { kind: 'immortal' },
      nonce: 0,
      tipRao: 0n,
    });
    const fee = await readFee({ chain, parts, address: ALICE, tipRao: 0n });
    const outcome = await perform(chain, call);
    // The mortal era of the real one is a byte longer, at one rao a byte.
    expect(outcome).toMatchObject({ kind: 'included', feeRao: fee + 1n });
  });

  it('a call that fails is included, paid for, and named', async () => {
    const { chain } = await open(carrier);
    const hotkey = await someValidator(chain);
    expect(await perform(chain, addStake(hotkey, 1n))).toMatchObject({
      kind: 'included',
      failure: { name: 'SubtensorModule.AmountTooLow' },
    });
    expect(await perform(chain, addStake(BOB, TAO, 999))).toMatchObject({
      failure: { name: 'SubtensorModule.SubnetNotExists' },
    });
    const calls = [addStake(hotkey, TAO), addStake(hotkey, 1n)];
    const batch = { pallet: 'Utility', name: 'batch', args: { calls } };
    expect(await perform(chain, batch)).toMatchObject({
      failure: { name: 'SubtensorModule.AmountTooLow' },
    });
  });

  it('a lost connection after sending is unknown, and the bytes are found afterwards', async () => {
    const { chain, node } = await open(carrier);
    const extrinsic = await sign({
      chain,
      call: addStake(await someValidator(chain), TAO),
      signer: await signerOf('//Alice'),
    });
    const from = (await chain.at()).number;
    await chain.rpc.request('dev_dropNextSubmit', []);
    expect(await send(chain, extrinsic)).toMatchObject({ kind: 'unknown' });
    await expect(chain.at()).rejects.toMatchObject({ code: 'NETWORK_CLOSED' });

    const again = await connect(node, carrier);
    const search = { extrinsic, fromBlock: from, toBlock: from + 64 };
    expect(await findTransaction(again, search)).toMatchObject({
      kind: 'included',
      failure: undefined,
    });
    // Sending the same bytes again only finds them.
    expect(await send(again, extrinsic)).toMatchObject({ kind: 'included', failure: undefined });
  });

  it('a refusal of the pool is refused, with its name', async () => {
    const { chain } = await open(carrier);
    await chain.rpc.request('dev_rejectNext', [{ code: 1010, data: 'Custom error: 6' }]);
    expect(await perform(chain, addStake(ALICE, TAO))).toEqual({
      kind: 'refused',
      failure: { name: 'Custom.RateLimitExceeded', docs: 'The call was repeated too soon.' },
    });
  });
});

describe('reading the embedded chain', () => {
  it('gives facts that agree with each other', async () => {
    const { chain, node } = await open('memory');
    node.advance(800);
    const view = await chain.at();
    expect(view.number).toBe(800);
    const [subnets, delegates] = await Promise.all([readSubnets(view), readDelegates(view)]);
    const delegate = delegates[0];
    if (delegate === undefined) throw new Error('no delegates');
    expect(await readDelegate(view, delegate.hotkey)).toEqual({
      ...delegate,
      nominators: expect.any(Number),
    });
    const stakes = await readStakes(view, [delegate.owner]);
    for (const stake of stakes.filter((entry) => entry.hotkey === delegate.hotkey)) {
      const total = delegate.stakeRaoByNetuid.get(stake.netuid) ?? 0n;
      expect(stake.alphaRao <= total).toBe(true);
    }
    const inputs = await readProjectionInputs(view, NETUID, delegate.hotkey);
    for (const subnet of inputs.subnets) {
      const facts = subnets.find((entry) => entry.netuid === subnet.netuid);
      expect([subnet.taoReserveRao, subnet.alphaInRao, subnet.alphaOutRao]).toEqual([
        facts?.taoReserveRao,
        facts?.alphaInRao,
        facts?.alphaOutRao,
      ]);
    }
    const mine = inputs.validators.find((entry) => entry.hotkey === delegate.hotkey);
    expect(mine?.onSubnets).toMatchObject([{ netuid: NETUID, hasPermit: true }]);
    expect(mine?.onSubnets[0]?.alphaRao).toBe(delegate.stakeRaoByNetuid.get(NETUID));
    const buy = await quoteBuy(view, NETUID, TAO);
    const sell = await quoteSell(view, NETUID, buy.amountOutRao);
    expect(sell.amountOutRao < TAO).toBe(true);
    const owed = await readClaimable(view, stakes);
    expect(owed?.every((claim) => claim.alphaRao > 0n)).toBe(true);
  });

  it('of an old block gives what was then', async () => {
    const { chain, node } = await open('memory');
    node.fund(BOB, 5n * TAO);
    const early = await readAccount(await chain.at(1), BOB);
    node.fund(BOB, 7n * TAO);
    node.advance(20);
    expect((await readAccount(await chain.at(1), BOB)).freeRao).toBe(early.freeRao);
    expect((await readAccount(await chain.at(), BOB)).freeRao).toBe(early.freeRao + 7n * TAO);
    await expect(chain.at(1_000)).rejects.toMatchObject({ code: 'CHAIN_UNKNOWN_BLOCK' });
  });

  it('decodes every extrinsic of a block', async () => {
    const { chain } = await open('memory');
    const outcome = await perform(chain, addStake(await someValidator(chain), TAO));
    if (outcome.kind !== 'included') throw new Error(JSON.stringify(outcome));
    const reply = (await chain.rpc.request('chain_getBlock', [outcome.blockHash])) as {
      readonly block: { readonly extrinsics: readonly string[] };
    };
    const decoded = reply.block.extrinsics.map((hex) =>
      chain.runtime.decodeExtrinsic(Uint8Array.from(Buffer.from(hex.slice(2), 'hex'))),
    );
    expect(decoded.map(({ kind, call }) => [kind, call.name])).toContainEqual([
      'signed',
      'add_stake',
    ]);
    expect(decoded[outcome.extrinsicIndex]).toMatchObject({ address: ALICE, nonce: 0 });
  });
});

describe('waiting', () => {
  it('ends when a block is made, and knows a transaction that nobody includes', async () => {
    const { chain, node } = await open('memory', { kind: 'manual' });
    const extrinsic = await sign({
      chain,
      call: addStake(await someValidator(chain), TAO),
      signer: await signerOf('//Alice'),
    });
    const request = { chain, extrinsic, waitFor: 'included' as const, clock: realClock };
    expect(await submitAndWatch({ ...request, timeoutMs: 50 })).toEqual({
      kind: 'unknown',
      reason: 'no result within 0.05 s',
    });
    const followed = submitAndWatch({ ...request, timeoutMs: TIMEOUT_MS });
    await realClock.sleep(20);
    node.advance(1);
    expect(await followed).toMatchObject({ kind: 'included', failure: undefined });
  });
});
