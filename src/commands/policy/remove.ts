/** `tao policy remove`: back to no limits, after the severe confirmation. */
import { askConsent } from '../../cli/consent.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult } from '../../cli/spec.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import { policyRows } from '../../pipeline/spending/describe-policy.ts';
import { policyMark } from '../../pipeline/spending/edit-policy.ts';
import { openPolicyFile, policyPath } from '../../pipeline/spending/open-policy.ts';
import type { PolicyFile } from '../../signing/policy/policy-file.ts';
import type { Policy } from '../../signing/policy/types.ts';

/** What has to be repeated when there is no policy to take a mark from. */
const DAMAGED_MARK = 'damaged';

export const policyRemove: CommandBody = {
  run: async (context, raw) => {
    const file = openPolicyFile(context);
    const path = policyPath(context);
    const policy = await readPolicy(file);
    if (policy === undefined) return removedResult(path, false);
    await askConsent(context, {
      rows:
        policy === DAMAGED_MARK
          ? [['Policy', 'cannot be read']]
          : rowsOf(policy, context.clock.nowMs()),
      warnings: ['Without a policy this machine signs whatever is confirmed.'],
      question: 'Remove the spending policy?',
      confirm: optionText(raw, 'confirm'),
      severe:
        policy === DAMAGED_MARK
          ? { value: DAMAGED_MARK, what: `the word ${DAMAGED_MARK}` }
          : { value: policyMark(policy), what: "the start of the policy's checksum" },
    });
    await file.remove();
    return removedResult(path, true);
  },
};

async function readPolicy(file: PolicyFile): Promise<Policy | typeof DAMAGED_MARK | undefined> {
  try {
    return await file.read();
  } catch (error) {
    if (isTaoError(error, 'POLICY_DAMAGED')) return DAMAGED_MARK;
    throw error;
  }
}

function rowsOf(policy: Policy, nowMs: number) {
  return policyRows(policy, { nowMs });
}

function removedResult(path: string, wasRemoved: boolean): CommandResult {
  return {
    data: { path, wasRemoved },
    view: () => [
      wasRemoved
        ? {
            kind: 'receipt',
            verb: 'Removed',
            subject: 'spending policy',
            details: [['File', path]],
          }
        : { kind: 'hint', text: 'There is no policy.' },
    ],
  };
}
