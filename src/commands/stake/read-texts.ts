/** Several options of a line at once: asks on a terminal, else names everything missing. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { anyOf, missingOptions } from '../../pipeline/position-input.ts';

/** An option, the question for it, and options that serve instead of it. */
export type WantedText = readonly [name: string, question: string, instead?: readonly string[]];

/** The texts of options in order; USAGE_MISSING. */
export async function readTexts(
  context: Context,
  raw: RawInput,
  wanted: readonly WantedText[],
): Promise<readonly string[]> {
  const missing = wanted.filter(([name]) => optionText(raw, name) === undefined);
  const { canAsk, prompts } = context.streams;
  if (missing.length > 0 && !canAsk) {
    throw missingOptions(missing.map(([name, , instead = []]) => anyOf([`--${name}`, ...instead])));
  }
  const texts: string[] = [];
  for (const [name, question] of wanted) {
    texts.push(optionText(raw, name) ?? (await prompts.text(question)));
  }
  return texts;
}
