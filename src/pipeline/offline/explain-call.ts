/** A decoded call for people and machines: its arguments, and the calls inside it as a tree. Pure. */
import { blake2b } from '@noble/hashes/blake2.js';
import type { Call } from '../../chain/types.ts';
import { formatRao } from '../../domain/amount.ts';
import { type JsonSafe, toJsonSafe } from '../../domain/json-safe.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { encodeUtf8, formatHex } from '../../signing/bytes.ts';

/** Texts up to this length are shown whole; of longer ones the start, the length and a hash. */
const SHOWN_LENGTH = 1_000;
const SHOWN_START = 100;
const INDENT = '  ';

export type CallRow = readonly [label: string, value: string];

/** `{pallet, name, args}` with every call inside in the same form; amounts and accounts as text. */
export function callData(call: Call): JsonSafe {
  const { pallet, name, args } = call;
  const entries = Object.entries(args).map(([key, value]) => [key, valueData(value)] as const);
  return { pallet, name, args: Object.fromEntries(entries) };
}

/** `Call`, then a row an argument; what is inside another call is indented below it. */
export function callRows(call: Call): readonly CallRow[] {
  return nodeRows(call, 'Call', 0);
}

/** `Utility.batch_all of 3 calls`, for one line. */
export function callTitle(call: Call): string {
  const title = `${call.pallet}.${call.name}`;
  const inner = Object.values(call.args).flatMap((value) =>
    Array.isArray(value) ? value : [value],
  );
  const count = inner.filter(isCall).length;
  if (count === 0) return title;
  return count === 1
    ? `${title} of ${callTitle(inner.find(isCall) as Call)}`
    : `${title} of ${count} calls`;
}

/** Whether a decoded value is a call: only the codec makes such values. */
export function isCall(value: unknown): value is Call {
  if (typeof value !== 'object' || value === null) return false;
  const { pallet, name, args } = value as Partial<Call>;
  const hasNames = typeof pallet === 'string' && typeof name === 'string';
  return hasNames && typeof args === 'object' && args !== null;
}

function valueData(value: unknown): JsonSafe {
  if (isCall(value)) return callData(value);
  const account = accountOf(value);
  if (account !== undefined) return account;
  if (Array.isArray(value)) return value.map(valueData);
  return toJsonSafe(value);
}

function nodeRows(call: Call, label: string, depth: number): readonly CallRow[] {
  const own: CallRow = [INDENT.repeat(depth) + label, `${call.pallet}.${call.name}`];
  const args = Object.entries(call.args).flatMap(([name, value]) =>
    argumentRows(call, { name, value, depth: depth + 1 }),
  );
  return [own, ...args];
}

type Argument = { readonly name: string; readonly value: unknown; readonly depth: number };

function argumentRows(call: Call, { name, value, depth }: Argument): readonly CallRow[] {
  if (isCall(value)) return nodeRows(value, name, depth);
  if (Array.isArray(value) && value.length > 0 && value.every(isCall)) {
    return value.flatMap((inner, index) => nodeRows(inner, `${name} ${index + 1}`, depth));
  }
  return [[INDENT.repeat(depth) + name, valueText(call, name, value)]];
}

function valueText(call: Call, name: string, value: unknown): string {
  const account = accountOf(value);
  if (account !== undefined) return account;
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'bigint') return amountText(call, name, value);
  const text = typeof value === 'string' ? value : JSON.stringify(valueData(value));
  if (text.length <= SHOWN_LENGTH) return text;
  const hash = formatHex(blake2b(encodeUtf8(text), { dkLen: 32 }));
  return `${text.slice(0, SHOWN_START)}… (${text.length} characters, blake2-256 ${hash})`;
}

/** What the numbers of the calls that move stake and TAO count; others are shown as they are. */
const UNITS: Readonly<Record<string, 'TAO' | 'alpha' | 'TAO per alpha'>> = {
  'SubtensorModule.amount_staked': 'TAO',
  'SubtensorModule.amount_unstaked': 'alpha',
  'SubtensorModule.alpha_amount': 'alpha',
  'SubtensorModule.limit_price': 'TAO per alpha',
  'Balances.value': 'TAO',
};

function amountText(call: Call, name: string, amountRao: bigint): string {
  // A swap's limit is a ratio of two prices.
  const isRatio = call.name === 'swap_stake_limit' && name === 'limit_price';
  const key = `${call.pallet}.${name}`;
  const unit = isRatio || !Object.hasOwn(UNITS, key) ? undefined : UNITS[key];
  if (unit === undefined) return amountRao.toString();
  const netuid = call.args.netuid ?? call.args.origin_netuid;
  const isRoot = unit === 'alpha' && netuid === ROOT_NETUID;
  return `${formatRao(amountRao)} ${isRoot ? 'TAO' : unit}`;
}

/** The address of a multi-address that is a plain account. */
function accountOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, value: inner } = value as { readonly type?: unknown; readonly value?: unknown };
  return type === 'Id' && typeof inner === 'string' ? inner : undefined;
}
