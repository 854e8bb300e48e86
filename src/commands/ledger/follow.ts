/** `tao ledger follow` and `unfollow`: whose history is kept. */
import type { Context } from '../../cli/context.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { openJournal } from '../../pipeline/open-journal.ts';
import { type NamedAddress, resolveAccount } from '../../pipeline/resolve-address.ts';
import { followedResult } from './list.ts';

export const ledgerFollow: CommandBody = {
  run: async (context, raw) => {
    const accounts = await readAccounts(context, raw);
    const chain = await context.openChain();
    const ledger = await context.openLedger(chain.genesisHash);
    const { number } = await chain.at('best');
    for (const { address } of accounts) ledger.sync.follow(address, number);
    return followedResult(ledger);
  },
};

export const ledgerUnfollow: CommandBody = {
  run: async (context, raw) => {
    const accounts = await readAccounts(context, raw);
    const { ledger } = await openJournal(context);
    const followed = new Set(ledger.sync.followed().map(({ coldkey }) => coldkey));
    const stranger = accounts.find(({ address }) => !followed.has(address));
    if (stranger !== undefined) {
      throw new TaoError('USAGE_INVALID', {
        message: `Couldn't stop following ${stranger.name}: it is not followed.`,
        hint: 'Run tao ledger list to see which accounts are.',
        data: { address: stranger.address },
      });
    }
    for (const { address } of accounts) ledger.sync.unfollow(address);
    return followedResult(ledger);
  },
};

function readAccounts(context: Context, raw: RawInput): Promise<readonly NamedAddress[]> {
  return Promise.all((raw.arguments.accounts ?? []).map((text) => resolveAccount(context, text)));
}
