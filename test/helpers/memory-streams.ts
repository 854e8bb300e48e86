/** Streams over memory: terminals on demand, and prompts that only answer what they were told to expect. */
import type { OutputStream, Prompts, StreamRequest, Streams } from '../../src/cli/context.ts';
import { TaoError } from '../../src/errors/tao-error.ts';

/** One expected question and its answer. `question` must be part of what is asked. */
export type ScriptedAnswer = {
  readonly kind: keyof Prompts;
  readonly question: string;
  /** `interrupt`: Ctrl-C at this prompt. */
  readonly answer: string | boolean | 'interrupt';
};

export type StreamScript = {
  /** All three are terminals, or stdout alone is not (a pipe), or none is. */
  readonly terminal?: 'all' | 'stderr-only' | 'none';
  readonly width?: number;
  readonly colorLevel?: 0 | 1 | 2 | 3;
  readonly isCi?: boolean;
  readonly stdin?: string;
  readonly answers?: readonly ScriptedAnswer[];
};

export type MemoryStreams = {
  readonly create: (request: StreamRequest) => Streams;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Both as they were written, with each question that was asked and its answer. */
  readonly screen: () => string;
  /** Questions in the order in which they were asked. */
  readonly asked: () => readonly string[];
  /** Fails when an answer of the script was never asked for. */
  readonly expectAllAsked: () => void;
};

export function createMemoryStreams(script: StreamScript = {}): MemoryStreams {
  const written = { stdout: '', stderr: '' };
  let screen = '';
  const asked: string[] = [];
  const answers = [...(script.answers ?? [])];
  const terminal = script.terminal ?? 'none';
  const stream = (name: 'stdout' | 'stderr', isTerminal: boolean): OutputStream => ({
    write: (text) => {
      written[name] += text;
      screen += text;
    },
    isTerminal,
    width: script.width ?? 80,
    colorLevel: isTerminal ? (script.colorLevel ?? 0) : 0,
  });
  return {
    create: (request) => {
      const why = whyNobodyAnswers(script, request);
      return {
        stdout: stream('stdout', terminal === 'all'),
        stderr: stream('stderr', terminal !== 'none'),
        canAsk: why === undefined,
        cannotAskBecause: why,
        prompts: scriptedPrompts(answers, why, (question, typed) => {
          asked.push(question);
          screen += `${question} ${typed}\n`;
        }),
        progress: () => ({ update: () => undefined, stop: () => undefined }),
        readStdin: async () =>
          script.stdin === undefined ? undefined : new TextEncoder().encode(script.stdin),
      };
    },
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    screen: () => screen,
    asked: () => asked,
    expectAllAsked: () => {
      const [left] = answers;
      if (left !== undefined) throw new Error(`Never asked: ${left.question}`);
    },
  };
}

function whyNobodyAnswers(script: StreamScript, request: StreamRequest): string | undefined {
  if (request.noInput) return '--no-input was given';
  if (script.isCi === true) return 'CI is set';
  return (script.terminal ?? 'none') === 'none' ? 'this is not a terminal' : undefined;
}

function scriptedPrompts(
  answers: ScriptedAnswer[],
  why: string | undefined,
  onAsked: (question: string, typed: string) => void,
): Prompts {
  const next = (kind: keyof Prompts, question: string): string | boolean => {
    if (why !== undefined) {
      throw new TaoError('PROMPT_UNAVAILABLE', { message: `Couldn't ask "${question}": ${why}.` });
    }
    const expected = answers.shift();
    onAsked(question, typedAnswer(kind, expected?.answer));
    if (expected === undefined || expected.kind !== kind || !question.includes(expected.question)) {
      throw new Error(`Unexpected question (${kind}): ${question}`);
    }
    if (expected.answer === 'interrupt') {
      throw new TaoError('INTERRUPTED', { message: 'Stopped before anything was submitted.' });
    }
    return expected.answer;
  };
  return {
    confirm: async (question) => next('confirm', question) === true,
    text: async (question) => String(next('text', question)),
    secret: async (question) => String(next('secret', question)),
    choose: async (question, choices) => {
      const answer = String(next('choose', question));
      if (choices.some(({ value }) => value === answer)) return answer;
      throw new Error(`No such choice at "${question}": ${answer}`);
    },
  };
}

/** What a terminal shows behind the question. */
function typedAnswer(kind: keyof Prompts, answer: ScriptedAnswer['answer'] | undefined): string {
  if (answer === 'interrupt') return '^C';
  if (kind === 'confirm') return `(y/N) ${answer === true ? 'y' : 'n'}`;
  return kind === 'secret' ? '' : String(answer ?? '');
}
