/** Asks the spending policy about a file, without signing it. Never online. */
import type { Context } from '../../cli/context.ts';
import type { TaoError } from '../../errors/tao-error.ts';
import { readSpending, refusalOf, type Spending } from '../spending/judge-spending.ts';
import { valueNothing } from '../spending/value-assets.ts';
import { readArtifact } from './artifact-file.ts';
import { artifactWarnings } from './artifact-rows.ts';
import { findByHash } from './find-by-hash.ts';
import { openArtifact } from './open-artifact.ts';

export type CheckedFile = {
  readonly spending: Spending;
  readonly refusal: TaoError | undefined;
  readonly warnings: readonly string[];
};

/** ARTIFACT_*, FILE_NOT_FOUND, POLICY_DAMAGED. What was signed here already does not count twice. */
export async function checkFile(
  context: Context,
  { path, trustedHash }: { readonly path: string; readonly trustedHash: string | undefined },
): Promise<CheckedFile> {
  const artifact = await readArtifact(context, path);
  const opened = await openArtifact(context, artifact, { trustedHash });
  const spending = await readSpending({
    context,
    runtime: opened.runtime,
    call: artifact.call,
    isMetadataKnown: opened.metadata.knownBy !== undefined,
    valueAssets: valueNothing,
  });
  const { journal } = await context.openLedger(artifact.chain.genesisHash);
  const own = artifact.kind === 'signed' ? findByHash(journal, artifact.hash)?.id : undefined;
  const nowMs = context.clock.nowMs();
  return {
    spending,
    refusal: refusalOf(spending, { journal, nowMs, exceptId: own }),
    warnings: artifactWarnings(artifact, opened),
  };
}
