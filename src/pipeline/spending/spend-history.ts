/** What was spent before, from the journal of the chain: everything that was or is being signed. */
import { TaoError } from '../../errors/tao-error.ts';
import { MAX_LISTED } from '../../ledger/journal.ts';
import type { Journal } from '../../ledger/types.ts';
import { WINDOW_MS } from '../../signing/policy/check-policy.ts';
import type { PolicySpend } from '../../signing/policy/types.ts';

/**
 * The spends of the last week, those dated later included. An intent that is recorded and not yet
 * signed counts: another run may be about to sign it. One that was given up does not.
 * POLICY_REFUSED when there are more than can be counted.
 */
export function readSpendHistory(
  journal: Pick<Journal, 'list'>,
  asked: { readonly nowMs: number; readonly exceptId?: string | undefined },
): readonly PolicySpend[] {
  const createdSinceMs = asked.nowMs - WINDOW_MS.week;
  const records = journal.list({ limit: MAX_LISTED, createdSinceMs });
  if (records.length >= MAX_LISTED) throw tooMany();
  return records
    .filter(({ id, state }) => id !== asked.exceptId && state !== 'abandoned')
    .map(({ createdAtMs, movesRao }) => ({ atMs: createdAtMs, valueRao: movesRao ?? 0n }));
}

function tooMany(): TaoError {
  return new TaoError('POLICY_REFUSED', {
    message: `Couldn't sign: more than ${MAX_LISTED} transactions of one week cannot be counted against the spending policy.`,
    hint: 'Run tao policy show to see what the policy allows.',
    data: { rule: 'window' },
  });
}
