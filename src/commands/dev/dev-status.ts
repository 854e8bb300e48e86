/** What every dev command answers with: the embedded chain's own status, checked and shaped. */
import type { DevChainControl } from '../../cli/context.ts';
import type { CommandResult } from '../../cli/spec.ts';

export type DevStatus = {
  readonly folder: string;
  readonly location: 'in-process' | 'served';
  readonly url: string | null;
  readonly genesisHash: string;
  readonly preset: string;
  readonly block: { readonly number: number; readonly hash: string };
  readonly finalized: number;
  /** The block from which on every past state can be read. */
  readonly stateFrom: number;
  readonly stateDigest: string;
};

type Answer = {
  readonly genesisHash: string;
  readonly preset: string;
  readonly number: number;
  readonly hash: string;
  readonly finalized: number;
  readonly stateFrom: number;
  readonly stateDigest: string;
};

export async function readDevStatus(control: DevChainControl, folder: string): Promise<DevStatus> {
  const answer = (await control.request('dev_status', [])) as Answer;
  return {
    folder,
    location: control.url === undefined ? 'in-process' : 'served',
    url: control.url ?? null,
    genesisHash: answer.genesisHash,
    preset: answer.preset,
    block: { number: answer.number, hash: answer.hash },
    finalized: answer.finalized,
    stateFrom: answer.stateFrom,
    stateDigest: answer.stateDigest,
  };
}

/** The status as a result, under a receipt when something was done. */
export function devStatusResult(
  status: DevStatus,
  done?: { readonly verb: string; readonly subject: string },
): CommandResult {
  const rows = [
    ['Block', `${status.block.number} (${status.block.hash})`],
    ['Genesis', `${status.genesisHash} (${status.preset})`],
    ['State digest', status.stateDigest],
    ['Final', `block ${status.finalized}`],
    ['Past states', `readable from block ${status.stateFrom} on`],
    ['Folder', status.folder],
    ['Runs', status.url === null ? 'in each command' : `in tao dev run at ${status.url}`],
  ] as const;
  return {
    data: status,
    view: () =>
      done === undefined
        ? [{ kind: 'rows', rows }]
        : [{ kind: 'receipt', ...done, details: rows.slice(0, 1) }],
  };
}
