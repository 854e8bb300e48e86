/**
 * What the runs are to do: each moves amounts that no other intent moves, so that the chain tells
 * whose they were.
 */
import { devExamples } from '../../src/commands/dev-examples.ts';
import { formatRao } from '../../src/domain/amount.ts';
import type { Draws } from './draws.ts';

export type FaultIntent = {
  readonly requestId: string;
  /** A command line without its network. */
  readonly argv: readonly string[];
  /** Amounts in its call, rao: one, or one of each item. */
  readonly amounts: readonly bigint[];
};

export const COLDKEYS = ['//Alice', '//Bob', '//Charlie'] as const;
/** The same, and the proxy's. */
export const ADDRESSES = [
  '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
  '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty',
  '5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y',
  '5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy',
] as const;
export type Coldkey = (typeof COLDKEYS)[number];
/** The proxy of //Alice. */
export const PROXY = '//Dave';
export const HOTKEYS = [devExamples.validator, devExamples.otherValidator] as const;
export const NETUIDS = [1, 8] as const;
/** Blocks a transaction lives. */
export const ERA_BLOCKS = 8;

const KINDS = ['add', 'add', 'remove', 'move', 'swap', 'transfer', 'batch', 'proxy'] as const;
const TAO_RAO = 300_000_000n;
const ALPHA_RAO = 5_000_000_000n;
/** Amounts of one intent. */
const MOST_ITEMS = 4;

/** Of `coldkey` where one is given. */
export function drawIntent(draws: Draws, index: number, coldkey?: Coldkey): FaultIntent {
  const requestId = `fault-${index}`;
  const kind = draws.pick(KINDS);
  const wallet = coldkey ?? draws.pick(COLDKEYS);
  const [hotkey, netuid] = [draws.pick(HOTKEYS), draws.pick(NETUIDS)];
  const otherHotkey = HOTKEYS[hotkey === HOTKEYS[0] ? 1 : 0];
  const otherNetuid = NETUIDS[netuid === NETUIDS[0] ? 1 : 0];
  const unit = kind === 'remove' || kind === 'move' || kind === 'swap' ? ALPHA_RAO : TAO_RAO;
  const count = kind === 'batch' ? 2 + draws.below(MOST_ITEMS - 1) : 1;
  const amounts = Array.from(
    { length: count },
    (_, item) => unit + BigInt(index * MOST_ITEMS + item),
  );
  const [amount = 0n] = amounts;
  const position = ['--netuid', String(netuid), '--hotkey', hotkey];
  const words: Readonly<Record<(typeof KINDS)[number], readonly string[]>> = {
    add: ['stake', 'add', ...position],
    proxy: ['stake', 'add', ...position, '--as', '//Alice'],
    remove: ['unstake', ...position],
    move: ['stake', 'move', ...position, '--to', otherHotkey],
    swap: ['stake', 'swap', ...position, '--to-netuid', String(otherNetuid)],
    transfer: ['wallet', 'transfer', '--to', draws.pick(COLDKEYS.filter((one) => one !== wallet))],
    batch: [
      ...['stake', 'add'],
      ...amounts.flatMap((rao, item) => [
        '--to',
        `${HOTKEYS[item % 2]}:${NETUIDS[item < 2 ? 0 : 1]}=${formatRao(rao)}`,
      ]),
    ],
  };
  const hasPrice = kind !== 'transfer' && kind !== 'move';
  const isShielded = kind !== 'transfer' && kind !== 'proxy' && draws.chance(15);
  return {
    requestId,
    amounts,
    argv: [
      ...words[kind],
      ...(kind === 'batch' ? [] : ['--amount', formatRao(amount)]),
      ...['--wallet', kind === 'proxy' ? PROXY : wallet, '--yes', '--request-id', requestId],
      ...['--era', String(ERA_BLOCKS), '--timeout', '20'],
      ...(hasPrice ? ['--tolerance', '40'] : []),
      ...(isShielded ? ['--shield', 'on'] : []),
    ],
  };
}
