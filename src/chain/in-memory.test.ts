import { describe, expect, it } from 'vitest';
import type { RpcEndpoint } from '../domain/ports.ts';
import { connectInMemory } from './in-memory.ts';

function createEcho() {
  const received: string[] = [];
  let drop: (reason: string) => void = () => undefined;
  let closed = 0;
  const endpoint: RpcEndpoint = {
    openSession: (send, dropSession) => {
      drop = dropSession;
      return {
        receive: (text) => {
          received.push(text);
          send(`echo ${text}`);
        },
        close: () => {
          closed += 1;
        },
      };
    },
  };
  return { endpoint, received, drop: (reason: string) => drop(reason), closed: () => closed };
}

const settle = (): Promise<void> =>
  new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('a channel in memory', () => {
  it('delivers both ways later, in order', async () => {
    const echo = createEcho();
    const channel = connectInMemory(echo.endpoint);
    const heard: string[] = [];
    channel.onMessage((text) => heard.push(text));
    channel.send('a');
    channel.send('b');
    expect(echo.received).toEqual([]);
    await settle();
    expect(heard).toEqual(['echo a', 'echo b']);
  });

  it('keeps what arrives before somebody listens', async () => {
    const channel = connectInMemory(createEcho().endpoint);
    channel.send('a');
    await settle();
    const heard: string[] = [];
    channel.onMessage((text) => heard.push(text));
    expect(heard).toEqual(['echo a']);
  });

  it('closes once and delivers nothing more', async () => {
    const echo = createEcho();
    const channel = connectInMemory(echo.endpoint);
    const heard: string[] = [];
    const reasons: string[] = [];
    channel.onMessage((text) => heard.push(text));
    channel.onClose((reason) => reasons.push(reason));
    channel.send('a');
    channel.close();
    channel.close();
    await settle();
    expect([heard, reasons, echo.closed()]).toEqual([[], ['closed here'], 1]);
  });

  it('tells why the node dropped it, also to a late listener', async () => {
    const echo = createEcho();
    const channel = connectInMemory(echo.endpoint);
    echo.drop('restarting');
    await settle();
    const reasons: string[] = [];
    channel.onClose((reason) => reasons.push(reason));
    expect(reasons).toEqual(['restarting']);
  });
});
