/** `--shield` beside the options it cannot be honoured with. Pure: no chain is asked. */
import { MAX_SHIELD_PERIOD_BLOCKS, UNSEALABLE } from '../domain/shield.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { OptionSpec, RawInput } from './spec.ts';

/** `auto`: where the chain and the transaction allow it. */
export const SHIELD_CHOICES = ['auto', 'on', 'off'] as const;

export type ShieldChoice = (typeof SHIELD_CHOICES)[number];

/** The option of the transaction group. */
export const SHIELD_OPTION: OptionSpec = {
  name: 'shield',
  value: 'WHEN',
  summary: `Send it encrypted until it is in its block, so that nobody can trade before it; it is valid for at most ${MAX_SHIELD_PERIOD_BLOCKS} blocks then`,
  choices: SHIELD_CHOICES,
  defaultText: 'off',
};

/**
 * The value of `--shield`. USAGE_CONFLICT for `on` with what rules it out: a file to leave with, or
 * an `--era` longer than it may live. An era of the preferences is shortened instead.
 */
export function parseShield(raw: RawInput, eraBlocks: number): ShieldChoice {
  const shield = SHIELD_CHOICES.find((choice) => choice === raw.options.shield) ?? 'off';
  if (shield !== 'on') return shield;
  const isGiven = (name: string): boolean => raw.options[name] !== undefined;
  const file = ['unsigned-out', 'signed-out'].find(isGiven);
  if (file !== undefined) throw ruledOut([file], UNSEALABLE.file, 'Leave one of them out');
  if (isGiven('era') && eraBlocks > MAX_SHIELD_PERIOD_BLOCKS) {
    const fix = `Use --era ${MAX_SHIELD_PERIOD_BLOCKS}`;
    throw ruledOut(['era', `${eraBlocks}`], UNSEALABLE.era, fix);
  }
  return shield;
}

/** `option`: its name, and its value where that is what rules it out. */
function ruledOut(option: readonly string[], reason: string, fix: string): TaoError {
  return new TaoError('USAGE_CONFLICT', {
    message: `Couldn't use --shield on and --${option.join(' ')} together: ${reason}.`,
    hint: `${fix}, or use --shield auto to send it in the open.`,
    data: { options: ['shield', option[0]] },
  });
}
