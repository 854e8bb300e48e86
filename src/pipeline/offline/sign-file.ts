/**
 * Signs a plan file on a machine that needs no network: everything that is shown and checked comes
 * from the bytes, and nothing here opens a chain.
 */
import { publicNetworkOf } from '../../chain/known-networks.ts';
import { askConsent } from '../../cli/consent.ts';
import type { Context } from '../../cli/context.ts';
import type { RawInput } from '../../cli/spec.ts';
import { parseAddress } from '../../domain/address.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { Ledger, TxRecord } from '../../ledger/types.ts';
import { assertNotExpired, signPlan, type UnsignedPlan } from '../../signing/artifact.ts';
import { equalBytes, parseHex } from '../../signing/bytes.ts';
import { extrinsicHash } from '../../signing/payload.ts';
import type { Account } from '../account.ts';
import { openSigner } from '../open-account.ts';
import { readSpending, refusalOf } from '../spending/judge-spending.ts';
import { signJournaled } from '../spending/sign-journaled.ts';
import { valueNothing } from '../spending/value-assets.ts';
import {
  readArtifact,
  refuseExisting,
  type WrittenArtifact,
  writeArtifact,
} from './artifact-file.ts';
import { artifactRows, artifactWarnings } from './artifact-rows.ts';
import { fileIntent } from './file-intent.ts';
import { findUnfamiliar } from './new-destinations.ts';
import { type OpenedArtifact, openArtifact, requireMortal } from './open-artifact.ts';

export type FileSigning = {
  readonly path: string;
  readonly out: string;
  readonly confirm: string | undefined;
  readonly trustedHash: string | undefined;
};

export type SignedFile = {
  readonly file: WrittenArtifact;
  readonly record: TxRecord;
  readonly opened: OpenedArtifact;
  /** The plan was signed before: this is that signature again. */
  readonly isRepeat: boolean;
};

/** ARTIFACT_*, POLICY_REFUSED, CONSENT_*, KEY_*, FILE_*. Until the key signs, nothing is written. */
export async function signFile(
  context: Context,
  raw: RawInput,
  signing: FileSigning,
): Promise<SignedFile> {
  await refuseExisting(context, signing.out);
  const plan = await readUnsigned(context, signing.path);
  assertNotExpired(plan, { nowMs: context.clock.nowMs() });
  requireMortal(plan);
  const opened = await openArtifact(context, plan, signing);
  const account = await openPlanAccount(context, raw, plan);
  const ledger = await context.openLedger(plan.chain.genesisHash);
  const known = findSigned(ledger, plan);
  const basis = spendingBasis(context, opened);
  if (known === undefined) {
    const spending = await readSpending({ ...basis, call: plan.call });
    const nowMs = context.clock.nowMs();
    const refusal = refusalOf(spending, { journal: ledger.journal, nowMs });
    if (refusal !== undefined) throw refusal;
  }
  await askToSign(context, { plan, opened, ledger, signing });
  const signed = known ?? (await signWith(account, { context, ledger, plan, opened, basis }));
  const file = await writeArtifact(context, signing.out, signPlan(plan, signed.signature));
  return { file, record: signed.record, opened, isRepeat: known !== undefined };
}

async function readUnsigned(context: Context, path: string): Promise<UnsignedPlan> {
  const artifact = await readArtifact(context, path);
  if (artifact.kind === 'unsigned') return artifact;
  throw new TaoError('ARTIFACT_INVALID', {
    message: `Couldn't sign ${path}: it is signed already.`,
    hint: `Run tao tx submit ${path} to send it.`,
    data: { path, hash: artifact.hash },
  });
}

