/** What a fast-forward gives: figures marked as an estimate, doubles of rao. No behaviour. */
import type { Account } from '../state.ts';

export type WatchedPosition = {
  readonly hotkey: Account;
  readonly coldkey: Account;
  readonly netuid: number;
};

export type HotkeyEstimate = {
  readonly hotkey: Account;
  /** Alpha of everybody on it. */
  readonly alphaRaoEstimate: number;
  /** What an alpha of the start has become without any further deposit. */
  readonly growthEstimate: number;
  /** Alpha of root dividends per rao of root stake, from the beginning of the hotkey. */
  readonly rootRateEstimate: number;
};

export type SubnetEstimate = {
  readonly netuid: number;
  readonly taoReserveRaoEstimate: number;
  readonly alphaInRaoEstimate: number;
  readonly alphaOutRaoEstimate: number;
  /** TAO per alpha. */
  readonly priceEstimate: number;
  readonly emaPriceEstimate: number;
  /** Part of the last tempo's incentive withheld from the owner's hotkeys. */
  readonly minerBurnedEstimate: number;
  readonly epochs: number;
  /** Epochs that were run; the others took the last result. */
  readonly epochsRun: number;
  readonly hotkeys: readonly HotkeyEstimate[];
};

export type PositionEstimate = WatchedPosition & {
  /** Alpha; on root TAO. */
  readonly stakeRaoEstimate: number;
};

export type FastForwardEstimate = {
  readonly kind: 'estimate';
  readonly method: 'fast-forward';
  readonly unit: 'rao';
  readonly fromBlock: number;
  readonly toBlock: number;
  readonly taoIssuanceRaoEstimate: number;
  readonly rootTaoRaoEstimate: number;
  readonly subnets: readonly SubnetEstimate[];
  /** As watched, in the same order. */
  readonly positions: readonly PositionEstimate[];
};
