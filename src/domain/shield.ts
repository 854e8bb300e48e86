/** What rules out that a transaction is sent encrypted. Data only: help and completion load it. */

/** Chain rule: the outer extrinsic is mortal with at most this period, in blocks. */
export const MAX_SHIELD_PERIOD_BLOCKS = 8;

/** Reasons that the command line alone gives, as the end of a sentence. */
export const UNSEALABLE = {
  file: 'a file may be sent too late for the key it would be sealed for',
  era: `an encrypted transaction is valid for at most ${MAX_SHIELD_PERIOD_BLOCKS} blocks`,
} as const;
