/** `tao policy show`: the policy, and what is left of its windows on one chain. */
import type { CommandBody } from '../../cli/spec.ts';
import { openJournal } from '../../pipeline/open-journal.ts';
import { policyData, policyRows } from '../../pipeline/spending/describe-policy.ts';
import { openPolicyFile, policyPath } from '../../pipeline/spending/open-policy.ts';
import { readSpendHistory } from '../../pipeline/spending/spend-history.ts';

export const policyShow: CommandBody = {
  run: async (context) => {
    const path = policyPath(context);
    const policy = await openPolicyFile(context).read();
    if (policy === undefined) {
      return {
        data: { path, policy: null },
        view: () => [
          { kind: 'rows', rows: [['Policy', 'none: this machine signs whatever is confirmed']] },
          { kind: 'hint', text: 'tao policy set --per-day TAO sets one.' },
        ],
      };
    }
    const nowMs = context.clock.nowMs();
    const { ledger } = await openJournal(context);
    const history = readSpendHistory(ledger.journal, { nowMs });
    return {
      data: { path, policy: policyData(policy, { history, nowMs }) },
      view: () => [{ kind: 'rows', rows: policyRows(policy, { history, nowMs }) }],
    };
  },
};
