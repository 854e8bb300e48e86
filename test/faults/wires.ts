/** What can go wrong between a run and its node: texts that are lost, late, spoilt or made up. */
import type { Clock, TextChannel } from '../../src/domain/ports.ts';
import type { Draws } from './draws.ts';

export const WIRE_FAULTS = [
  'dropped before the submit',
  'dropped after the submit',
  'dropped at any moment',
  'late reply',
  'garbled reply',
  'refused by the node',
  'refused though passed on',
  'slow node',
] as const;
export type WireFault = (typeof WIRE_FAULTS)[number];

/** Longer than a run waits for an answer. */
const LATE_MS = 40_000;
const SLOW_MS = 3_000;
/** Texts a run receives before it is done, about. */
const TEXTS = 40;

/** What a node says when it does not take a transaction: rightly or not. */
const refusals = [
  { code: 1010, message: 'Invalid Transaction', data: 'Custom error: 3' },
  { code: 1010, message: 'Invalid Transaction', data: 'Transaction is outdated' },
  { code: 1010, message: 'Invalid Transaction', data: 'Inability to pay some fees' },
  { code: 1012, message: 'Transaction is temporarily banned' },
  { code: 1014, message: 'Priority is too low: (1 vs 1)' },
  { code: 1016, message: 'Immediately Dropped' },
] as const;
/** What a gateway says that handed the bytes on and then failed. */
const doubts = [
  { code: -32_000, message: 'upstream failed' },
  { code: -32_603, message: 'Internal error' },
  { code: 1002, message: 'Verification Error', data: 'Runtime error' },
] as const;

/** The channel with one fault in it. */
export function withFault(
  inner: TextChannel,
  fault: WireFault,
  { clock, draws }: { readonly clock: Clock; readonly draws: Draws },
): TextChannel {
  let wasSubmitted = false;
  let isSpent = false;
  let count = 0;
  const lastText = draws.below(TEXTS);
  let deliver: (text: string) => void = () => undefined;

  const send = (text: string): void => {
    if (isSpent || !text.includes('author_submit')) {
      inner.send(text);
      return;
    }
    wasSubmitted = true;
    if (fault === 'dropped before the submit') inner.close();
    else if (fault === 'refused by the node') refuse(text, draws.pick(refusals));
    else inner.send(text);
    if (fault === 'refused though passed on') refuse(text, draws.pick(doubts));
  };
  const refuse = (text: string, error: object): void => {
    isSpent = true;
    const { id } = JSON.parse(text) as { id: number };
    setImmediate(() => deliver(JSON.stringify({ jsonrpc: '2.0', id, error })));
  };
  // What is late holds up what comes after it: a connection keeps its order.
  let last: Promise<void> = Promise.resolve();
  const deliverAfter = (ms: number, text: string): void => {
    last = last.then(() => clock.sleep(ms)).then(() => deliver(text));
  };
  const receive = (text: string): void => {
    count += 1;
    const isLost =
      (fault === 'dropped at any moment' && count > lastText) ||
      (fault === 'dropped after the submit' && wasSubmitted);
    const isFirst = wasSubmitted && !isSpent;
    isSpent ||= wasSubmitted;
    if (isLost) inner.close();
    else if (fault === 'slow node') deliverAfter(draws.below(SLOW_MS), text);
    else if (fault === 'late reply' && wasSubmitted) deliverAfter(isFirst ? LATE_MS : 0, text);
    else if (fault === 'garbled reply' && isFirst) deliver(garble(text, draws));
    else deliver(text);
  };
  return {
    ...inner,
    send,
    onMessage: (listener) => {
      deliver = listener;
      inner.onMessage(receive);
    },
  };
}

function garble(text: string, draws: Draws): string {
  if (draws.chance(50)) return text.slice(0, Math.ceil(text.length / 2));
  const { id } = JSON.parse(text) as { id?: number };
  return JSON.stringify({ jsonrpc: '2.0', id: id ?? 1, result: { no: 'such thing' } });
}
