/** `tao dev snapshot save`: the embedded chain as one file. */
import type { DevChainControl } from '../../cli/context.ts';
import type { CommandBody } from '../../cli/spec.ts';

/** Whoever reads the file reads a chain without value; still, it is its owner's. */
const MODE = 0o600;

export const devSnapshotSave: CommandBody = {
  run: async (context, raw) => {
    const file = raw.arguments.file?.[0] ?? '';
    const control = await context.openDevChain();
    const { facts, bytes } = await fetchSnapshot(control);
    await context.files.writeAtomic(file, bytes, { mode: MODE, overwrite: false });
    const { number, hash, stateDigest } = facts;
    return {
      data: { file, bytes: bytes.length, block: { number, hash }, stateDigest },
      view: () => [
        {
          kind: 'receipt',
          verb: 'Saved',
          subject: `the embedded chain at block ${number}`,
          details: [
            ['File', file],
            ['Bytes', bytes.length.toString()],
            ['State digest', stateDigest],
          ],
        },
      ],
    };
  },
};

type Facts = { readonly number: number; readonly hash: string; readonly stateDigest: string };
type Piece = { readonly data: string; readonly next: number | null };

/** Asks for the snapshot piece by piece. */
async function fetchSnapshot(
  control: DevChainControl,
): Promise<{ readonly facts: Facts; readonly bytes: Uint8Array }> {
  const first = (await control.request('dev_saveSnapshot', [])) as Facts & Piece;
  const pieces = [Buffer.from(first.data, 'base64')];
  for (let { next } = first as Piece; next !== null; ) {
    const piece = (await control.request('dev_saveSnapshot', [{ offset: next }])) as Piece;
    pieces.push(Buffer.from(piece.data, 'base64'));
    next = piece.next;
  }
  return { facts: first, bytes: new Uint8Array(Buffer.concat(pieces)) };
}
