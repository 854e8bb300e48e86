import { decAnyMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings';
import { expect, test } from 'vitest';
import { openChain } from '../blocks/chain.ts';
import { encodedMetadata } from '../metadata/build.ts';
import { subtensorErrors } from '../metadata/pallets/subtensor-errors.ts';
import { createCore, type NodeCore } from '../node/core.ts';
import { rpcMethods } from '../rpc/methods.ts';
import { createEndpoint } from '../rpc/session.ts';
import { codecOf, type Variant } from '../scale/codec.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import { storageItems } from '../storage/items.ts';
import { encodeKey } from '../storage/keys.ts';
import {
  alice,
  bob,
  connect,
  type DevClient,
  encodeCall,
  signExtrinsic,
} from '../testing/dev-client.ts';
import { ownerRefusals, poolRefusals } from '../testing/owner-refusal-cases.ts';
import { type Call, type RefusalCase, stakingRefusals } from '../testing/refusal-cases.ts';

const metadata = unifyMetadata(decAnyMetadata(encodedMetadata(15)));

/** What an error's two numbers are called, by the metadata a client gets. */
function errorName({ type, value }: Variant): string {
  if (type !== 'Module') return type;
  const { index, error } = value as { readonly index: number; readonly error: string };
  const pallet = metadata.pallets.find((one) => one.index === index);
  const { def } = metadata.lookup[pallet?.errors?.type ?? -1] ?? {};
  const errors = def?.tag === 'variant' ? def.value : [];
  const name = errors.find((one) => one.index === Number.parseInt(error.slice(2, 4), 16))?.name;
  return pallet?.name === 'SubtensorModule' ? `${name}` : `${pallet?.name}.${name}`;
}

type Running = { readonly core: NodeCore; readonly client: DevClient; nonce: number };

function start(): Running {
  const core = createCore(openChain({ preset: 'small' }), { sealing: 'instant' });
  return { core, client: connect(createEndpoint(core, rpcMethods)), nonce: 0 };
}

function submit(running: Running, bytes: Uint8Array) {
  const { genesisHash } = running.core.chain;
  const signed = signExtrinsic(bytes, { genesisHash, nonce: running.nonce });
  return running.client.reply('author_submitExtrinsic', signed);
}

const eventsItem = storageItems().find(({ name }) => name === 'Events');

async function eventsOf({ client }: Running): Promise<Variant[]> {
  if (eventsItem === undefined) throw new Error('no events');
  const hex = await client.call<string>('state_getStorage', toHex(encodeKey(eventsItem, [])));
  const records = codecOf(eventsItem.declaration.value).dec(fromHex(hex));
  return (records as { readonly event: Variant }[]).map(({ event }) => event);
}

/** Sends a call of Alice's and gives the name of the error it failed with. */
async function outcome(running: Running, bytes: Uint8Array): Promise<string> {
  const { error } = await submit(running, bytes);
  if (error !== undefined) throw new Error(`${error.message}: ${error.data}`);
  running.nonce += 1;
  const last = (await eventsOf(running)).at(-1)?.value as Variant;
  if (last.type === 'ExtrinsicSuccess') return 'success';
  return errorName((last.value as { readonly dispatch_error: Variant }).dispatch_error);
}

const subtensor = ([name, args]: Call): Uint8Array => encodeCall('SubtensorModule', name, args);

function refused({ call, batched }: RefusalCase): Uint8Array {
  if (batched !== true) return subtensor(call);
  const [type, value] = call;
  const inner = { type: 'SubtensorModule', value: { type, value } };
  return encodeCall('Utility', 'batch_all', { calls: [inner] });
}

async function prepare({ before = [], given }: Omit<RefusalCase, 'error' | 'call'>) {
  const running = start();
  for (const call of before) expect(await outcome(running, subtensor(call))).toBe('success');
  given?.(running.core.chain.live.state.economy);
  return running;
}

const provoked = new Set<string>();
const dispatched = [...stakingRefusals, ...ownerRefusals];
const title = ({ call: [name, args] }: Pick<RefusalCase, 'call'>): string =>
  `${name} ${JSON.stringify(args, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  ).slice(0, 160)}`;

test.each(dispatched.map((one) => [one.error, title(one), one] as const))(
  '%s: %s',
  async (error, _title, one) => {
    const running = await prepare(one);
    expect(await outcome(running, refused(one))).toBe(error);
    provoked.add(error);
  },
);

test.each(poolRefusals.map((one) => [one.code, title(one), one] as const))(
  'Custom(%i): %s',
  async (code, _title, one) => {
    const running = await prepare(one);
    const { error } = await submit(running, subtensor(one.call));
    expect(error).toEqual({
      code: 1_010,
      message: 'Invalid Transaction',
      data: `Custom error: ${code}`,
    });
    expect(running.core.pool.byHash.size).toBe(0);
    provoked.add(`Custom(${code})`);
  },
);

const REMARK = { type: 'System', value: { type: 'remark', value: { remark: '0x' } } };
const toBob = {
  delegate: { type: 'Id', value: bob.account },
  proxy_type: { type: 'Any' },
  delay: 0,
};

test.each([
  ['ColdkeySwapAnnounced', []],
  ['ColdkeySwapDisputed', [['dispute_coldkey_swap', {}]]],
] as const)('%s: a proxy finds the coldkey held by its swap', async (error, then) => {
  const running = start();
  expect(await outcome(running, encodeCall('Proxy', 'add_proxy', toBob))).toBe('success');
  const announce: Call = ['announce_coldkey_swap', { new_coldkey_hash: `0x${'11'.repeat(32)}` }];
  for (const call of [announce, ...then]) {
    expect(await outcome(running, subtensor(call))).toBe('success');
  }
  const real = { type: 'Id', value: alice.account };
  const call = encodeCall('Proxy', 'proxy', { real, force_proxy_type: undefined, call: REMARK });
  const { genesisHash } = running.core.chain;
  const signed = signExtrinsic(call, { genesisHash, key: bob });
  await running.client.call('author_submitExtrinsic', signed);
  const executed = (await eventsOf(running)).find(({ value }) => {
    return (value as Variant).type === 'ProxyExecuted';
  });
  const { value } = (executed?.value ?? {}) as { readonly value?: { readonly result: Variant } };
  expect(errorName(value?.result.value as Variant)).toBe(error);
  provoked.add(error);
});

/** Errors the reference names with the calls of staking, root dividends, locks and takes. */
const LISTED = (
  'AccountRejectsLockedAlpha AmountTooLow CannotBurnOrRecycleOnRootSubnet DelegateTakeTooHigh ' +
  'DelegateTakeTooLow DelegateTxRateLimitExceeded HotKeyAccountNotExists ' +
  'HotKeyNotRegisteredInSubNet InsufficientLiquidity InsufficientStakeForLock ' +
  'InvalidChildkeyTake InvalidSubnetNumber LockHotkeyMismatch NoExistingLock ' +
  'NonAssociatedColdKey NotEnoughBalanceToStake NotEnoughStakeToWithdraw SameAutoStakeHotkeyAlreadySet ' +
  'SameNetuid SlippageTooHigh StakeUnavailable SubnetNotExists SubtokenDisabled ' +
  'Swap.PriceLimitExceeded TransferDisallowed TxChildkeyTakeRateLimitExceeded'
).split(' ');

test('every error listed for a staking call was provoked', () => {
  expect(LISTED.filter((name) => !provoked.has(name))).toEqual([]);
  const of = (has: (name: string) => boolean): number => [...provoked].filter(has).length;
  process.stdout.write(
    `refusals: ${dispatched.length + poolRefusals.length} refused calls provoked ` +
      `${provoked.size} errors, among them all ${LISTED.length} listed for staking: ` +
      `${of((name) => subtensorErrors.includes(name))} of SubtensorModule, ` +
      `${of((name) => name.startsWith('Swap.'))} of Swap, ` +
      `${of((name) => name.startsWith('Custom'))} before the pool\n`,
  );
});
