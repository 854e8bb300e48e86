/** The figures of the preset `small`: who there is, what they hold and think. Data only. */

export type ValidatorName = 'Aurora' | 'Basalt' | 'Cobalt' | 'Dunlin' | 'Ember' | 'Fjord';
export type DelegatorName = `//Delegator${1 | 2 | 3 | 4 | 5}`;

type ValidatorPlan = {
  readonly name: ValidatorName;
  /** u16 fraction. */
  readonly take: number;
  readonly rootPercent: bigint;
  readonly description: string;
};

/** In the order of their uids. */
export const validators: readonly ValidatorPlan[] = [
  { name: 'Aurora', take: 11_796, rootPercent: 30n, description: 'Large, and takes the maximum.' },
  { name: 'Basalt', take: 5_898, rootPercent: 24n, description: 'Judges miners by the consensus.' },
  { name: 'Cobalt', take: 9_830, rootPercent: 18n, description: 'Strong on subnet 4.' },
  { name: 'Dunlin', take: 0, rootPercent: 13n, description: 'Takes nothing.' },
  { name: 'Ember', take: 8_192, rootPercent: 10n, description: 'Favours one miner of its own.' },
  { name: 'Fjord', take: 3_277, rootPercent: 5n, description: 'Small and out of the consensus.' },
];

export const delegators: readonly { readonly name: DelegatorName }[] = [
  { name: '//Delegator1' },
  { name: '//Delegator2' },
  { name: '//Delegator3' },
  { name: '//Delegator4' },
  { name: '//Delegator5' },
];

/** Whole TAO on root. */
export const rootStakers: readonly {
  readonly delegator: DelegatorName;
  readonly validator: ValidatorName;
  readonly tao: bigint;
}[] = [
  { delegator: '//Delegator1', validator: 'Aurora', tao: 12_000n },
  { delegator: '//Delegator4', validator: 'Ember', tao: 2_500n },
  { delegator: '//Delegator4', validator: 'Dunlin', tao: 750n },
];

export type SubnetPlan = {
  readonly netuid: 1 | 4 | 8;
  readonly name: string;
  readonly symbol: string;
  readonly description: string;
  /**
   * Rao of TAO per alpha. Mainnet's EMA prices (0.008054, 0.057038, 0.029832 TAO), scaled so that
   * these three sum to what all subnets of mainnet did: 1.3084. Below one, root would earn nothing.
   */
  readonly priceRao: bigint;
  /** Whole alpha in the pool. */
  readonly alphaIn: bigint;
  /** Whole alpha of each validator's own coldkey on its hotkey. */
  readonly validatorAlpha: readonly bigint[];
  readonly ownerAlpha: bigint;
  /** What each validator thinks of the four miners, in any scale. */
  readonly opinions: readonly (readonly number[])[];
  readonly delegations: readonly {
    readonly delegator: DelegatorName;
    readonly validator: ValidatorName;
    readonly alpha: bigint;
  }[];
};

export const subnets: readonly SubnetPlan[] = [
  {
    netuid: 1,
    name: 'Text',
    symbol: 'α',
    description: 'Miners answer prompts; validators compare the answers.',
    priceRao: 111_013_586n,
    alphaIn: 1_500_000n,
    validatorAlpha: [600_000n, 500_000n, 300_000n, 250_000n, 200_000n, 60_000n],
    ownerAlpha: 150_000n,
    opinions: [
      [40, 30, 20, 10],
      [38, 32, 20, 10],
      [40, 28, 22, 10],
      [42, 30, 18, 10],
      [30, 25, 15, 30],
      [0, 0, 20, 80],
    ],
    delegations: [
      { delegator: '//Delegator2', validator: 'Basalt', alpha: 8_000n },
      { delegator: '//Delegator3', validator: 'Cobalt', alpha: 3_200n },
    ],
  },
  {
    netuid: 4,
    name: 'Compute',
    symbol: 'δ',
    description: 'Miners rent out verified compute; validators measure it.',
    priceRao: 786_192_314n,
    alphaIn: 1_200_000n,
    validatorAlpha: [400_000n, 450_000n, 700_000n, 200_000n, 150_000n, 50_000n],
    ownerAlpha: 180_000n,
    opinions: [
      [50, 30, 15, 5],
      [48, 32, 15, 5],
      [55, 30, 10, 5],
      [50, 28, 17, 5],
      [20, 15, 60, 5],
      [10, 10, 10, 70],
    ],
    delegations: [
      { delegator: '//Delegator2', validator: 'Aurora', alpha: 1_500n },
      { delegator: '//Delegator3', validator: 'Dunlin', alpha: 900n },
      { delegator: '//Delegator4', validator: 'Ember', alpha: 400n },
    ],
  },
  {
    netuid: 8,
    name: 'Trading',
    symbol: 'θ',
    description: 'Miners publish signals; validators score them by outcome.',
    priceRao: 411_194_101n,
    alphaIn: 1_350_000n,
    validatorAlpha: [500_000n, 420_000n, 260_000n, 320_000n, 210_000n, 90_000n],
    ownerAlpha: 160_000n,
    opinions: [
      [25, 25, 25, 25],
      [28, 26, 24, 22],
      [26, 26, 24, 24],
      [30, 25, 25, 20],
      [10, 10, 70, 10],
      [25, 25, 0, 50],
    ],
    delegations: [
      { delegator: '//Delegator3', validator: 'Aurora', alpha: 2_100n },
      { delegator: '//Delegator5', validator: 'Fjord', alpha: 150n },
    ],
  },
];
