/** The spending policy of this user: one file for all chains, beside the preferences. */
import { join } from 'node:path';
import type { Context } from '../../cli/context.ts';
import { createPolicyFile, type PolicyFile } from '../../signing/policy/policy-file.ts';

export const POLICY_FILE_NAME = 'policy.json';

export function policyPath({ paths }: Pick<Context, 'paths'>): string {
  return join(paths.config, POLICY_FILE_NAME);
}

/** Opening reads nothing; a file that is absent is no policy. */
export function openPolicyFile(context: Pick<Context, 'files' | 'paths'>): PolicyFile {
  return createPolicyFile({ files: context.files, path: policyPath(context) });
}
