/** How wide a price limit may be. Data only: help and completion load it. */

/** A wider price limit than this protects from nothing. */
export const MAX_TOLERANCE_PERCENT = 50;
