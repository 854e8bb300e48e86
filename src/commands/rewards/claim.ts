/** `tao rewards claim`: pays root dividends out, or says what is owed when nothing is due. */
import { readHotkeyOwner } from '../../chain/queries/read-limits.ts';
import { readNetuids } from '../../chain/queries/read-prices.ts';
import type { BlockView } from '../../chain/types.ts';
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult, RawInput, View } from '../../cli/spec.ts';
import { alpha, alphaJson, displayRao } from '../../domain/amount.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import type { TxRecord } from '../../ledger/types.ts';
import {
  type ClaimRequest,
  type ClaimRow,
  chooseClaim,
  planClaim,
  requireClaimable,
} from '../../pipeline/plan-claim.ts';
import { readClaimPlanFacts } from '../../pipeline/plan-claim-facts.ts';
import { type ClaimReceipt, readClaimReceived } from '../../pipeline/plan-claim-received.ts';
import { hotkeyUnknown, subnetUnknown } from '../../pipeline/plan-stake.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import { receiptRows, transactionData } from '../../pipeline/tx-result.ts';

export const rewardsClaim: CommandBody = {
  run: async (context, raw) => {
    const { account, choices } = await readTransactionInput(context, raw);
    const request = await readRequest(context, raw);
    requireClaimable(request);
    let seen: readonly ClaimRow[] = [];
    try {
      const done = await transact(context, {
        command: 'rewards.claim',
        account,
        choices,
        request,
        plan: async (view, _facts, feeOf) => {
          const [facts] = await Promise.all([
            readClaimPlanFacts(view, account.address),
            requireNamed(view, request),
          ]);
          seen = facts.rows;
          const chosen = chooseClaim(request, facts);
          return planClaim(chosen, facts, await feeOf(chosen.call));
        },
      });
      if (done.kind === 'planned') return plannedResult(done);
      const chain = await context.openChain();
      const received = await readClaimReceived(chain, account.address, done.record);
      return claimedResult(done.record, received, done.isRepeat);
    } catch (error) {
      if (isTaoError(error, 'CLAIM_NOTHING_DUE')) return nothingDueResult(error.data, seen);
      throw error;
    }
  },
};

/** SUBNET_UNKNOWN, HOTKEY_UNKNOWN: a name that is not there is a slip, and not nothing owed. */
async function requireNamed(view: BlockView, { netuids, hotkey }: ClaimRequest): Promise<void> {
  const [known, owner] = await Promise.all([
    netuids === 'all' ? undefined : readNetuids(view),
    hotkey === undefined ? undefined : readHotkeyOwner(view, hotkey),
  ]);
  const unknown = netuids === 'all' ? undefined : netuids.find((one) => !known?.includes(one));
  if (unknown !== undefined) throw subnetUnknown(unknown);
  if (hotkey !== undefined && owner === undefined) throw hotkeyUnknown(hotkey);
}

async function readRequest(context: Context, raw: RawInput): Promise<ClaimRequest> {
  const named = raw.options.netuid;
  const texts = Array.isArray(named) ? (named as readonly string[]) : [];
  const hotkeyText = optionText(raw, 'hotkey');
  const hotkey =
    hotkeyText === undefined ? undefined : (await resolveAccount(context, hotkeyText)).address;
  const netuids = [...new Set(texts.map(parseNetuid))].sort((a, b) => a - b);
  return { netuids: netuids.length === 0 ? 'all' : netuids, hotkey };
}

function claimedResult(
  record: TxRecord,
  received: readonly ClaimReceipt[] | undefined,
  isRepeat: boolean,
): CommandResult {
  const taken = received ?? [];
  return {
    data: {
      isDue: true,
      received:
        received?.map(({ hotkey, netuid, alphaRao }) => ({
          hotkey,
          amount: alphaJson(alpha(netuid, alphaRao)),
        })) ?? null,
      transaction: transactionData(record),
      isRepeat,
    },
    warnings: isRepeat ? ['This request id was done before; nothing was sent now.'] : [],
    view: () => [
      {
        kind: 'receipt',
        verb: record.outcome === undefined ? 'Sent' : 'Claimed',
        subject: record.outcome === undefined ? record.summary : 'root dividends',
        details: [
          ...taken.map((one) => ['Received', receivedText(one)] as const),
          ...receiptRows(record),
        ],
      },
      { kind: 'hint', text: 'tao rewards show has what was earned so far.' },
    ],
  };
}

function receivedText({ netuid, alphaRao }: ClaimReceipt): string {
  const amount = displayRao(alphaRao, 9);
  return netuid === 0 ? `${amount} TAO of root stake` : `${amount} alpha on subnet ${netuid}`;
}

/** Nothing to do is no failure: what is owed so far is the result. */
function nothingDueResult(
  data: Readonly<Record<string, unknown>>,
  rows: readonly ClaimRow[],
): CommandResult {
  return {
    data: { isDue: false, claims: data.claims ?? [], isRepeat: false },
    view: (style) => (rows.length === 0 ? [nothingOwed()] : owedTable(rows, style.isTerminal)),
  };
}

function nothingOwed(): View[number] {
  return { kind: 'line', text: 'Nothing to claim: no root dividend is owed to this account.' };
}

function owedTable(rows: readonly ClaimRow[], isTerminal: boolean): View {
  const amount = (rao: bigint) => (isTerminal ? displayRao(rao, 9) : displayRao(rao, 9));
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Netuid', align: 'right' },
        { header: 'Hotkey', kind: 'address' },
        { header: 'Owed', align: 'right' },
        { header: 'Threshold', align: 'right' },
        { header: 'Worth (TAO)', align: 'right' },
      ],
      rows: rows.map((row) => [
        row.netuid === undefined ? 'fund' : `${row.netuid}`,
        row.hotkey,
        amount(row.owedRao),
        amount(row.thresholdRao),
        row.worthRao === undefined ? '' : amount(row.worthRao),
      ]),
    },
    { kind: 'hint', text: 'Nothing is due yet: each row must reach its threshold.' },
  ];
}
