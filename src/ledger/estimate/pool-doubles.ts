/** The weighted pool in doubles, for steps of many blocks. Amounts are doubles of rao. Pure. */

export type PoolDoubles = {
  tao: number;
  alpha: number;
  /** Weight of the TAO side, a fraction. */
  quoteWeight: number;
  readonly fee: number;
  /** Trades one to one. */
  readonly isStable: boolean;
};

/** Weights the chain allows. */
const LEAST_WEIGHT = 0.01;

/** TAO per alpha. */
export function spotPrice(pool: PoolDoubles): number {
  if (pool.isStable) return 1;
  return ((1 - pool.quoteWeight) / pool.quoteWeight) * (pool.tao / pool.alpha);
}

/** Alpha out for TAO in, after the fee is off; the pool is left alone. */
export function buyOutput(pool: PoolDoubles, netTao: number): number {
  if (pool.isStable) return netTao;
  const exponent = pool.quoteWeight / (1 - pool.quoteWeight);
  return -pool.alpha * Math.expm1(-exponent * Math.log1p(netTao / pool.tao));
}

/** TAO out for alpha in, after the fee is off; the pool is left alone. */
export function sellOutput(pool: PoolDoubles, netAlpha: number): number {
  if (pool.isStable) return netAlpha;
  const exponent = (1 - pool.quoteWeight) / pool.quoteWeight;
  return -pool.tao * Math.expm1(-exponent * Math.log1p(netAlpha / pool.alpha));
}

/** Trades against the pool; gives what came out. */
export function trade(pool: PoolDoubles, side: 'buy' | 'sell', netIn: number): number {
  if (netIn <= 0) return 0;
  const out = side === 'buy' ? buyOutput(pool, netIn) : sellOutput(pool, netIn);
  if (pool.isStable) return out;
  pool.tao += side === 'buy' ? netIn : -out;
  pool.alpha += side === 'buy' ? -out : netIn;
  return out;
}

/** Moves the weight so that adding both amounts keeps the price; false when it may not move so far. */
export function shiftWeight(pool: PoolDoubles, taoIn: number, alphaIn: number): boolean {
  const base = (1 - pool.quoteWeight) * pool.tao * (pool.alpha + alphaIn);
  const quote = pool.quoteWeight * pool.alpha * (pool.tao + taoIn);
  const weight = quote / (base + quote);
  if (!(weight >= LEAST_WEIGHT && weight <= 1 - LEAST_WEIGHT)) return false;
  pool.quoteWeight = weight;
  return true;
}
