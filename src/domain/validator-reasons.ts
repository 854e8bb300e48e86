/** What speaks for and against a validator, each with its figure. Never one score. Pure. */
import { formatHundredths, shareHundredths, u16Hundredths } from './observed-yield.ts';
import { formatTakePercent } from './take.ts';

/** Below this share of agreement a validator's weights are out of line with the others'. */
const LOW_TRUST_HUNDREDTHS = 8_000n;
/** From this share of a subnet's stake on, one validator decides much of it alone. */
const CONCENTRATED_HUNDREDTHS = 3_300n;
/** A permit is at risk within this distance of the least stake that still has one. */
const PERMIT_MARGIN_HUNDREDTHS = 12_000n;

export type ValidatorTraits = {
  readonly takeU16: number;
  readonly stakeRao: bigint;
  readonly weightRao: bigint;
  readonly hasPermit: boolean;
  /** Parts of 65,535; undefined where trust is not measured, as on root. */
  readonly trustU16: number | undefined;
  /** What the owner of the hotkey has with it; undefined when it was not looked up. */
  readonly ownStakeRao: bigint | undefined;
};

export type ValidatorPeers = {
  readonly totalStakeRao: bigint;
  /** Seats with a permit that the subnet gives. */
  readonly maxValidators: number;
  readonly permitted: number;
  /** The least weight that has a permit. */
  readonly leastPermittedWeightRao: bigint;
  /** Highest take the chain allows. */
  readonly maxTakeU16: number;
  /** On root nobody needs a permit. */
  readonly needsPermit: boolean;
};

export type ValidatorReason = {
  readonly about: 'trust' | 'concentration' | 'take' | 'permit' | 'own-stake';
  readonly isWarning: boolean;
  readonly text: string;
};

/** The reasons in a fixed order, warnings and plain facts alike. */
export function reasonsFor(
  traits: ValidatorTraits,
  peers: ValidatorPeers,
): readonly ValidatorReason[] {
  return [
    ...trustReason(traits),
    concentrationReason(traits, peers),
    takeReason(traits, peers),
    ...permitReason(traits, peers),
    ...ownStakeReason(traits),
  ];
}

function trustReason({ trustU16 }: ValidatorTraits): readonly ValidatorReason[] {
  if (trustU16 === undefined) return [];
  const share = u16Hundredths(trustU16);
  const isWarning = share < LOW_TRUST_HUNDREDTHS;
  const meaning = isWarning ? ': its weights differ from the consensus and are clipped' : '';
  return [
    { about: 'trust', isWarning, text: `validator trust ${formatHundredths(share)} %${meaning}` },
  ];
}

function concentrationReason(traits: ValidatorTraits, peers: ValidatorPeers): ValidatorReason {
  const share = shareHundredths(traits.stakeRao, peers.totalStakeRao);
  const isWarning = share >= CONCENTRATED_HUNDREDTHS;
  return {
    about: 'concentration',
    isWarning,
    text: `holds ${formatHundredths(share)} % of the validators' stake there`,
  };
}

function takeReason({ takeU16 }: ValidatorTraits, { maxTakeU16 }: ValidatorPeers): ValidatorReason {
  const now = `takes ${formatTakePercent(takeU16)} %`;
  return {
    about: 'take',
    isWarning: false,
    text:
      takeU16 >= maxTakeU16
        ? `${now}, the most the chain allows`
        : `${now}, and may raise it to ${formatTakePercent(maxTakeU16)} %`,
  };
}

function permitReason(traits: ValidatorTraits, peers: ValidatorPeers): readonly ValidatorReason[] {
  if (!peers.needsPermit) return [];
  if (!traits.hasPermit) {
    const text = 'has no permit: it earns no dividends there';
    return [{ about: 'permit', isWarning: true, text }];
  }
  const isFull = peers.permitted >= peers.maxValidators;
  const margin = shareHundredths(traits.weightRao, peers.leastPermittedWeightRao);
  const isNear = isFull && margin < PERMIT_MARGIN_HUNDREDTHS;
  const text = isNear
    ? 'close to losing its permit: all seats are taken and its stake is among the least'
    : isFull
      ? 'has a permit'
      : `has a permit; ${peers.permitted} of ${peers.maxValidators} are taken`;
  return [{ about: 'permit', isWarning: isNear, text }];
}

function ownStakeReason({ ownStakeRao, stakeRao }: ValidatorTraits): readonly ValidatorReason[] {
  if (ownStakeRao === undefined) return [];
  const share = formatHundredths(shareHundredths(ownStakeRao, stakeRao));
  return [
    { about: 'own-stake', isWarning: false, text: `owner's own part of the stake ${share} %` },
  ];
}
