/** `tao policy set`: edits the policy. Allowing more than before takes the severe confirmation. */
import { askConsent } from '../../cli/consent.ts';
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import { policyData, policyRows } from '../../pipeline/spending/describe-policy.ts';
import { editPolicy, loosenings, policyMark } from '../../pipeline/spending/edit-policy.ts';
import { openPolicyFile, policyPath } from '../../pipeline/spending/open-policy.ts';
import { serializePolicyFile } from '../../signing/policy/policy-file.ts';
import type { Policy } from '../../signing/policy/types.ts';
import { readPolicyEdit } from './policy-input.ts';

export const policySet: CommandBody = {
  run: async (context, raw) => {
    const file = openPolicyFile(context);
    const edit = await readPolicyEdit(context, raw);
    const before = await readBefore(context);
    const after = editPolicy(before === 'damaged' ? undefined : before, edit);
    // Refused before anything is asked, if it could not be read back.
    serializePolicyFile(after);
    const loosened = reasonsOf(before, after);
    const spent = { nowMs: context.clock.nowMs() };
    if (loosened.length > 0) await confirmLoosening(context, raw, { after, loosened });
    await file.write(after);
    return {
      data: { path: policyPath(context), policy: policyData(after, spent), loosened },
      view: () => [
        {
          kind: 'receipt',
          verb: 'Set',
          subject: 'spending policy',
          details: policyRows(after, spent).map(([label, value]) => [label, value] as const),
        },
        { kind: 'hint', text: 'tao policy show tells what is left of it.' },
      ],
    };
  },
};

type Before = Policy | 'damaged' | undefined;

/** A damaged file cannot be compared with: replacing it counts as allowing more. */
async function readBefore(context: Context): Promise<Before> {
  try {
    return await openPolicyFile(context).read();
  } catch (error) {
    if (isTaoError(error, 'POLICY_DAMAGED')) return 'damaged';
    throw error;
  }
}

function reasonsOf(before: Before, after: Policy): readonly string[] {
  if (before === undefined) return [];
  if (before !== 'damaged') return loosenings(before, after);
  return ['The policy that is there cannot be read: it is replaced, and nothing of it stays.'];
}

async function confirmLoosening(
  context: Context,
  raw: RawInput,
  { after, loosened }: { readonly after: Policy; readonly loosened: readonly string[] },
): Promise<void> {
  await askConsent(context, {
    rows: policyRows(after, { nowMs: context.clock.nowMs() }),
    warnings: loosened,
    question: 'Allow more than before?',
    confirm: optionText(raw, 'confirm'),
    severe: { value: policyMark(after), what: "the start of the new policy's checksum" },
  });
}
