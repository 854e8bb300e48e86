/** `tao wallet transfer`: free TAO to another account. Input to request, result to receipt. */
import type { Context } from '../../cli/context.ts';
import { optionText, parseTransactionOptions } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult, RawInput } from '../../cli/spec.ts';
import { formatRao, parseTao, tao, taoJson } from '../../domain/amount.ts';
import type { TxRecord } from '../../ledger/types.ts';
import { openAccount } from '../../pipeline/open-account.ts';
import {
  planTransfer,
  requireOtherAccount,
  TRANSFER_COMMAND,
  type TransferRequest,
} from '../../pipeline/plan-transfer.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { missingOptions } from '../../pipeline/position-input.ts';
import { readTransferPlanFacts } from '../../pipeline/read-transfer-facts.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { transact } from '../../pipeline/transact.ts';
import { receiptRows, transactionData } from '../../pipeline/tx-result.ts';

/** What --amount takes for everything that can go. */
const ALL = 'all';

export const walletTransfer: CommandBody = {
  run: async (context, raw) => {
    const choices = parseTransactionOptions(raw, context.settings);
    const hasConfirm = choices.confirm !== undefined;
    const request = { ...(await readRequest(context, raw)), hasConfirm };
    const account = await openAccount(context, raw);
    requireOtherAccount(request.to, account.address);
    const done = await transact(context, {
      command: TRANSFER_COMMAND,
      account,
      choices,
      request: { to: request.to.address, amountRao: request.amountRao },
      plan: async (view, accountFacts, feeOf) => {
        const question = { view, account: accountFacts, request, feeOf };
        return planTransfer(request, await readTransferPlanFacts(context, question));
      },
    });
    if (done.kind === 'planned') return plannedResult(done);
    return transferredResult(done.record, done.isRepeat);
  },
};

/** ADDRESS_*, WALLET_NOT_FOUND, AMOUNT_*, USAGE_MISSING naming every missing option at once. */
async function readRequest(
  context: Context,
  raw: RawInput,
): Promise<Pick<TransferRequest, 'to' | 'amountRao'>> {
  const toText = optionText(raw, 'to');
  const amountText = optionText(raw, 'amount');
  const missing = [
    ...(toText === undefined ? ['--to'] : []),
    ...(amountText === undefined ? ['--amount'] : []),
  ];
  const { prompts, canAsk } = context.streams;
  if (missing.length > 0 && !canAsk) throw missingOptions(missing);
  const to = await resolveAccount(context, toText ?? (await prompts.text('Send to')));
  const amount = amountText ?? (await prompts.text(`Amount (TAO, or ${ALL})`));
  return { to, amountRao: amount === ALL ? ALL : parseTao(amount).rao };
}

function transferredResult(record: TxRecord, isRepeat: boolean): CommandResult {
  const sentRao = sentInEvents(record);
  const to = String(record.intent.to);
  return {
    data: {
      transaction: transactionData(record),
      to,
      amount: sentRao === undefined ? null : taoJson(tao(sentRao)),
      isRepeat,
    },
    warnings: isRepeat ? ['This request id was done before; nothing was sent now.'] : [],
    view: () => [
      {
        kind: 'receipt',
        verb: sentRao === undefined ? 'Submitted' : 'Sent',
        subject: sentRao === undefined ? record.summary : `${formatRao(sentRao)} TAO`,
        details: [['To', to], ...receiptRows(record)],
      },
    ],
  };
}

/** What the chain says was transferred; undefined until it is in a block. */
function sentInEvents(record: TxRecord): bigint | undefined {
  for (const event of record.outcome?.events ?? []) {
    const { pallet, name, fields } = event as {
      readonly pallet?: unknown;
      readonly name?: unknown;
      readonly fields?: { readonly to?: unknown; readonly amount?: unknown };
    };
    const isIt = pallet === 'Balances' && name === 'Transfer' && fields?.to === record.intent.to;
    if (isIt && typeof fields?.amount === 'string') return BigInt(fields.amount);
  }
  return undefined;
}
