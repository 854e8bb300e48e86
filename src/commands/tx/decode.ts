/** `tao tx decode`: what bytes are. Input to explanation, explanation to rows. */
import type { CommandBody, CommandResult, Text } from '../../cli/spec.ts';
import { formatRao, tao, taoJson } from '../../domain/amount.ts';
import { isoTime } from '../../domain/time.ts';
import {
  artifactRows,
  artifactWarnings,
  standingText,
} from '../../pipeline/offline/artifact-rows.ts';
import { type Explained, explainGiven } from '../../pipeline/offline/decode-bytes.ts';
import { callData, callRows } from '../../pipeline/offline/explain-call.ts';
import { eraEndBlock, isArtifactSignatureValid } from '../../signing/artifact.ts';
import { extrinsicHash } from '../../signing/payload.ts';

type Rows = readonly (readonly [label: string, value: Text])[];

export const txDecode: CommandBody = {
  run: async (context, raw) => {
    const explained = await explainGiven(context, raw.arguments.input?.[0] ?? '');
    return explained.kind === 'file' ? fileResult(explained) : bytesResult(explained);
  },
};

async function fileResult(
  given: Extract<Explained, { readonly kind: 'file' }>,
): Promise<CommandResult> {
  const { artifact, opened } = given;
  const { chain, era } = artifact;
  const isSigned = artifact.kind === 'signed';
  const isSignatureValid = isSigned ? await isArtifactSignatureValid(artifact) : null;
  const signatureRows: Rows = isSigned
    ? [
        ['Transaction', artifact.hash],
        ['Signature', isSignatureValid === true ? 'valid' : { text: 'NOT VALID', tone: 'bad' }],
      ]
    : [];
  return {
    data: {
      kind: isSigned ? 'signed' : 'plan',
      network: chain.name,
      genesisHash: chain.genesisHash,
      specVersion: chain.specVersion,
      metadata: { hash: opened.metadata.hash, verifiedBy: opened.metadata.knownBy ?? null },
      call: callData(opened.call),
      from: artifact.from,
      nonce: artifact.nonce,
      tip: taoJson(tao(artifact.tipRao)),
      era: era.kind === 'mortal' ? { kind: era.kind, period: era.period } : { kind: era.kind },
      expiresAt: isoTime(artifact.expiresAtMs),
      expiresAtBlock: eraEndBlock(era) ?? null,
      hash: isSigned ? artifact.hash : null,
      isSignatureValid,
      summary: artifact.summary,
    },
    warnings: artifactWarnings(artifact, opened),
    view: () => [
      {
        kind: 'rows',
        rows: [
          ['What', isSigned ? 'a signed transaction' : 'a plan, not signed'],
          ...artifactRows(artifact, opened),
          ...signatureRows,
        ],
      },
    ],
  };
}

function bytesResult(given: Exclude<Explained, { readonly kind: 'file' }>): CommandResult {
  const { source, kind } = given;
  const extrinsic = kind === 'extrinsic' ? given.extrinsic : undefined;
  const call = kind === 'extrinsic' ? given.extrinsic.call : given.call;
  const hash = kind === 'extrinsic' ? extrinsicHash(given.bytes) : null;
  const tipRao = extrinsic?.tipRao;
  const isCached = source.metadata.knownBy === 'cache';
  return {
    data: {
      kind,
      network: source.network,
      genesisHash: null,
      specVersion: source.specVersion,
      metadata: { hash: source.metadata.hash, verifiedBy: source.metadata.knownBy ?? null },
      call: callData(call),
      from: extrinsic?.address ?? null,
      nonce: extrinsic?.nonce ?? null,
      tip: tipRao === undefined ? null : taoJson(tao(tipRao)),
      era: extrinsic?.era ?? null,
      expiresAt: null,
      expiresAtBlock: null,
      hash,
      isSignatureValid: null,
      summary: [],
    },
    warnings: isCached
      ? [`No node could be reached: read with the metadata of runtime ${source.specVersion}.`]
      : [],
    view: () => [
      {
        kind: 'rows',
        rows: [
          ['What', extrinsic === undefined ? 'a call' : `an extrinsic (${extrinsic.kind})`],
          ['Network', `${source.network}, runtime ${source.specVersion}`],
          ...(extrinsic?.address === undefined ? [] : [['From', extrinsic.address] as const]),
          ...callRows(call),
          ...(extrinsic === undefined ? [] : extensionRows(extrinsic)),
          ...(hash === null ? [] : [['Transaction', hash] as const]),
          ['Metadata', source.metadata.hash],
          ['Verified', standingText(source.metadata)],
        ],
      },
    ],
  };
}

function extensionRows({
  era,
  nonce,
  tipRao,
  signature,
}: Extract<Explained, { readonly kind: 'extrinsic' }>['extrinsic']): Rows {
  return [
    ...(nonce === undefined ? [] : [['Nonce', `${nonce}`] as const]),
    ...(tipRao === undefined ? [] : [['Tip', `${formatRao(tipRao)} TAO`] as const]),
    ...(era === undefined
      ? []
      : [['Era', era.kind === 'mortal' ? `${era.period} blocks` : 'never expires'] as const]),
    ...(signature === undefined ? [] : [['Signature', signature.scheme] as const]),
  ];
}
