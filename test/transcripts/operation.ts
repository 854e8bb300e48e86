/** What a transcript is made from: one operation, and what is peculiar to it. Data only. */
import type { DevScript } from '../helpers/dev-tool.ts';
import type { ScriptedAnswer } from '../helpers/memory-streams.ts';

/** A command line as typed, without `tao`. */
export type Line = string;

export type Operation = {
  /** Of the document, without its ending. */
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** TAO_WALLET. */
  readonly wallet: string;
  /** What was done before every scene. */
  readonly before?: readonly Line[];
  readonly line: Line;
  /** What is asked on a terminal. */
  readonly question: Question;
  /** What happens between plan and block, in words and in fact. */
  readonly refusal: { readonly because: string; readonly adapt: Adapt };
  readonly mistakes: readonly Mistake[];
  /** Scenes of this operation alone, before the mistakes. */
  readonly more?: readonly Scene[];
};

export type Adapt = NonNullable<DevScript['adapt']>;

export type Question = {
  readonly kind: 'confirm' | 'text';
  /** A part of it. */
  readonly asks: string;
  readonly yes: ScriptedAnswer['answer'];
  readonly no: ScriptedAnswer['answer'];
  /** What answers it in a command line; --yes when left out. */
  readonly flag?: string;
};

/** What is wrong, and the line that has it; it follows the operation's line when it begins with `+`. */
export type Mistake = readonly [what: string, line: Line];

export type Scene = {
  readonly heading: string;
  readonly says?: string;
  readonly line: Line;
  readonly on: 'terminal' | 'pipe';
  readonly answers?: readonly ScriptedAnswer[];
  readonly adapt?: Adapt;
  /** Refused before anything is signed. */
  readonly isMistake?: true;
  /** Typed right after it. */
  readonly after?: readonly { readonly says: string; readonly line: Line }[];
};

export const asks = (question: string, flag?: string): Question => ({
  kind: 'confirm',
  asks: question,
  yes: true,
  no: false,
  ...(flag === undefined ? {} : { flag }),
});

/** The word has to be typed. */
export const asksFor = (word: string): Question => ({
  kind: 'text',
  asks: word,
  yes: word,
  no: 'no',
  flag: `--confirm ${word}`,
});
