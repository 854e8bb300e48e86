/** The spending policy of this user: one file for all chains, beside the preferences. */
import { join } from 'node:path';
import type { Context } from '../../cli/context.ts';
import { createPolicyFile, type PolicyFile } from '../../signing/policy/policy-file.ts';

export const POLICY_FILE_NAME = 'policy.json';

/** Opening reads nothing; a file that is absent is no policy. */
export function openPolicyFile({ files, paths }: Pick<Context, 'files' | 'paths'>): PolicyFile {
  return createPolicyFile({ files, path: join(paths.config, POLICY_FILE_NAME) });
}
