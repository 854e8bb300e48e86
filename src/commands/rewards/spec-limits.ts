/** Limits of `tao rewards estimate`, for its spec and its body. */

/** Longest horizon of an estimate. */
export const MAX_ESTIMATE_DAYS = 3_650;
/** Most random runs. */
export const MAX_RUNS = 100_000;
export const MAX_SEED = 2_147_483_647;
/** Largest daily standard deviation, percent. */
export const MAX_VOLATILITY_PERCENT = 200;
