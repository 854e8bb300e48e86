/** Reads from where, to where and how much of a command that moves stake. Asks on a terminal. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { parseAlpha } from '../../domain/amount.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { parsePercentOf } from '../../domain/price.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { RelocatedAmount, StakePlace } from '../../pipeline/relocation.ts';
import { type NamedAddress, resolveAccount } from '../../pipeline/resolve-address.ts';
import { readTexts, type WantedText } from './read-texts.ts';

/** How much is said by one of these. */
const AMOUNT_OPTIONS = ['amount', 'percent', 'all'] as const;

export type RelocationInput = {
  readonly from: StakePlace;
  readonly toNetuid: number;
  /** Of `--to`; undefined where the command has no such option. */
  readonly target: NamedAddress | undefined;
  readonly amountRao: RelocatedAmount;
};

export type RelocationWants = {
  /** The question for `--to`; undefined: the command has no such option. */
  readonly target?: string;
  /** Whether `--to-netuid` has to be given; else it is the same subnet. */
  readonly needsSubnet: boolean;
};

/** NETUID_INVALID, ADDRESS_*, AMOUNT_*, USAGE_CONFLICT, USAGE_MISSING naming every missing option. */
export async function readRelocationInput(
  context: Context,
  raw: RawInput,
  wants: RelocationWants,
): Promise<RelocationInput> {
  const named = AMOUNT_OPTIONS.filter((name) => raw.options[name] !== undefined);
  if (named.length > 1) throw severalGiven(named);
  const questions: readonly WantedText[] = [
    ['netuid', 'Subnet (netuid, 0 is root)'],
    ['hotkey', "Validator's hotkey"],
    ...(wants.target === undefined ? [] : [['to', wants.target] as const]),
    ...(wants.needsSubnet ? [['to-netuid', 'To subnet (netuid, 0 is root)'] as const] : []),
    ...(named.length > 0 && named[0] !== 'amount'
      ? []
      : [['amount', 'Amount (alpha)', ['--percent', '--all']] as const]),
  ];
  const texts = await readTexts(context, raw, questions);
  const answers = new Map(questions.map(([name], index) => [name, texts[index]]));
  const textOf = (name: string): string => answers.get(name) ?? optionText(raw, name) ?? '';

  const netuid = parseNetuid(textOf('netuid'));
  const toNetuid = textOf('to-netuid') === '' ? netuid : parseNetuid(textOf('to-netuid'));
  const amountRao = readAmount(raw, netuid, textOf('amount'));
  const { address: hotkey } = await resolveAccount(context, textOf('hotkey'));
  const target =
    wants.target === undefined ? undefined : await resolveAccount(context, textOf('to'));
  return { from: { hotkey, netuid }, toNetuid, target, amountRao };
}

function readAmount(raw: RawInput, netuid: number, amountText: string): RelocatedAmount {
  if (raw.options.all === true) return 'all';
  const percent = optionText(raw, 'percent');
  if (percent !== undefined) return { shareOfPosition: parsePercentOf(percent) };
  return parseAlpha(amountText, netuid).rao;
}

function severalGiven(names: readonly string[]): TaoError {
  const options = names.map((name) => `--${name}`);
  return new TaoError('USAGE_CONFLICT', {
    message: `Couldn't tell how much is meant: ${options.join(' and ')} exclude each other.`,
    hint: 'Give one of them.',
    data: { options },
  });
}
