/** Reads from where, to where and how much of a command that moves stake. Asks on a terminal. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { parseAlpha } from '../../domain/amount.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { StakePlace } from '../../pipeline/relocation.ts';
import { type NamedAddress, resolveAccount } from '../../pipeline/resolve-address.ts';
import { readTexts } from './read-texts.ts';

export type RelocationInput = {
  readonly from: StakePlace;
  readonly toNetuid: number;
  /** Of `--to`; undefined where the command has no such option. */
  readonly target: NamedAddress | undefined;
  readonly amountRao: bigint | 'all';
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
  const isAll = raw.options.all === true;
  if (isAll && optionText(raw, 'amount') !== undefined) throw bothGiven();
  const questions: readonly (readonly [name: string, question: string])[] = [
    ['netuid', 'Subnet (netuid, 0 is root)'],
    ['hotkey', "Validator's hotkey"],
    ...(wants.target === undefined ? [] : [['to', wants.target] as const]),
    ...(wants.needsSubnet ? [['to-netuid', 'To subnet (netuid, 0 is root)'] as const] : []),
    ...(isAll ? [] : [['amount', 'Amount (alpha)'] as const]),
  ];
  const texts = await readTexts(context, raw, questions);
  const answers = new Map(questions.map(([name], index) => [name, texts[index]]));
  const textOf = (name: string): string => answers.get(name) ?? optionText(raw, name) ?? '';

  const netuid = parseNetuid(textOf('netuid'));
  const toNetuid = textOf('to-netuid') === '' ? netuid : parseNetuid(textOf('to-netuid'));
  const amountRao = isAll ? 'all' : parseAlpha(textOf('amount'), netuid).rao;
  const { address: hotkey } = await resolveAccount(context, textOf('hotkey'));
  const target =
    wants.target === undefined ? undefined : await resolveAccount(context, textOf('to'));
  return { from: { hotkey, netuid }, toNetuid, target, amountRao };
}

function bothGiven(): TaoError {
  return new TaoError('USAGE_CONFLICT', {
    message: "Couldn't tell how much is meant: --amount and --all exclude each other.",
    hint: 'Leave one of them out.',
  });
}
