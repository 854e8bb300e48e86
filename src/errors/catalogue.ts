/**
 * Every error code the tool can print, with its exit code and whether repeating is safe.
 * docs/errors.md is generated from this list. Add a code here before you raise it.
 */

/** `safe`: nothing was submitted. `after-check`: look first (`tao tx show`). `never`: it would fail the same way. */
export type Retry = 'never' | 'safe' | 'after-check';

export type CatalogueEntry = {
  readonly exitCode: number;
  readonly retry: Retry;
  /** One sentence for docs/errors.md: when this happens. */
  readonly meaning: string;
};

const entry = (exitCode: number, retry: Retry, meaning: string): CatalogueEntry => ({
  exitCode,
  retry,
  meaning,
});

export const catalogue = {
  // Unexpected
  INTERNAL: entry(1, 'never', 'A defect in taostake itself.'),

  // Interruption
  INTERRUPTED: entry(130, 'safe', 'Stopped by Ctrl-C or SIGTERM before anything was submitted.'),

  // Usage
  USAGE_UNKNOWN_COMMAND: entry(2, 'never', 'There is no such command.'),
  USAGE_UNKNOWN_OPTION: entry(2, 'never', 'The command has no such option.'),
  USAGE_MISSING: entry(
    2,
    'never',
    'A value the command needs was not given and cannot be asked for.',
  ),
  USAGE_CONFLICT: entry(2, 'never', 'Two options exclude each other.'),
  USAGE_INVALID: entry(2, 'never', 'A value has the wrong form.'),
  AMOUNT_INVALID: entry(2, 'never', 'An amount is not a plain decimal number in the right range.'),
  AMOUNT_TOO_PRECISE: entry(2, 'never', 'An amount has more decimals than its unit.'),
  ADDRESS_INVALID: entry(2, 'never', 'An address is not a valid ss58 address.'),
  ADDRESS_WRONG_PREFIX: entry(2, 'never', "An address is spelled for another chain's ss58 prefix."),
  NETUID_INVALID: entry(2, 'never', 'A netuid is not a whole number from 0 to 65535.'),
  PROMPT_UNAVAILABLE: entry(
    2,
    'never',
    'A question would have to be asked and nobody can be asked.',
  ),
  CONFIG_UNKNOWN_KEY: entry(2, 'never', 'There is no such preference.'),
  CONFIG_INVALID: entry(2, 'never', 'A preference has a value outside its range.'),

  // Consent
  CONSENT_REQUIRED: entry(3, 'safe', 'Confirmation is needed and nobody can be asked.'),
  CONSENT_DECLINED: entry(3, 'safe', 'The question was answered with no.'),

  // Plan: what the chain would refuse, found before anything is signed
  SUBNET_UNKNOWN: entry(2, 'never', 'There is no subnet with that netuid on this chain.'),
  SUBNET_NOT_STARTED: entry(
    6,
    'never',
    "The subnet's token is not enabled, so nothing can be staked there.",
  ),
  HOTKEY_UNKNOWN: entry(2, 'never', 'No hotkey with that address is registered on this chain.'),
  BALANCE_TOO_LOW: entry(
    2,
    'never',
    'The free balance does not cover the amount, the fee and the deposit.',
  ),
  AMOUNT_BELOW_MINIMUM: entry(
    2,
    'never',
    "The amount is below the chain's minimum for one operation.",
  ),
  POSITION_EMPTY: entry(2, 'never', 'There is no stake on that hotkey and subnet.'),
  STAKE_TOO_LOW: entry(2, 'never', 'The position holds less than was asked for.'),
  STAKE_LOCKED: entry(2, 'never', 'A lock keeps the stake from leaving.'),
  CLAIM_NOTHING_DUE: entry(2, 'never', 'No root dividend has reached the threshold of a claim.'),
  LOCK_UNKNOWN: entry(2, 'never', 'The coldkey has no lock on that subnet.'),
  LOCK_MISMATCH: entry(2, 'never', 'The lock on the subnet speaks for another hotkey.'),
  HOTKEY_NOT_ON_SUBNET: entry(2, 'never', 'The hotkey is not registered on that subnet.'),
  TRANSFER_DISALLOWED: entry(6, 'never', "The subnet's owner has switched transfers of stake off."),
  POOL_TOO_SMALL: entry(6, 'never', "The subnet's pool cannot serve the amount."),
  PRICE_LIMIT_PASSED: entry(7, 'never', 'The price limit is already past the market price.'),
  PRICE_LIMIT_TOO_TIGHT: entry(7, 'never', 'The trade itself would move the price past its limit.'),

  PLAN_STALE: entry(7, 'safe', 'The chain changed between plan and signature; nothing was signed.'),

  // Transactions
  TX_FAILED: entry(
    6,
    'never',
    'The transaction is in a block and its call failed; the fee was paid.',
  ),
  TX_REFUSED: entry(6, 'never', 'The node refused the transaction; nothing was executed.'),
  TX_EXPIRED: entry(
    6,
    'safe',
    'The transaction was not included while it could be; it never will be.',
  ),
  TX_NOT_SENT: entry(
    5,
    'after-check',
    'The transaction is signed and journaled, and was not sent.',
  ),
  TX_OUTCOME_UNKNOWN: entry(
    8,
    'after-check',
    'The transaction was sent and what became of it is not known.',
  ),
  TX_NONCE_GAP: entry(
    7,
    'after-check',
    'An earlier transaction of the account is missing; nothing was sent.',
  ),
  SHIELD_UNAVAILABLE: entry(
    6,
    'safe',
    'The transaction cannot be sent encrypted, and that was asked for.',
  ),
  NONCE_BUSY: entry(9, 'safe', 'Another run keeps sending for the same account.'),
  TX_NOTHING_SIGNED: entry(
    2,
    'never',
    'The record has no signed bytes, so there is nothing to resume.',
  ),
  DEMO_FAILED: entry(1, 'safe', "A command of the demo failed; the exit code is that command's."),
  WALLET_NO_KEY: entry(4, 'never', 'The wallet has no key that can sign.'),

  // Ledger and journal
  TX_NOT_FOUND: entry(2, 'never', 'The journal has no transaction of that id or hash.'),
  TX_AMBIGUOUS: entry(2, 'never', 'The start of an id or hash fits several transactions.'),
  TX_DUPLICATE: entry(7, 'after-check', 'The same signed bytes are in the journal already.'),
  REQUEST_ID_REUSED: entry(2, 'never', 'A request id belongs to another request.'),
  LEDGER_UNREADABLE: entry(9, 'never', 'The ledger cannot be opened, or a newer tao wrote it.'),
  LEDGER_CORRUPT: entry(9, 'never', 'The ledger, or a record in it, is damaged.'),
  LEDGER_WRONG_CHAIN: entry(9, 'never', 'The ledger belongs to a chain of another genesis.'),
  LEDGER_LOCKED: entry(9, 'safe', 'Another run kept the ledger busy for too long.'),
  LEDGER_TOO_LITTLE: entry(2, 'never', 'The ledger holds too few facts for what was asked.'),
  LEDGER_CONFLICT: entry(
    9,
    'never',
    'Two sources gave different values for one fact of one block.',
  ),
  LEDGER_IMPORT_INVALID: entry(
    2,
    'never',
    'A line of an exported ledger is not as it was written.',
  ),
  LEDGER_FULL: entry(9, 'safe', 'There is no space left where the ledger is; nothing was lost.'),

  // Files and preferences
  CONFIG_CORRUPT: entry(9, 'never', 'The preferences file is unreadable or is not a JSON object.'),
  FILE_NOT_FOUND: entry(2, 'never', 'A file that was named does not exist.'),
  FILE_NOT_READABLE: entry(9, 'never', 'A file or folder could not be read.'),
  FILE_NOT_WRITABLE: entry(9, 'never', 'A file or folder could not be written.'),
  FILE_EXISTS: entry(9, 'never', 'A file is already there and nothing was overwritten.'),
  FILE_TOO_LARGE: entry(9, 'never', 'A file is larger than the limit for its kind.'),
  FILE_IS_SYMLINK: entry(9, 'never', 'A file would be written through a symbolic link.'),
  FILE_IS_DIRECTORY: entry(9, 'never', 'A folder is where a file should be, or the reverse.'),
  FILE_DISK_FULL: entry(9, 'safe', 'The disk is full or a quota is used up.'),
  FILE_LOCKED: entry(9, 'safe', 'Another running tao holds the lock.'),
  OUTPUT_NOT_WRITABLE: entry(9, 'after-check', 'The result could not be written to stdout.'),

  // Keys
  WALLET_NAME_INVALID: entry(2, 'never', 'A wallet or hotkey name cannot be a file name.'),
  WALLET_NOT_FOUND: entry(4, 'never', 'There is no wallet or hotkey of that name.'),
  WALLET_EXISTS: entry(4, 'never', 'A key file is already there and nothing was overwritten.'),
  KEYFILE_MISSING: entry(4, 'never', 'The wallet lacks the file that the command needs.'),
  KEYFILE_DAMAGED: entry(4, 'never', 'A key file is cut short or its content is malformed.'),
  KEYFILE_FORMAT_UNKNOWN: entry(4, 'never', 'A file in the wallet folder is no key file we know.'),
  KEYFILE_UNSUPPORTED: entry(4, 'never', 'A key file is of a known kind that cannot be used here.'),
  KEY_PASSWORD_WRONG: entry(
    4,
    'safe',
    'The password is wrong or the file is damaged; the two cannot be told apart.',
  ),
  KEY_PASSWORD_MISSING: entry(4, 'safe', 'A key is encrypted and no password was given.'),
  KEY_PASSWORD_WEAK: entry(4, 'never', 'A new password is too short or has spaces at its ends.'),
  KEY_DERIVATION_FAILED: entry(4, 'safe', 'There is not enough memory to open an encrypted key.'),
  KEY_MISMATCH: entry(4, 'never', 'A secret does not belong to the address it is filed under.'),
  MNEMONIC_INVALID: entry(4, 'never', 'The words are not a valid English BIP-39 mnemonic.'),
  SEED_INVALID: entry(4, 'never', 'A seed or private key has the wrong length or is not hex.'),
  URI_INVALID: entry(4, 'never', 'A secret URI is malformed or impossible for its scheme.'),
  ADDRESS_UNKNOWN: entry(
    2,
    'never',
    'A name is no address, no wallet and not in the address book.',
  ),
  ADDRESS_AMBIGUOUS: entry(2, 'never', 'A name means both a wallet and an address book entry.'),
  ADDRESS_BOOK_NAME_INVALID: entry(2, 'never', 'A name cannot be used in the address book.'),
  ADDRESS_BOOK_NAME_TAKEN: entry(2, 'never', 'The address book has that name for another address.'),
  ADDRESS_BOOK_DAMAGED: entry(9, 'never', 'The address book file is malformed.'),

  // Acting for another account: proxies and multisigs
  PROXY_NOT_ALLOWED: entry(
    6,
    'never',
    'The signer has no proxy for the account, or none whose type allows the call.',
  ),
  PROXY_MUST_ANNOUNCE: entry(
    6,
    'never',
    'The proxy has a delay, so the call has to be announced first.',
  ),
  PROXY_UNKNOWN: entry(2, 'never', 'There is no proxy of that delegate, type and delay.'),
  PROXY_EXISTS: entry(2, 'never', 'The account has that proxy already, or as many as it can.'),
  ANNOUNCEMENT_UNKNOWN: entry(2, 'never', 'There is no such announcement on chain.'),
  ANNOUNCEMENT_TOO_EARLY: entry(6, 'safe', "The announced call's delay is not over yet."),
  MULTISIG_UNKNOWN: entry(2, 'never', 'No multisig of that name is saved.'),
  MULTISIG_INVALID: entry(2, 'never', 'A multisig to be saved cannot exist.'),
  MULTISIG_NAME_TAKEN: entry(2, 'never', 'The name is saved for another multisig.'),
  MULTISIG_BOOK_DAMAGED: entry(9, 'never', 'The file of saved multisigs is malformed.'),
  MULTISIG_NOT_SIGNATORY: entry(2, 'never', 'The signer is no signatory of the multisig.'),
  MULTISIG_NOTHING_OPEN: entry(2, 'never', 'The multisig has no such open approval.'),
  MULTISIG_APPROVED_ALREADY: entry(2, 'never', 'The signer has approved that call already.'),
  MULTISIG_CALL_UNKNOWN: entry(
    2,
    'never',
    'Only the hash of an open call is known, and the call itself is needed.',
  ),

  // Spending policy and files for offline signing
  POLICY_REFUSED: entry(7, 'never', 'The spending policy does not allow the transaction.'),
  POLICY_INVALID: entry(2, 'never', 'A spending policy to be set is malformed.'),
  POLICY_DAMAGED: entry(9, 'never', 'The policy file was changed or damaged; nothing is signed.'),
  ARTIFACT_INVALID: entry(2, 'never', 'A plan or signed file is malformed or contradicts itself.'),
  ARTIFACT_VERSION_UNKNOWN: entry(2, 'never', 'A plan or signed file is of another version.'),
  ARTIFACT_EXPIRED: entry(7, 'never', 'A plan or signed file is past its time.'),
  ARTIFACT_WRONG_ACCOUNT: entry(4, 'never', 'A plan is for another account than the wallet.'),
  ARTIFACT_WRONG_CHAIN: entry(7, 'never', 'A signed file is for another chain than the network.'),
  ARTIFACT_WRONG_RUNTIME: entry(
    7,
    'never',
    'A plan or signed file was made for another version of the runtime.',
  ),
  ARTIFACT_UNTRUSTED: entry(
    7,
    'never',
    'The metadata in a plan is not the one known for its chain and runtime.',
  ),

  // Network and chain
  NETWORK_UNKNOWN: entry(
    2,
    'never',
    'A network is neither a known name nor a ws:// or wss:// URL.',
  ),
  NETWORK_UNREACHABLE: entry(5, 'safe', 'No connection to the node could be opened.'),
  NETWORK_TIMEOUT: entry(5, 'safe', 'The node did not answer in time.'),
  NETWORK_CLOSED: entry(5, 'safe', 'The connection to the node was lost.'),
  NETWORK_BAD_REPLY: entry(5, 'safe', 'The node answered something that is no valid reply.'),
  RPC_REFUSED: entry(5, 'safe', 'The node answered a request with an error.'),
  CHAIN_WRONG_GENESIS: entry(7, 'never', 'The node serves another chain than the network named.'),
  CHAIN_METADATA_UNUSABLE: entry(5, 'never', "The chain's metadata has a form we cannot read."),
  CHAIN_LACKS_CALL: entry(
    6,
    'never',
    'This runtime has no such call, or not with these arguments.',
  ),
  CHAIN_LACKS_ITEM: entry(
    6,
    'never',
    'This runtime has no such storage item, constant or runtime API.',
  ),
  CHAIN_ARGUMENT: entry(2, 'never', 'A value does not fit the type that the runtime asks for.'),
  CHAIN_UNDECODABLE: entry(5, 'never', 'Bytes do not decode as what they should be.'),
  CHAIN_UNKNOWN_EXTENSION: entry(
    6,
    'never',
    'The chain asks for a signed extension with content that this version does not know.',
  ),
  CHAIN_NO_METADATA_HASH: entry(
    6,
    'never',
    'The runtime does not check the hash of its metadata, and it was asked for.',
  ),
  CHAIN_UNKNOWN_BLOCK: entry(5, 'never', 'The node has no such block, or no longer has its state.'),
  CHAIN_TOO_MANY_ENTRIES: entry(5, 'never', 'A read would return more entries than its limit.'),
  CHAIN_REFUSED: entry(6, 'never', 'The chain refused the transaction, for a reason of its own.'),
  CHAIN_PRICE_LIMIT: entry(7, 'safe', 'The price moved beyond the limit of the trade.'),
  CHAIN_AMOUNT_TOO_LOW: entry(6, 'never', 'The amount is under a minimum of the chain.'),
  CHAIN_NOT_ENOUGH_BALANCE: entry(6, 'never', 'The account has too little free TAO.'),
  CHAIN_NOT_ENOUGH_STAKE: entry(6, 'never', 'The position holds less stake than the call needs.'),
  CHAIN_STAKE_LOCKED: entry(6, 'never', 'The stake is locked or still held.'),
  CHAIN_LIQUIDITY: entry(6, 'never', "The subnet's pool cannot serve the amount."),
  CHAIN_HOTKEY_UNKNOWN: entry(6, 'never', 'The hotkey is not registered or has no owner.'),
  CHAIN_SUBNET_UNKNOWN: entry(6, 'never', 'There is no such subnet.'),
  CHAIN_SUBNET_CLOSED: entry(6, 'never', "The subnet's token or feature is switched off."),
  CHAIN_RATE_LIMITED: entry(6, 'after-check', 'The chain allows this only after a waiting time.'),
  CHAIN_NOT_PERMITTED: entry(6, 'never', 'The account may not make this call.'),
  CHAIN_COLDKEY_SWAP: entry(6, 'never', 'A coldkey swap is announced, disputed or impossible.'),
  CHAIN_TX_STALE: entry(
    6,
    'after-check',
    'The nonce is used or the lifetime of the bytes is over.',
  ),
  CHAIN_TX_INVALID: entry(6, 'never', 'Signature, spec version or genesis do not fit the chain.'),
  CHAIN_POOL_BUSY: entry(6, 'after-check', "The node's transaction pool did not take it now."),

  // Economy
  ECONOMY_INVALID_INPUT: entry(
    1,
    'never',
    'The economy was given figures that no chain state can have.',
  ),

  // Embedded chain
  DEV_PRESET_UNKNOWN: entry(2, 'never', 'There is no such preset of the embedded chain.'),
  DEV_PRESET_DIFFERS: entry(2, 'never', 'The embedded chain started from another preset.'),
  DEV_PROFILE_UNKNOWN: entry(2, 'never', 'The embedded chain has no such runtime profile.'),
  DEV_SCENARIO_UNKNOWN: entry(2, 'never', 'There is no such scenario.'),
  DEV_PORT_UNAVAILABLE: entry(5, 'safe', 'The embedded chain cannot listen on the port.'),
  DEV_CHAIN_LOCKED: entry(9, 'safe', "Another running tao owns the embedded chain's folder."),
  DEV_CHAIN_CORRUPT: entry(9, 'never', "The embedded chain's folder is damaged."),
  DEV_SNAPSHOT_INVALID: entry(2, 'never', 'The file is no snapshot of an embedded chain.'),
  DEV_STATE_DISCARDED: entry(
    6,
    'never',
    'The embedded chain no longer keeps the state of that block.',
  ),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof catalogue;
