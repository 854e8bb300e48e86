/** The options of `tao policy set` as an edit of the policy. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { parseTao } from '../../domain/amount.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { missingOptions } from '../../pipeline/position-input.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { type PolicyEdit, WINDOW_PERIODS } from '../../pipeline/spending/edit-policy.ts';
import { KNOWN_CALLS } from '../../signing/policy/call-effects.ts';

/** Lifts a limit or a list. */
const ANY = 'any';
/** An empty list: allows nothing. */
const NONE = 'none';
const NEVER = 'never';

/** USAGE_MISSING without an option; USAGE_INVALID, AMOUNT_*, NETUID_INVALID, ADDRESS_*. */
export async function readPolicyEdit(context: Context, raw: RawInput): Promise<PolicyEdit> {
  const names = ['per-transaction', ...WINDOW_PERIODS.map((period) => `per-${period}`)];
  const all = [...names, 'netuid', 'hotkey', 'destination', 'call', 'expires'];
  if (all.every((name) => raw.options[name] === undefined)) throw missingOptions(['--per-day']);
  const address = async (text: string) => (await resolveAccount(context, text)).address;
  const windows = WINDOW_PERIODS.map(
    (period) => [period, readLimit(raw, `per-${period}`)] as const,
  );
  const edit = {
    perTransactionRao: readLimit(raw, 'per-transaction'),
    netuids: await readList(raw, 'netuid', async (text) => parseNetuid(text)),
    hotkeys: await readList(raw, 'hotkey', address),
    destinations: await readList(raw, 'destination', address),
    calls: await readList(raw, 'call', async (text) => knownCall(text)),
    expiresAtMs: readExpiry(optionText(raw, 'expires')),
  };
  const given = Object.entries(edit).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given) as Omit<PolicyEdit, 'windows'>),
    windows: Object.fromEntries(windows.filter(([, value]) => value !== undefined)),
  };
}

function readLimit(raw: RawInput, name: string): bigint | typeof ANY | undefined {
  const text = optionText(raw, name);
  return text === undefined || text === ANY ? text : parseTao(text).rao;
}

async function readList<T>(
  raw: RawInput,
  name: string,
  parse: (text: string) => Promise<T>,
): Promise<readonly T[] | typeof ANY | undefined> {
  const given = raw.options[name];
  const texts = Array.isArray(given) ? (given as readonly string[]) : [];
  if (texts.length === 0) return undefined;
  const [word] = texts.filter((text) => text === ANY || text === NONE);
  if (word !== undefined && texts.length > 1) throw notAlone(name, word);
  if (word === ANY) return ANY;
  if (word === NONE) return [];
  return [...new Set(await Promise.all(texts.map(parse)))];
}

function knownCall(text: string): string {
  if (KNOWN_CALLS.includes(text)) return text;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --call "${text}": it is no call that a policy knows.`,
    details: KNOWN_CALLS.map((call) => call),
    hint: 'Name one of these, pallet and call, or leave the list out.',
    data: { value: text, known: KNOWN_CALLS },
  });
}

/** `2026-12-31` is its beginning in UTC. */
function readExpiry(text: string | undefined): number | typeof ANY | undefined {
  if (text === undefined) return undefined;
  if (text === NEVER || text === ANY) return ANY;
  const isTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const ms = isTime ? Date.parse(text) : Number.NaN;
  if (ms >= 0) return ms;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't read --expires "${text}": it is no day and no time.`,
    hint: 'Write 2026-12-31, or 2026-12-31T18:00:00Z, or never.',
    data: { value: text },
  });
}

function notAlone(name: string, word: string): TaoError {
  return new TaoError('USAGE_CONFLICT', {
    message: `Couldn't use --${name} ${word} with other values: it stands for all of them.`,
    hint: 'Leave the one or the others out.',
  });
}
