/** `tao rewards sync`: fills the ledger with what accounts held, were paid and moved. */
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, View } from '../../cli/spec.ts';
import { shortAddress } from '../../domain/address.ts';
import { clockWarnings } from '../../ledger/clock-warnings.ts';
import { readSyncAccounts } from '../../pipeline/sync-accounts.ts';
import { networkWarnings } from '../../pipeline/sync-identity.ts';
import {
  type SyncedAccount,
  type SyncProgress,
  type SyncResult,
  syncRewards,
} from '../../pipeline/sync-rewards.ts';
import { parseSince } from '../../pipeline/sync-since.ts';

export const rewardsSync: CommandBody = {
  run: async (context, raw) => {
    const sinceText = optionText(raw, 'since');
    const since = sinceText === undefined ? undefined : parseSince(sinceText);
    const chain = await context.openChain();
    const ledger = await context.openLedger(chain.genesisHash);
    const notes = await networkWarnings(context, chain);
    const accounts = await readSyncAccounts(context, raw, ledger);
    const progress = context.streams.progress('Reading the chain');
    try {
      const result = await syncRewards({
        chain,
        ledger,
        clock: context.clock,
        signal: context.signal,
        accounts,
        since,
        onProgress: (step) => progress.update(progressText(step)),
      });
      return {
        data: syncData(result),
        warnings: [
          ...notes,
          ...clockWarnings(ledger, context.clock.nowMs()),
          ...result.warnings,
          ...result.accounts.flatMap(warningsOf),
        ],
        view: () => renderSync(result),
      };
    } finally {
      progress.stop();
    }
  },
};

function progressText(step: SyncProgress): string {
  const { doneBlocks, totalBlocks, account, doneAccounts, totalAccounts } = step;
  const percent = totalBlocks === 0 ? 100 : Math.floor((doneBlocks * 100) / totalBlocks);
  const place = totalAccounts > 1 ? ` (account ${doneAccounts + 1} of ${totalAccounts})` : '';
  return `Reading history of ${nameOf(account)}${place}: ${doneBlocks} of ${totalBlocks} blocks, ${percent} %`;
}

function nameOf({ name, address }: { readonly name: string; readonly address: string }): string {
  return name === address ? shortAddress(address) : name;
}

function syncData({ block, accounts }: SyncResult) {
  return {
    block: { number: block.number, hash: block.hash },
    accounts: accounts.map((account) => ({
      address: account.coldkey,
      name: account.name,
      sinceBlock: account.sinceBlock,
      fromBlock: account.covered?.from ?? null,
      toBlock: account.covered?.to ?? null,
      observations: account.observations,
      flows: account.flows,
      claims: account.claims,
      gaps: account.gaps.map(({ fromBlock, toBlock, reason }) => ({ fromBlock, toBlock, reason })),
    })),
  };
}

function warningsOf(account: SyncedAccount): readonly string[] {
  return account.gaps.map(
    ({ fromBlock, toBlock }) =>
      `Blocks ${fromBlock} to ${toBlock} of ${account.name} are missing: this node no longer has their state. An archive node may (--network archive).`,
  );
}

function renderSync({ accounts }: SyncResult): View {
  if (accounts.length === 0) {
    return [{ kind: 'hint', text: 'No wallet here and no account followed. Name an address.' }];
  }
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Account', kind: 'address' },
        { header: 'From block', align: 'right' },
        { header: 'To block', align: 'right' },
        { header: 'Looks', align: 'right' },
        { header: 'Stake moved', align: 'right' },
        { header: 'Claims', align: 'right' },
        { header: 'Gaps', align: 'right' },
      ],
      rows: accounts.map((account) => [
        account.name,
        account.covered?.from.toString() ?? '',
        account.covered?.to.toString() ?? '',
        account.observations.toString(),
        account.flows.toString(),
        account.claims.toString(),
        account.gaps.length.toString(),
      ]),
    },
    { kind: 'hint', text: 'tao rewards show tells what it earned.' },
  ];
}
