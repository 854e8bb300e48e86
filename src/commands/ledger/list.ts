/** `tao ledger list`: whose history is kept, and how far. */
import type { CommandBody, View } from '../../cli/spec.ts';
import type { Ledger } from '../../ledger/types.ts';
import { openJournal } from '../../pipeline/open-journal.ts';
import { readCovered } from '../../pipeline/sync-history.ts';

export const ledgerList: CommandBody = {
  run: async (context) => {
    const { ledger } = await openJournal(context);
    return followedResult(ledger);
  },
};

/** The accounts followed, as data and as a table. */
export function followedResult(ledger: Ledger) {
  const accounts = ledger.sync.followed().map(({ coldkey, sinceBlock }) => {
    const covered = readCovered(ledger, coldkey);
    return {
      address: coldkey,
      sinceBlock,
      fromBlock: covered?.from ?? null,
      toBlock: covered?.to ?? null,
      gaps: ledger.sync.gaps(coldkey).map(({ fromBlock, toBlock, reason }) => {
        return { fromBlock, toBlock, reason };
      }),
    };
  });
  return { data: { accounts }, view: () => renderFollowed(accounts) };
}

type Followed = {
  readonly address: string;
  readonly sinceBlock: number;
  readonly fromBlock: number | null;
  readonly toBlock: number | null;
  readonly gaps: readonly unknown[];
};

function renderFollowed(accounts: readonly Followed[]): View {
  if (accounts.length === 0) {
    return [{ kind: 'hint', text: 'No account is followed. tao rewards sync follows one.' }];
  }
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Account', kind: 'address' },
        { header: 'Since block', align: 'right' },
        { header: 'Known from', align: 'right' },
        { header: 'Known to', align: 'right' },
        { header: 'Gaps', align: 'right' },
      ],
      rows: accounts.map(({ address, sinceBlock, fromBlock, toBlock, gaps }) => [
        address,
        sinceBlock.toString(),
        fromBlock?.toString() ?? '',
        toBlock?.toString() ?? '',
        gaps.length.toString(),
      ]),
    },
  ];
}
