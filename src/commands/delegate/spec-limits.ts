/** Limits and choices of `tao delegate …`, for its specs and its bodies. */

/** Rows of a list unless --limit says otherwise. */
export const DEFAULT_DELEGATE_ROWS = 50;
/** Largest --limit. */
export const MAX_DELEGATE_ROWS = 10_000;
export const SORT_CHOICES = ['stake', 'own-stake', 'take', 'yield', 'trust', 'name'] as const;
/** Days an estimate looks ahead unless --days says otherwise. */
export const DEFAULT_COMPARE_DAYS = 30;
export const MAX_COMPARE_DAYS = 365;
/** Validators side by side. */
export const MAX_COMPARED = 8;
/** Candidates that a recommendation estimates, those with most stake, and rows it shows. */
export const MAX_CANDIDATES = 64;
export const DEFAULT_RECOMMENDED = 5;
