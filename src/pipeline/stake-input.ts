/** What `tao stake add` is asked for: one position with an amount, or several of `--to`. */
import type { Context } from '../cli/context.ts';
import { optionText, type PriceOptions } from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import { parseTao } from '../domain/amount.ts';
import { parseNetuid } from '../domain/netuid.ts';
import { parsePercentOf, type Ratio } from '../domain/price.ts';
import { TaoError } from '../errors/tao-error.ts';
import { readPosition } from './position-input.ts';
import { resolveAccount } from './resolve-address.ts';

/** `all`: the free balance less fee, deposit and a reserve. */
export type StakeAmount =
  | { readonly kind: 'tao'; readonly rao: bigint }
  | { readonly kind: 'percent'; readonly ratio: Ratio }
  | { readonly kind: 'all' };

export type StakeTarget = {
  readonly hotkey: string;
  readonly netuid: number;
  readonly amount: StakeAmount;
};

/** Word for everything that can go. */
export const ALL = 'all';
const SINGLE_OPTIONS = ['netuid', 'hotkey', 'amount', 'percent'] as const;

/** At least one target. USAGE_MISSING, USAGE_CONFLICT, USAGE_INVALID, AMOUNT_*, NETUID_*, ADDRESS_*. */
export async function readStakeTargets(
  context: Context,
  raw: RawInput,
): Promise<readonly StakeTarget[]> {
  const texts = raw.options.to;
  if (texts === undefined) return [await readSingle(context, raw)];
  const other = SINGLE_OPTIONS.find((name) => raw.options[name] !== undefined);
  if (other !== undefined) throw conflict('to', other);
  const targets: StakeTarget[] = [];
  for (const text of typeof texts === 'string' ? [texts] : (texts as readonly string[])) {
    const target = await readTarget(context, text);
    const isNamed = targets.some(
      ({ hotkey, netuid }) => hotkey === target.hotkey && netuid === target.netuid,
    );
    if (isNamed) throw namedTwice(text);
    targets.push(target);
  }
  return targets;
}

async function readSingle(context: Context, raw: RawInput): Promise<StakeTarget> {
  const percent = optionText(raw, 'percent');
  if (percent !== undefined && optionText(raw, 'amount') !== undefined) {
    throw conflict('percent', 'amount');
  }
  const position = await readPosition(context, raw, {
    amountUnit: 'TAO, or all',
    instead: ['--percent'],
    ...(percent === undefined ? {} : { amountText: percent }),
  });
  const { hotkey, netuid, amountText } = position;
  if (percent !== undefined) {
    return { hotkey, netuid, amount: { kind: 'percent', ratio: parsePercentOf(percent) } };
  }
  return { hotkey, netuid, amount: parseStakeAmount(amountText) };
}

/** AMOUNT_INVALID, AMOUNT_TOO_PRECISE. */
export function parseStakeAmount(text: string): StakeAmount {
  return text === ALL ? { kind: 'all' } : { kind: 'tao', rao: parseTao(text).rao };
}

/** `HOTKEY:NETUID=AMOUNT`; the hotkey may be a name with a slash. */
async function readTarget(context: Context, text: string): Promise<StakeTarget> {
  const match = /^(.+):(\d+)=([^=]+)$/.exec(text);
  if (match === null) throw badTarget(text);
  const [, hotkeyText = '', netuidText = '', amountText = ''] = match;
  const netuid = parseNetuid(netuidText);
  const { rao } = parseTao(amountText);
  const { address } = await resolveAccount(context, hotkeyText);
  return { hotkey: address, netuid, amount: { kind: 'tao', rao } };
}

/** What the journal keeps of it: the same words give the same request. */
export function targetsIntent(
  targets: readonly StakeTarget[],
  guard: PriceOptions,
): Readonly<Record<string, unknown>> {
  const [first] = targets;
  if (first !== undefined && targets.length === 1 && first.amount.kind === 'tao') {
    const { hotkey, netuid, amount } = first;
    return { hotkey, netuid, amountRao: amount.rao, guard };
  }
  return { targets, guard };
}

function conflict(first: string, second: string): TaoError {
  return new TaoError('USAGE_CONFLICT', {
    message: `Couldn't tell what to stake: --${first} and --${second} exclude each other.`,
    hint: 'Leave one of them out.',
    data: { options: [first, second] },
  });
}

function badTarget(text: string): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't read --to "${text}": it is a hotkey, a subnet and an amount.`,
    hint: 'Write HOTKEY:NETUID=AMOUNT, such as my-validator:8=2.5.',
    data: { option: 'to', value: text },
  });
}

function namedTwice(text: string): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't use --to "${text}": the same validator and subnet are named twice.`,
    hint: 'Add the amounts up in one --to.',
    data: { option: 'to', value: text },
  });
}
