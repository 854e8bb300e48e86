/** `tao dev snapshot restore`: the chain of a file in place of the embedded chain. */
import { askConsent } from '../../cli/consent.ts';
import type { DevChainControl } from '../../cli/context.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { describeSavedChain } from '../../devnode/blocks/saved-chain.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { devStatusResult, readDevStatus } from './dev-status.ts';

const MAX_FILE_BYTES = 512 * 1024 * 1024;
/** Bytes of the file in one message. */
const PIECE_BYTES = 4 * 1024 * 1024;

export const devSnapshotRestore: CommandBody = {
  run: async (context, raw) => {
    const file = raw.arguments.file?.[0] ?? '';
    const bytes = await context.files.read(file, MAX_FILE_BYTES);
    if (bytes === undefined) throw missing(file);
    const saved = describeSavedChain(bytes);
    const control = await context.openDevChain();
    const before = await readDevStatus(control, context.paths.dev);
    await askConsent(context, {
      rows: [
        ['Folder', context.paths.dev],
        ['Loses', `${before.block.number} blocks and everything staked in them`],
        ['Restores', `block ${saved.number} of a chain of preset ${saved.preset}`],
      ],
      question: 'Put the saved chain in its place?',
    });
    await sendSnapshot(control, bytes);
    const status = await readDevStatus(control, context.paths.dev);
    return devStatusResult(status, { verb: 'Restored', subject: 'the embedded chain' });
  },
};

async function sendSnapshot(control: DevChainControl, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const piece = bytes.subarray(at, at + PIECE_BYTES);
    const data = Buffer.from(piece).toString('base64');
    const more = at + PIECE_BYTES < bytes.length;
    await control.request('dev_restoreSnapshot', [{ data, more, first: at === 0 }]);
  }
}

function missing(file: string): TaoError {
  return new TaoError('FILE_NOT_FOUND', {
    message: `Couldn't restore a snapshot: there is no file ${file}.`,
    hint: `Write one with: tao dev snapshot save FILE`,
    data: { path: file },
  });
}
