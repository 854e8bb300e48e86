/** One line for every noun of the tool, for help, completions and the man page. Plain data. */

export const NOUN_SUMMARIES: Readonly<Record<string, string>> = {
  wallet: 'Create, import, show and use wallets',
  'wallet hotkey': 'Create, import and list hotkeys',
  'wallet password': "Change or remove a key's password",
  'wallet address-book': 'Keep names for addresses',
  stake: 'Stake TAO, move it, and see where it is',
  unstake: 'Turn stake back into TAO',
  delegate: 'Find, compare and switch validators',
  rewards: 'Know what was earned, and claim it',
  portfolio: 'Keep stake at the targets of a file',
  subnet: 'Look at subnets, their prices and their miners',
  tx: 'Look at transactions, resume, sign and submit them',
  policy: 'Limit what this tool may spend',
  proxy: 'Act for an account through a proxy',
  multisig: 'Act for an account of several signers',
  ledger: 'Keep, check, copy and compact what this machine knows',
  dev: 'Run and steer the embedded chain',
  'dev snapshot': 'Save the embedded chain to a file, and restore it',
  'dev scenario': 'Rehearse what can happen to a delegator',
  config: 'Preferences',
};

/** The summary of a noun; a noun without one is listed by its verbs. */
export function nounSummary(noun: string, verbs: readonly string[]): string {
  return NOUN_SUMMARIES[noun] ?? verbs.join(', ');
}
