/** The scenes that every operation has. Pure. */
import { loseAfterSubmit } from '../helpers/front-run.ts';
import type { ScriptedAnswer } from '../helpers/memory-streams.ts';
import type { Mistake, Operation, Question, Scene } from './operation.ts';

export function scenesOf(operation: Operation): readonly Scene[] {
  const { line, question, refusal, more = [], mistakes } = operation;
  const agreed = `${line} ${question.flag ?? '--yes'}`;
  return [
    {
      heading: 'See the plan first',
      says: '`--dry-run` reads the chain, plans, and stops. Nothing is signed.',
      line: `${line} --dry-run`,
      on: 'terminal',
    },
    {
      heading: 'On a terminal',
      says: 'The plan, a question, and a receipt.',
      line,
      on: 'terminal',
      answers: [answer(question, question.yes)],
    },
    {
      heading: 'Answered with no',
      says: 'Nothing is signed, and the exit code says that it was a no.',
      line,
      on: 'terminal',
      answers: [answer(question, question.no)],
    },
    {
      heading: 'Nobody to ask',
      says: 'Without a terminal a question is not answered by whatever is on standard input.',
      line,
      on: 'pipe',
    },
    {
      heading: 'In a pipe',
      says: 'The receipt is on stdout, the rest on stderr.',
      line: agreed,
      on: 'pipe',
    },
    {
      heading: 'For a program',
      says: 'One JSON document.',
      line: `${agreed} --json`,
      on: 'pipe',
    },
    {
      heading: 'Refused by the chain',
      says: `Between the plan and its block ${refusal.because}.`,
      line: agreed,
      on: 'terminal',
      adapt: refusal.adapt,
    },
    {
      heading: 'The connection is lost',
      says: 'It breaks when the node has the transaction and before it has answered.',
      line: agreed,
      on: 'terminal',
      adapt: loseAfterSubmit(),
      after: [{ says: 'With the network back, the journal settles it.', line: 'tx resume' }],
    },
    ...more,
    ...mistakes.map((mistake) => mistakeScene(line, mistake)),
  ];
}

function answer({ kind, asks }: Question, given: ScriptedAnswer['answer']): ScriptedAnswer {
  return { kind, question: asks, answer: given };
}

function mistakeScene(line: string, [what, typed]: Mistake): Scene {
  const full = typed.startsWith('+') ? `${line} ${typed.slice(1).trim()}` : typed;
  return { heading: what, line: full, on: 'pipe', isMistake: true };
}
