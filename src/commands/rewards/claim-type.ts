/** `tao rewards claim-type`: shows how root dividends are paid, or changes it. */
import { type ClaimType, claimRules, readClaimType } from '../../chain/queries/read-claims.ts';
import { readNetuids } from '../../chain/queries/read-prices.ts';
import type { Context } from '../../cli/context.ts';
import type { CommandBody, CommandResult, RawInput } from '../../cli/spec.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { TxRecord } from '../../ledger/types.ts';
import { openAccount } from '../../pipeline/open-account.ts';
import { paidAs } from '../../pipeline/plan-claim.ts';
import { claimTypeData, planClaimType } from '../../pipeline/plan-claim-type.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import { receiptRows, transactionData } from '../../pipeline/tx-result.ts';

export const rewardsClaimType: CommandBody = {
  run: async (context, raw) => {
    const wanted = readWanted(raw);
    if (wanted === undefined) return showType(context, raw);
    const { account, choices } = await readTransactionInput(context, raw);
    const done = await transact(context, {
      command: 'rewards.claim-type',
      account,
      choices,
      request: claimTypeData(wanted),
      plan: async (view) => {
        const [now, netuids] = await Promise.all([
          readClaimType(view, account.address),
          readNetuids(view),
        ]);
        return planClaimType(wanted, { now, netuids });
      },
    });
    if (done.kind === 'planned') return plannedResult(done);
    return changedResult(wanted, done.record, done.isRepeat);
  },
};

/** The type to set; undefined: only look. USAGE_MISSING, USAGE_CONFLICT, NETUID_INVALID. */
function readWanted(raw: RawInput): ClaimType | undefined {
  const kind = raw.arguments.type?.[0];
  const named = raw.options.netuid;
  const texts = Array.isArray(named) ? (named as readonly string[]) : [];
  const netuids = [...new Set(texts.map(parseNetuid))].sort((a, b) => a - b);
  if (kind === 'keep-subnets') {
    if (netuids.length > 0) return { kind, netuids };
    throw new TaoError('USAGE_MISSING', {
      message: "Couldn't set keep-subnets: no subnet is named.",
      hint: 'Add --netuid once for every subnet whose alpha is kept.',
      data: { missing: ['--netuid'] },
    });
  }
  if (netuids.length > 0) {
    throw new TaoError('USAGE_CONFLICT', {
      message: "Couldn't use --netuid: only keep-subnets names subnets.",
      hint: 'Use tao rewards claim-type keep-subnets --netuid N, or leave out --netuid.',
      data: { options: ['netuid'] },
    });
  }
  return kind === 'keep' || kind === 'swap' ? { kind } : undefined;
}

async function showType(context: Context, raw: RawInput): Promise<CommandResult> {
  const account = await openAccount(context, raw);
  const chain = await context.openChain();
  const view = await chain.at('best');
  const type = await readClaimType(view, account.address);
  const rules = claimRules(view);
  return {
    data: {
      address: account.address,
      rules,
      canChoose: type !== undefined,
      type: type === undefined ? null : claimTypeData(type),
    },
    view: () => [
      {
        kind: 'rows',
        rows: [
          ['Account', account.address],
          ['Claim type', type?.kind ?? 'none to choose on this runtime'],
          ['Paid as', paidAs(type)],
        ],
      },
      ...(type === undefined
        ? []
        : [{ kind: 'hint', text: 'tao rewards claim-type keep changes it.' } as const]),
    ],
  };
}

function changedResult(type: ClaimType, record: TxRecord, isRepeat: boolean): CommandResult {
  return {
    data: { type: claimTypeData(type), transaction: transactionData(record), isRepeat },
    warnings: isRepeat ? ['This request id was done before; nothing was sent now.'] : [],
    view: () => [
      {
        kind: 'receipt',
        verb: record.outcome === undefined ? 'Sent' : 'Set',
        subject: `claim type ${type.kind}`,
        details: [['Paid as', paidAs(type)], ...receiptRows(record)],
      },
    ],
  };
}
