/** Who takes part in the transcripts. Data only. */
import { devExamples } from '../../src/commands/dev-examples.ts';

export const { validator: BASALT, otherValidator: DUNLIN } = devExamples;
export const AURORA = '5DtjJaAjMXWa16u5oz4rcCN48otrEzbJ4Gq56uKNGmxuMw97';
/** Nobody on the chain. */
export const STRANGER = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
/** One letter of BASALT is another one. */
export const SLIP = `${BASALT.slice(0, -1)}8`;
export const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
/** The alpha of Delegator2 with Basalt on subnet 1. */
export const POSITION = `--netuid 1 --hotkey ${BASALT}`;
/** Rao in a TAO. */
export const TAO = 1_000_000_000n;
