/** `tao tx resume`: settles what a lost connection or a crash left open. */

import { parseFollowingOptions } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { isTaoError, type TaoError } from '../../errors/tao-error.ts';
import type { TxRecord } from '../../ledger/types.ts';
import { withCarrier } from '../../pipeline/carried.ts';
import { findRecord } from '../../pipeline/open-journal.ts';
import { isSettled, resumeTransaction } from '../../pipeline/resume.ts';
import { transactionData } from '../../pipeline/tx-result.ts';
import { renderRecords } from './list.ts';

/** Most transactions settled in one run. */
const RESUME_LIMIT = 100;

export const txResume: CommandBody = {
  run: async (context, raw) => {
    const choices = parseFollowingOptions(context.settings);
    const chain = await context.openChain();
    const ledger = await context.openLedger(chain.genesisHash);
    const reference = raw.arguments.transaction?.[0];
    const open =
      reference === undefined
        ? ledger.journal.list({ limit: RESUME_LIMIT, unsettledOnly: true })
        : [findRecord(ledger, reference)];
    const settled: TxRecord[] = [];
    let waiting: TaoError | undefined;
    // One after another, oldest first: a later nonce cannot go before an earlier one.
    for (const record of [...open].reverse()) {
      const resumption = {
        ...{ context, chain, ledger, record },
        ...{ waitFor: choices.wait, timeoutMs: choices.timeoutMs },
        sendsHeld: reference !== undefined,
      };
      try {
        settled.push(isSettled(record) ? record : await resumeTransaction(resumption));
      } catch (error) {
        // Nothing of it is sent any more: what comes after it need not wait.
        if (!isTaoError(error, 'TX_OUTCOME_UNKNOWN') || error.data.isWaiting !== true) throw error;
        waiting ??= error;
      }
    }
    if (waiting !== undefined) throw waiting;
    return {
      data: {
        transactions: settled.map((record) => transactionData(withCarrier(ledger, record))),
      },
      view: () =>
        settled.length === 0
          ? [{ kind: 'hint', text: 'Nothing to settle: every transaction has its outcome.' }]
          : renderRecords(settled),
    };
  },
};
