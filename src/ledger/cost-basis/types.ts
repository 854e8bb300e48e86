/** Lots, what became of them, and what is left. Types only. Amounts are rao; accounts are ss58. */
import type { BlockStamp } from '../types.ts';

/** Which lots leave first; `average`: none in particular, at the average cost of all. */
export type BasisMethod = 'fifo' | 'lifo' | 'average';

export const BASIS_METHODS: readonly BasisMethod[] = ['fifo', 'lifo', 'average'];

export type PositionKey = {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
};

/**
 * How alpha came in: `held` before the first look, `bought`, `earned`, or `unexplained` (it was
 * there, and nothing says why).
 */
export type Origin = 'held' | 'bought' | 'earned' | 'unexplained' | 'pooled';

/** How alpha went: `sold` (or paid as a fee), `rounding` of share pools, or missing. */
export type Exit = 'sold' | 'rounding' | 'unexplained';

export type Lot = {
  readonly acquired: BlockStamp;
  readonly origin: Origin;
  readonly alphaRao: bigint;
  /** What it cost, or was worth when it was earned, rao of TAO. */
  readonly costRao: bigint;
};

/** One change of a position, in the order in which lots come and go. */
export type BasisStep = PositionKey & { readonly block: BlockStamp } & (
    | {
        readonly kind: 'in';
        readonly origin: Origin;
        readonly alphaRao: bigint;
        readonly costRao: bigint;
      }
    | {
        readonly kind: 'out';
        readonly exit: Exit;
        readonly alphaRao: bigint;
        readonly proceedsRao: bigint;
      }
    /** The same alpha under another hotkey or followed coldkey: its lots go along, no gain arises. */
    | {
        readonly kind: 'move';
        readonly to: PositionKey;
        readonly alphaRao: bigint;
        /** What the chain said it was worth. */
        readonly taoRao: bigint;
      }
  );

/** A part of one lot that left: what tax forms ask for. */
export type Disposal = PositionKey & {
  readonly exit: Exit;
  readonly disposed: BlockStamp;
  readonly acquired: BlockStamp;
  readonly origin: Origin;
  readonly alphaRao: bigint;
  readonly costRao: bigint;
  readonly proceedsRao: bigint;
  /** `proceeds` − `cost`. */
  readonly gainRao: bigint;
};

export type PositionBasis = PositionKey & {
  readonly method: BasisMethod;
  /** Held, by lots. */
  readonly alphaRao: bigint;
  /** What is held cost. */
  readonly costRao: bigint;
  readonly valueRao: bigint;
  /** Proceeds less cost of all that left. */
  readonly realisedRao: bigint;
  /** `value` − `cost`. */
  readonly unrealisedRao: bigint;
  /** Gain that went along with moved lots to another position, less what came: zero in total. */
  readonly carriedRao: bigint;
  readonly lots: readonly Lot[];
};
