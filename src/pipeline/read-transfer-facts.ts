/** Gathers what a transfer's plan needs: the receiver and the fee from one block, the rest from here. */
import type { AccountFacts } from '../chain/facts.ts';
import { readAccount } from '../chain/queries/read-accounts.ts';
import { readMinimumStake } from '../chain/queries/read-limits.ts';
import type { BlockView } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import type { Journal, Ledger } from '../ledger/types.ts';
import { createWalletStore } from '../signing/wallet/wallet-store.ts';
import {
  type Familiarity,
  TRANSFER_COMMAND,
  type TransferPlanFacts,
  type TransferRequest,
  transferCall,
} from './plan-transfer.ts';
import { TRANSFER_STAKE_COMMAND } from './plan-transfer-stake.ts';
import { type NamedAddress, openAddressBook } from './resolve-address.ts';
import type { FeeOf } from './transact.ts';
import { isDevUri } from './wallet-access.ts';

/** How many of the newest transactions are looked through for an earlier payment. */
const SEARCHED_TRANSACTIONS = 10_000;
/** Commands whose intent names a receiver as `to`. */
const GIVING_COMMANDS: readonly string[] = [TRANSFER_COMMAND, TRANSFER_STAKE_COMMAND];

/** One round trip's worth of questions. */
export async function readTransferPlanFacts(
  context: Context,
  question: {
    readonly view: BlockView;
    readonly account: AccountFacts;
    readonly request: TransferRequest;
    readonly feeOf: FeeOf;
  },
): Promise<TransferPlanFacts> {
  const { view, account, request, feeOf } = question;
  const { to, amountRao } = request;
  const [recipient, minimums, feeRao, familiarity] = await Promise.all([
    readAccount(view, to.address),
    readMinimumStake(view),
    feeOf(transferCall(to.address, amountRao === 'all' ? account.freeRao : amountRao)),
    readFamiliarity(context, to),
  ]);
  const { existentialDepositRao } = minimums;
  return { account, recipient, existentialDepositRao, feeRao, familiarity };
}

/** Where this user has met the address, the nearest first. Other chains' journals do not count. */
export async function readFamiliarity(context: Context, to: NamedAddress): Promise<Familiarity> {
  if (isDevUri(to.name)) return 'development';
  const { genesisHash } = await context.openChain();
  return familiarityOf(context, await context.openLedger(genesisHash), to.address);
}

/** The same of an address that nobody typed, by the ledger of its chain. Never online. */
export async function familiarityOf(
  context: Context,
  { journal }: Pick<Ledger, 'journal'>,
  address: string,
): Promise<Familiarity> {
  const own = await readOwnKey(context, address);
  if (own !== undefined) return own;
  const entries = await openAddressBook(context).list();
  if (entries.some((entry) => entry.address === address)) return 'address-book';
  return wasPaid(journal, address) ? 'paid-before' : 'none';
}

/** Which of this user's keys the address is; undefined: none. */
async function readOwnKey(context: Context, address: string): Promise<Familiarity | undefined> {
  const root = context.settings.get('wallet-path');
  const wallets = await createWalletStore({ files: context.files, root }).list();
  if (wallets.some(({ coldkey }) => coldkey.address === address)) return 'own-coldkey';
  const hotkeys = wallets.flatMap((wallet) => wallet.hotkeys);
  return hotkeys.some((hotkey) => hotkey.address === address) ? 'own-hotkey' : undefined;
}

/** Whether this machine sent TAO or stake to the address before, on the journal's chain. */
function wasPaid(journal: Pick<Journal, 'list'>, address: string): boolean {
  return journal
    .list({ limit: SEARCHED_TRANSACTIONS })
    .some(
      (record) =>
        GIVING_COMMANDS.includes(record.command) &&
        record.state === 'succeeded' &&
        record.intent.to === address,
    );
}