/** Development keys are worthless on every chain that is not public, whatever --network says. */
async function openPlanAccount(
  context: Context,
  raw: RawInput,
  plan: UnsignedPlan,
): Promise<Account> {
  const isWorthless = publicNetworkOf(plan.chain.genesisHash) === undefined;
  const account = await openSigner(context, raw, isWorthless ? 'dev' : undefined);
  const isSame = equalBytes(account.publicKey, parseAddress(plan.from));
  if (isSame && account.scheme === plan.scheme) return account;
  throw new TaoError('ARTIFACT_WRONG_ACCOUNT', {
    message: isSame
      ? `Couldn't sign the plan: it is for a key of the kind ${plan.scheme}, and ${account.name} is ${account.scheme}.`
      : `Couldn't sign the plan: it is for ${plan.from}, and ${account.name} is ${account.address}.`,
    hint: 'Name the wallet of that account with --wallet.',
    data: { from: plan.from, wallet: account.address },
  });
}

/** The prices are elsewhere: alpha has no value here, and a policy that needs one refuses. */
function spendingBasis(context: Context, { runtime, metadata }: OpenedArtifact) {
  const isMetadataKnown = metadata.knownBy !== undefined;
  return { context, runtime, isMetadataKnown, valueAssets: valueNothing };
}

async function askToSign(
  context: Context,
  asked: {
    readonly plan: UnsignedPlan;
    readonly opened: OpenedArtifact;
    readonly ledger: Ledger;
    readonly signing: FileSigning;
  },
): Promise<void> {
  const { plan, opened, ledger, signing } = asked;
  const { call } = opened;
  const { reasons, severe } = await findUnfamiliar(context, {
    call,
    hash: extrinsicHash(plan.call),
    ledger,
    hasConfirm: signing.confirm !== undefined,
  });
  await askConsent(context, {
    rows: artifactRows(plan, opened),
    warnings: [...artifactWarnings(plan, opened), ...reasons],
    question: `Sign ${call.pallet}.${call.name}?`,
    confirm: signing.confirm,
    ...(severe === undefined ? {} : { severe }),
  });
}

type Signed = { readonly record: TxRecord; readonly signature: Uint8Array };

async function signWith(
  account: Account,
  given: {
    readonly context: Context;
    readonly ledger: Ledger;
    readonly plan: UnsignedPlan;
    readonly opened: OpenedArtifact;
    readonly basis: ReturnType<typeof spendingBasis>;
  },
): Promise<Signed> {
  const { context, ledger, plan, opened, basis } = given;
  const { era, nonce } = plan;
  const signer = await account.unlock();
  try {
    return await signJournaled({
      ...basis,
      context,
      ledger,
      runtime: opened.runtime,
      signer,
      parts: plan,
      era,
      nonce,
      bornAtBlock: era.kind === 'mortal' ? era.birthNumber : 0,
      intent: { ...fileIntent(plan, opened.call), requestId: planId(plan), isHeld: true },
    });
  } finally {
    signer.dispose();
  }
}

/** Names the very payload: a plan is signed once, however often it is asked for. */
function planId({ call, extra, additional }: UnsignedPlan): string {
  const PLAN_ID_DIGITS = 32;
  const payload = new Uint8Array([...call, ...extra, ...additional]);
  return `plan-${extrinsicHash(payload).slice(2, 2 + PLAN_ID_DIGITS)}`;
}

/** The signature this machine gave this plan before. */
function findSigned({ journal }: Ledger, plan: UnsignedPlan): Signed | undefined {
  const record = journal.findByRequestId(planId(plan));
  const extrinsic = parseHex(record?.signed?.extrinsic ?? '');
  if (record === undefined || extrinsic === undefined) return undefined;
  const signature = signatureIn(extrinsic, plan);
  return signature === undefined ? undefined : { record, signature };
}

/** The 64 bytes before extra and call, if those are the plan's. */
function signatureIn(extrinsic: Uint8Array, plan: UnsignedPlan): Uint8Array | undefined {
  const SIGNATURE_BYTES = 64;
  const end = extrinsic.length - plan.extra.length - plan.call.length;
  if (end < SIGNATURE_BYTES) return undefined;
  const signature = extrinsic.slice(end - SIGNATURE_BYTES, end);
  return equalBytes(signPlan(plan, signature).extrinsic, extrinsic) ? signature : undefined;
}
