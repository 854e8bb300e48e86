/** `tao tx sign`: a plan file to a signed file. The work is the pipeline's, and never online. */
import type { RunMode } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult, RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { artifactData, expiryText } from '../../pipeline/offline/artifact-file.ts';
import { artifactWarnings, standingText } from '../../pipeline/offline/artifact-rows.ts';
import { callData } from '../../pipeline/offline/explain-call.ts';
import { type SignedFile, signFile } from '../../pipeline/offline/sign-file.ts';
import { missingOptions } from '../../pipeline/position-input.ts';
import { transactionData } from '../../pipeline/tx-result.ts';

export const txSign: CommandBody = {
  run: async (context, raw) => {
    const out = optionText(raw, 'out');
    if (out === undefined) throw missingOptions(['--out']);
    const signing = {
      path: raw.arguments.file?.[0] ?? '',
      out,
      confirm: optionText(raw, 'confirm'),
      trustedHash: readTrustedHash(raw),
    };
    return signedResult(await signFile(context, raw, signing), context.mode.output);
  },
};

function readTrustedHash(raw: RawInput): string | undefined {
  const text = optionText(raw, 'trust-metadata');
  if (text === undefined || /^0x[0-9a-fA-F]{64}$/.test(text)) return text;
  throw new TaoError('USAGE_INVALID', {
    message: "Couldn't read --trust-metadata: it must be 0x and 64 hex digits.",
    hint: 'Copy it from tao tx decode on a machine you trust.',
  });
}

function signedResult(
  { file, record, opened, isRepeat }: SignedFile,
  output: RunMode['output'],
): CommandResult {
  const { metadata, call } = opened;
  return {
    data: {
      file: artifactData(file),
      call: callData(call),
      metadata: { hash: metadata.hash, verifiedBy: metadata.knownBy ?? null },
      isRepeat,
      transaction: transactionData(record),
    },
    warnings: [
      // People saw them before they agreed.
      ...(output === 'json' ? artifactWarnings(file.artifact, opened) : []),
      ...(isRepeat ? ['This plan was signed here before: it is the same signature.'] : []),
    ],
    view: () => [
      {
        kind: 'receipt',
        verb: 'Signed',
        subject: `${call.pallet}.${call.name}, not sent`,
        details: [
          ['File', file.path],
          ['Transaction', record.signed?.hash ?? 'none'],
          ['Expires', expiryText(file.artifact)],
          ['Verified', standingText(metadata)],
        ],
      },
      { kind: 'hint', text: `tao tx submit ${file.path} sends it, from a machine with network.` },
    ],
  };
}
