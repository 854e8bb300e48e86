/**
 * From a plan that was agreed on to signed bytes, or to a file that somebody else signs: era, nonce
 * and hashes are of this moment, for the consent may have taken minutes.
 */
import type { PayloadParts } from '../chain/types.ts';
import type { UnsignedPlan } from '../signing/artifact.ts';
import type { Signer } from '../signing/types.ts';
import type { WrittenArtifact } from './offline/artifact-file.ts';
import { buildPartsNow, type PartsNow } from './payload-parts.ts';
import type { EarlyExit, Performance } from './perform.ts';
import type { TxPlan } from './plan.ts';
import { type SignedTransaction, signJournaled } from './spending/sign-journaled.ts';
import { createChainValuer } from './spending/value-assets.ts';

/** What is to be signed. `rows` are those that were agreed on. */
export type Agreed = {
  readonly performance: Performance;
  readonly call: Uint8Array;
  readonly rows: TxPlan['rows'];
  readonly metadataHash: Uint8Array | undefined;
};

/** What the policy is asked with: this chain's own metadata, and its prices. */
export function spendingBasis({ context, chain, view, account }: Omit<Performance, 'plan'>) {
  return {
    context,
    runtime: chain.runtime,
    isMetadataKnown: true,
    valueAssets: createChainValuer(view, account.address),
  };
}

/** The hash for --metadata-hash, or undefined. CHAIN_NO_METADATA_HASH. */
export async function readMetadataHash(
  performance: Performance,
  call: Uint8Array,
): Promise<Uint8Array | undefined> {
  const { chain, account, choices } = performance;
  if (choices.metadataHash === 'off') return undefined;
  const { chooseMetadataHash } = await import('./offline/metadata-digest.ts');
  const partsWith = async (metadataHash: Uint8Array): Promise<PayloadParts> =>
    (await partsNow({ performance, call, metadataHash })).parts;
  const { publicKey } = account;
  return chooseMetadataHash({ chain, choice: choices.metadataHash, publicKey, partsWith });
}

/** POLICY_REFUSED, PLAN_STALE, NETWORK_ codes: nothing is signed then. */
export async function signNow(
  agreed: Agreed,
  signer: Signer,
): Promise<SignedTransaction & { readonly now: PartsNow }> {
  const { performance } = agreed;
  const { context, ledger, plan, account, actedFor, intent, choices, part, isShielded } =
    performance;
  const now = await partsNow(agreed);
  const { era, view, parts, nonce } = now;
  const signed = await signJournaled({
    ...spendingBasis({ ...performance, view }),
    context,
    ledger,
    signer,
    parts,
    era,
    nonce,
    bornAtBlock: era.kind === 'mortal' ? era.birthNumber : view.number,
    intent: {
      requestId: choices.requestId,
      command: plan.command,
      address: actedFor?.address ?? account.address,
      intent,
      summary: plan.summary,
      ...(choices.signedOut === undefined ? {} : { isHeld: true }),
      ...(plan.batch === undefined
        ? {}
        : { items: plan.batch.items.map(({ summary }) => summary) }),
      ...(part === undefined ? {} : { part }),
      ...(isShielded === true ? { isShielded } : {}),
    },
  });
  return { ...signed, now };
}

/** FILE_ codes; nothing is signed and nothing is journaled. */
export async function writeUnsigned(agreed: Agreed, path: string): Promise<WrittenArtifact> {
  const plan = await createPlan(agreed, await partsNow(agreed));
  const { writeArtifact } = await loadFiles();
  return writeArtifact(agreed.performance.context, path, plan);
}

/** The bytes are in the journal before the file is: what cannot be written is not lost. */
export async function writeSigned(
  agreed: Agreed,
  signer: Signer,
  path: string,
): Promise<EarlyExit> {
  const { record, signature, now } = await signNow(agreed, signer);
  const { signPlan } = await import('../signing/artifact.ts');
  const artifact = signPlan(await createPlan(agreed, now), signature);
  const { writeArtifact } = await loadFiles();
  const file = await writeArtifact(agreed.performance.context, path, artifact);
  return { kind: 'signed', file, record };
}

/** FILE_EXISTS: before anything is asked. */
export async function refuseTakenPath({ context, choices }: Performance): Promise<void> {
  const path = choices.unsignedOut ?? choices.signedOut;
  if (path === undefined) return;
  const { refuseExisting } = await loadFiles();
  await refuseExisting(context, path);
}

function partsNow({ performance, call, metadataHash }: Omit<Agreed, 'rows'>): Promise<PartsNow> {
  const { chain, account, choices } = performance;
  return buildPartsNow({ chain, address: account.address, choices, call, metadataHash });
}

async function createPlan(agreed: Agreed, now: PartsNow): Promise<UnsignedPlan> {
  const { performance, rows, metadataHash } = agreed;
  const { chain, account, plan, context } = performance;
  const { createUnsignedPlan } = await import('./offline/plan-artifact.ts');
  const nowMs = context.clock.nowMs();
  return createUnsignedPlan({ chain, account, plan, rows, now, metadataHash, nowMs });
}

/** Loaded only where a file is written. */
function loadFiles() {
  return import('./offline/artifact-file.ts');
}
