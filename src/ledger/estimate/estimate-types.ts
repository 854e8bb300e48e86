/** What an estimate says. Types only. Amounts in rao; on root alpha is TAO. */

/**
 * How the economy was driven forward. `block-by-block`: every block and every payout booked in
 * integers as the chain books them. `tempo-by-tempo`: the same rules in doubles, one step a tempo
 * or, for long horizons, one a few tempos.
 */
export type EstimateMethod = 'block-by-block' | 'tempo-by-tempo';

/** An estimate: never a promise, and never to be shown without its range and assumptions. */
export type Estimate = {
  readonly kind: 'estimate';
  readonly method: EstimateMethod;
  /** Sentences for people: what was assumed, in the order of what matters most. */
  readonly assumptions: readonly string[];
  readonly netuid: number;
  readonly hotkey: string;
  readonly takeU16: number;
  readonly window: { readonly fromBlock: number; readonly blocks: number; readonly days: number };
  /** TAO put in, fee included. */
  readonly amountRao: bigint;
  readonly entry: EstimateEntry;
  readonly exit: EstimateExit;
  /** Scenario `nobody-else-trades`: the chain's own rules, and nothing besides. */
  readonly expected: EstimateFigures;
  /** The least and the most of each figure over all scenarios. */
  readonly low: EstimateFigures;
  readonly high: EstimateFigures;
  readonly scenarios: readonly EstimateScenario[];
  readonly rates: EstimateRates;
  /** When selling would first give back what was put in, at flat price; undefined: not in ten years. */
  readonly breakEven: { readonly blocks: number; readonly days: number } | undefined;
};

export type EstimateEntry = {
  readonly alphaRao: bigint;
  /** Pool fee, in TAO. */
  readonly feeRao: bigint;
  /** What the trade loses against the spot price besides its fee, in TAO, rounded up. */
  readonly impactRao: bigint;
  readonly spotRaoPerAlpha: bigint;
};

/** Selling everything at the end of the expected scenario. */
export type EstimateExit = {
  readonly taoRao: bigint;
  /** Pool fee, in alpha. */
  readonly feeAlphaRao: bigint;
  /** What the sale loses against the spot price besides its fee, in TAO, rounded up. */
  readonly impactRao: bigint;
  readonly spotRaoPerAlpha: bigint;
};

export type EstimateFigures = {
  /** Held at the end. */
  readonly alphaRao: bigint;
  /** Held at the end less bought at the start. */
  readonly alphaGainRao: bigint;
  /** TAO from selling it all at the end, after fee and impact. */
  readonly taoRao: bigint;
  /** That less what was put in: net of entry and exit. Transaction fees are not in it. */
  readonly taoGainRao: bigint;
};

export type ScenarioName =
  | 'price-flat'
  | 'nobody-else-trades'
  | 'root-keeps'
  | 'emission-sold'
  | 'stake-grows'
  | 'earns-less'
  | 'earns-more';

export type EstimateScenario = EstimateFigures & {
  readonly name: ScenarioName;
  /** One sentence. */
  readonly meaning: string;
};

/** Percent a year. Every one carries its range over the scenarios. */
export type EstimateRate = {
  readonly label: 'APR' | 'APY';
  /** `alpha`: growth of the stake alone. `tao`: net of entry and exit. */
  readonly unit: 'alpha' | 'tao';
  /** APR scales the window's gain to 365 days; APY compounds it. */
  readonly compounding: 'none' | 'per-window';
  readonly windowDays: number;
  readonly expectedPercent: number;
  readonly lowPercent: number;
  readonly highPercent: number;
};

export type EstimateRates = {
  readonly alphaApr: EstimateRate;
  readonly alphaApy: EstimateRate;
  readonly taoApr: EstimateRate;
  readonly taoApy: EstimateRate;
};
