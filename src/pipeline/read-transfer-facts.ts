/** Gathers what a transfer's plan needs: the receiver and the fee from one block, the rest from here. */

import type { AccountFacts } from '../chain/facts.ts';
import { publicNetworkOf } from '../chain/known-networks.ts';
import { readAccount } from '../chain/queries/read-accounts.ts';
import { readMinimumStake } from '../chain/queries/read-limits.ts';
import type { BlockView } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import type { Ledger, TxRecord } from '../ledger/types.ts';
import { devAddresses } from '../signing/keys/dev-addresses.ts';
import { createWalletStore } from '../signing/wallet/wallet-store.ts';
import { signerOfRecord } from './acting-as-record.ts';
import { isFromFile } from './offline/file-intent.ts';
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
  const familiarityOf = await readFamiliarities(context, await context.openLedger(genesisHash));
  return familiarityOf(to.address);
}

/** The same of any number of addresses that nobody typed, by the ledger of their chain. Never online. */
export async function readFamiliarities(
  context: Context,
  ledger: Pick<Ledger, 'journal' | 'genesisHash'>,
): Promise<(address: string) => Familiarity> {
  const { coldkeys, hotkeys } = await readOwnKeys(context);
  const entries = addressesOf(await openAddressBook(context).list());
  // Whoever hands over a signed file to be sent may have paid anybody with a key of their own.
  const isOwn = (record: TxRecord): boolean => {
    const signer = signerOfRecord(record);
    return !isFromFile(record) || coldkeys.has(signer) || isDevelopmentAccount(ledger, signer);
  };
  const paid = paidBy(ledger, isOwn);
  return (address) => {
    if (coldkeys.has(address)) return 'own-coldkey';
    if (hotkeys.has(address)) return 'own-hotkey';
    if (entries.has(address)) return 'address-book';
    return paid.has(address) ? 'paid-before' : 'none';
  };
}

/** Whether it is an account whose key anybody knows, on a chain where nothing has value. */
export function isDevelopmentAccount(
  { genesisHash }: Pick<Ledger, 'genesisHash'>,
  address: string,
): boolean {
  const isWorthless = publicNetworkOf(genesisHash) === undefined;
  return isWorthless && Object.values(devAddresses).includes(address);
}

type OwnKeys = { readonly coldkeys: ReadonlySet<string>; readonly hotkeys: ReadonlySet<string> };

async function readOwnKeys(context: Context): Promise<OwnKeys> {
  const root = context.settings.get('wallet-path');
  const wallets = await createWalletStore({ files: context.files, root }).list();
  const hotkeys = wallets.flatMap((wallet) => wallet.hotkeys);
  return {
    coldkeys: addressesOf(wallets.map(({ coldkey }) => coldkey)),
    hotkeys: addressesOf(hotkeys),
  };
}

function addressesOf(
  keys: readonly { readonly address: string | undefined }[],
): ReadonlySet<string> {
  return new Set(keys.flatMap(({ address }) => address ?? []));
}

/** Whom this user sent TAO or stake to before from here, on the ledger's chain. */
function paidBy(
  { journal }: Pick<Ledger, 'journal'>,
  isOwn: (record: TxRecord) => boolean,
): ReadonlySet<unknown> {
  const payments = journal
    .list({ limit: SEARCHED_TRANSACTIONS })
    .filter(
      (record) =>
        GIVING_COMMANDS.includes(record.command) && record.state === 'succeeded' && isOwn(record),
    );
  return new Set(payments.map(({ intent }) => intent.to));
}
