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
  return familiarityOf(context, await context.openLedger(genesisHash), to.address);
}

/** The same of an address that nobody typed, by the ledger of its chain. Never online. */
export async function familiarityOf(
  context: Context,
  ledger: Pick<Ledger, 'journal' | 'genesisHash'>,
  address: string,
): Promise<Familiarity> {
  const keys = await readOwnKeys(context);
  if (keys.coldkeys.has(address)) return 'own-coldkey';
  if (keys.hotkeys.has(address)) return 'own-hotkey';
  const entries = await openAddressBook(context).list();
  if (entries.some((entry) => entry.address === address)) return 'address-book';
  // Whoever hands over a signed file to be sent may have paid anybody with a key of their own.
  const isOwn = (record: TxRecord): boolean => {
    const signer = signerOfRecord(record);
    return !isFromFile(record) || keys.coldkeys.has(signer) || isDevelopmentAccount(ledger, signer);
  };
  return wasPaid(ledger, address, isOwn) ? 'paid-before' : 'none';
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

/** Whether this user sent TAO or stake to the address before from here, on the ledger's chain. */
function wasPaid(
  { journal }: Pick<Ledger, 'journal'>,
  address: string,
  isOwn: (record: TxRecord) => boolean,
): boolean {
  return journal
    .list({ limit: SEARCHED_TRANSACTIONS })
    .some(
      (record) =>
        GIVING_COMMANDS.includes(record.command) &&
        record.state === 'succeeded' &&
        record.intent.to === address &&
        isOwn(record),
    );
}
