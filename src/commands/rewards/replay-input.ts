/** What a backtest is asked for: options to values. */

import { readBlockTime } from '../../chain/queries/read-limits.ts';
import type { BlockView } from '../../chain/types.ts';
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { parseTao } from '../../domain/amount.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { ReplayPlace } from '../../ledger/replay/replay-stake.ts';
import { missingOptions, readPosition } from '../../pipeline/position-input.ts';
import type { ReplaySpan } from '../../pipeline/read-replay-facts.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import type { SyncReader } from '../../pipeline/sync-reader.ts';
import { findSince, parseSince, type Since } from '../../pipeline/sync-since.ts';
import { readEstimateAmount } from './estimate-input.ts';

export type ReplayInput = {
  readonly place: ReplayPlace;
  readonly from: Since;
  /** Undefined: the newest block. */
  readonly to: Since | undefined;
} & (
  | { readonly kind: 'position' }
  | {
      readonly kind: 'amount';
      readonly amountRao: bigint;
      readonly against: readonly ReplayPlace[];
    }
);

/** USAGE_MISSING, USAGE_INVALID, USAGE_CONFLICT, AMOUNT_*, NETUID_INVALID, ADDRESS_*. */
export async function readReplayInput(context: Context, raw: RawInput): Promise<ReplayInput> {
  const fromText = optionText(raw, 'from');
  if (fromText === undefined) throw missingOptions(['--from']);
  const toText = optionText(raw, 'to');
  const from = parseSince(fromText, 'from');
  const to = toText === undefined ? undefined : parseSince(toText, 'to');
  const isPosition = readEstimateAmount(raw)?.kind === 'position';
  const wants = isPosition ? { amountUnit: 'TAO', amountText: '0' } : { amountUnit: 'TAO' };
  const { hotkey, netuid, amountText } = await readPosition(context, raw, wants);
  const base = { place: { hotkey, netuid }, from, to };
  if (isPosition) return { ...base, kind: 'position' };
  const against = await Promise.all(
    listOf(raw.options.against).map((text) => readPlace(context, text, netuid)),
  );
  return { ...base, kind: 'amount', amountRao: parseTao(amountText).rao, against };
}

/** `HOTKEY` on the same subnet, or `HOTKEY:NETUID`. */
async function readPlace(context: Context, text: string, netuid: number): Promise<ReplayPlace> {
  const [name = '', subnet] = text.split(':');
  const { address } = await resolveAccount(context, name);
  return { hotkey: address, netuid: subnet === undefined ? netuid : parseNetuid(subnet) };
}

/** The blocks meant, the first after genesis at the earliest. USAGE_INVALID for an empty span. */
export async function readReplaySpan(
  reader: SyncReader,
  head: BlockView,
  { from, to }: Pick<ReplayInput, 'from' | 'to'>,
): Promise<ReplaySpan> {
  const now = { number: head.number, timeMs: (await readBlockTime(head)) ?? 0 };
  const fromBlock = Math.max(1, await findSince(reader, from, now));
  const toBlock = to === undefined ? head.number : await findSince(reader, to, now);
  if (toBlock > fromBlock) return { fromBlock, toBlock };
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't replay from block ${fromBlock} to block ${toBlock}: that is no span of time.`,
    hint: `Give --from an earlier block; the newest is ${head.number}.`,
    data: { fromBlock, toBlock, newestBlock: head.number },
  });
}

function listOf(value: RawInput['options'][string]): readonly string[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? [value] : [];
}
