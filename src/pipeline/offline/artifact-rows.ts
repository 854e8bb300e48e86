/** A plan or signed file in rows: what its bytes are, and how far that can be trusted. Pure. */
import { publicNetworkOf } from '../../chain/known-networks.ts';
import type { Text } from '../../cli/spec.ts';
import { formatRao } from '../../domain/amount.ts';
import type { Artifact } from '../../signing/artifact.ts';
import { expiryText } from './artifact-file.ts';
import { callRows } from './explain-call.ts';
import type { MetadataStanding } from './metadata-standing.ts';
import type { OpenedArtifact } from './open-artifact.ts';

type Rows = readonly (readonly [label: string, value: Text])[];

const STANDING_TEXT = {
  node: 'from the node of this network',
  cache: 'the same as this machine had from a node before',
  'signed-hash': 'its hash is signed too, and the chain compares it',
  user: 'vouched for with --trust-metadata',
} as const;
const UNVERIFIED = 'NO: there is nothing here to compare the metadata with';

/** Everything that is signed; the file's own words come last, and as its words. */
export function artifactRows(artifact: Artifact, { call, metadata }: OpenedArtifact): Rows {
  const { chain, tipRao, summary } = artifact;
  return [
    ['Network', networkText(artifact)],
    ['Runtime', `${chain.specVersion}`],
    ['From', artifact.from],
    ...callRows(call),
    ['Nonce', `${artifact.nonce}`],
    ...(tipRao === 0n ? [] : [['Tip', `${formatRao(tipRao)} TAO`] as const]),
    ['Expires', expiryText(artifact)],
    ['Metadata', metadata.hash],
    ['Verified', standingText(metadata)],
    ...(summary[0] === undefined ? [] : [['The file says', summary[0]] as const]),
  ];
}

/** What must not be missed, even where rows are not printed. */
export function artifactWarnings(
  artifact: Artifact,
  { metadata }: Pick<OpenedArtifact, 'metadata'>,
): readonly string[] {
  return [
    ...(metadata.knownBy === undefined
      ? [
          `The metadata in the file (${metadata.hash}) could not be verified: with another one the same bytes are another call.`,
        ]
      : []),
    ...(artifact.era.kind === 'immortal'
      ? ['On the chain this transaction never expires: whoever has it may send it at any time.']
      : []),
  ];
}

export function standingText({ knownBy }: MetadataStanding): Text {
  if (knownBy === undefined) return { text: UNVERIFIED, tone: 'warn' };
  return STANDING_TEXT[knownBy];
}

/** Only a genesis hash says which chain it is; the name in the file is its writer's. */
function networkText({ chain }: Artifact): string {
  const known = publicNetworkOf(chain.genesisHash);
  return known === undefined
    ? `${chain.genesisHash}, which the file calls ${chain.name}`
    : `${known} (${chain.genesisHash})`;
}
