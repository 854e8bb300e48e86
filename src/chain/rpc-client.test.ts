import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../test/helpers/manual-clock.ts';
import { createScriptedNode, rpcError, silence } from '../../test/helpers/scripted-node.ts';
import { createRpcClient } from './rpc-client.ts';

const TIMEOUT_MS = 5_000;

function setup(answers: Parameters<typeof createScriptedNode>[0] = {}) {
  const node = createScriptedNode(answers);
  const clock = createManualClock();
  const rpc = createRpcClient(node.channel, { clock, timeoutMs: TIMEOUT_MS });
  return { node, clock, rpc };
}

const subscription = (onMessage: (result: unknown) => void, onEnd: (error: Error) => void) => ({
  method: 'watch',
  params: [],
  unsubscribe: 'unwatch',
  onMessage,
  onEnd,
});

const ignore = (): void => undefined;

describe('a call', () => {
  it('gets the answer to its own id, in whatever order answers come', async () => {
    const { node, rpc } = setup({ slow: () => silence, quick: () => 'second' });
    const slow = rpc.request('slow', []);
    expect(await rpc.request('quick', [1, 'a'])).toBe('second');
    expect(node.paramsOf('quick')).toEqual([1, 'a']);
    node.say('{"jsonrpc":"2.0","id":1,"result":"first"}');
    expect(await slow).toBe('first');
    expect(rpc.roundTrips()).toBe(2);
  });

  it('leaves no timer behind', async () => {
    const { clock, rpc } = setup({ ask: () => 1 });
    await rpc.request('ask', []);
    expect(clock.sleeping()).toBe(0);
  });

  it('ends as RPC_REFUSED with the words of the node, made safe', async () => {
    const { rpc } = setup({
      ask: () => rpcError(1010, 'Invalid\u001b[31m Transaction', 'Custom error: 6'),
    });
    await expect(rpc.request('ask', [])).rejects.toMatchObject({
      code: 'RPC_REFUSED',
      exitCode: 5,
      data: {
        method: 'ask',
        rpcCode: 1010,
        rpcMessage: 'Invalid [31m Transaction',
        rpcData: 'Custom error: 6',
      },
    });
  });

  it('ends as NETWORK_TIMEOUT when no answer comes, and ignores a late one', async () => {
    const { node, clock, rpc } = setup({ ask: () => silence });
    const asked = rpc.request('ask', []);
    clock.advance(TIMEOUT_MS);
    await expect(asked).rejects.toMatchObject({ code: 'NETWORK_TIMEOUT', retry: 'safe' });
    node.say('{"jsonrpc":"2.0","id":1,"result":"late"}');
    node.on('ask', () => 'fine');
    expect(await rpc.request('ask', [])).toBe('fine');
  });

  it('may have a timeout of its own', async () => {
    const { clock, rpc } = setup({ ask: () => silence });
    const asked = rpc.request('ask', [], { timeoutMs: 10 });
    clock.advance(10);
    await expect(asked).rejects.toMatchObject({ data: { timeoutMs: 10 } });
  });

  it('ends with the reason of its signal', async () => {
    const { clock, rpc } = setup({ ask: () => silence });
    const controller = new AbortController();
    const asked = rpc.request('ask', [], { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    expect(clock.sleeping()).toBe(0);
  });

  it('ends as NETWORK_CLOSED when the connection goes, also one made afterwards', async () => {
    const { node, rpc } = setup({ ask: () => silence });
    const asked = rpc.request('ask', []);
    node.drop('went away');
    await expect(asked).rejects.toMatchObject({ code: 'NETWORK_CLOSED' });
    await expect(rpc.request('ask', [])).rejects.toMatchObject({ code: 'NETWORK_CLOSED' });
    expect(rpc.roundTrips()).toBe(1);
  });

  it('ends as NETWORK_CLOSED when we close', async () => {
    const { node, rpc } = setup({ ask: () => silence });
    const asked = rpc.request('ask', []);
    rpc.close();
    await expect(asked).rejects.toMatchObject({ code: 'NETWORK_CLOSED' });
    expect(node.isClosed()).toBe(true);
  });
});

describe('a message that is no reply', () => {
  it.each([
    ['not JSON', '<html>502</html>'],
    ['a list', '[]'],
    ['a bare value', '7'],
    ['no id', '{"jsonrpc":"2.0","result":1}'],
    ['an error for nobody', '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"?"}}'],
    ['an id of a wrong kind', '{"jsonrpc":"2.0","id":"x","result":1}'],
    ['neither result nor error', '{"jsonrpc":"2.0","id":1}'],
    ['a notification without subscription', '{"jsonrpc":"2.0","method":"x","params":{}}'],
  ])('ends the connection as NETWORK_BAD_REPLY: %s', async (_name, text) => {
    const { node, rpc } = setup({ ask: () => silence });
    const asked = rpc.request('ask', []);
    node.say(text);
    await expect(asked).rejects.toMatchObject({ code: 'NETWORK_BAD_REPLY', exitCode: 5 });
    expect(node.isClosed()).toBe(true);
  });

  it('or one beyond the limit ends it too', async () => {
    const node = createScriptedNode({ ask: () => 'x'.repeat(100) });
    const clock = createManualClock();
    const rpc = createRpcClient(node.channel, { clock, timeoutMs: 1, maxMessageLength: 100 });
    await expect(rpc.request('ask', [])).rejects.toMatchObject({ code: 'NETWORK_BAD_REPLY' });
  });

  it('never leaves a call hanging or throws into the channel, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (text) => {
        const { node, clock, rpc } = setup({ ask: () => silence });
        const asked = rpc.request('ask', []).then(
          () => 'answered',
          (error: { readonly code: string }) => error.code,
        );
        node.say(text);
        clock.advance(TIMEOUT_MS);
        expect(['answered', 'RPC_REFUSED', 'NETWORK_BAD_REPLY', 'NETWORK_TIMEOUT']).toContain(
          await asked,
        );
        expect(clock.sleeping()).toBe(0);
      }),
    );
  });
});

describe('a subscription', () => {
  it('gets its messages in order, those before its confirmation included', async () => {
    const { node, rpc } = setup();
    node.on('watch', () => {
      node.notify('s1', 'early');
      node.notify('other', 'foreign');
      return 's1';
    });
    const seen: unknown[] = [];
    await rpc.subscribe(subscription((result) => seen.push(result), ignore));
    node.notify('s1', 'later');
    node.notify('other', 'foreign');
    expect(seen).toEqual(['early', 'later']);
  });

  it('may have a number as its id', async () => {
    const { node, rpc } = setup({ watch: () => 7 });
    const seen: unknown[] = [];
    await rpc.subscribe(subscription((result) => seen.push(result), ignore));
    node.notify(7, 'hello');
    expect(seen).toEqual(['hello']);
  });

  it('stops once, tells the node, and hears no more', async () => {
    const { node, rpc } = setup({ watch: () => 's1', unwatch: () => true });
    const seen: unknown[] = [];
    const stop = await rpc.subscribe(subscription((result) => seen.push(result), ignore));
    stop();
    stop();
    node.notify('s1', 'too late');
    expect(seen).toEqual([]);
    expect(node.calls()).toEqual(['watch', 'unwatch']);
    expect(node.paramsOf('unwatch')).toEqual(['s1']);
  });

  it('hears once that the connection went', async () => {
    const { node, rpc } = setup({ watch: () => 's1', unwatch: () => true });
    const ends: Error[] = [];
    const stop = await rpc.subscribe(subscription(ignore, (error) => ends.push(error)));
    node.drop('gone');
    rpc.close();
    stop();
    expect(ends).toMatchObject([{ code: 'NETWORK_CLOSED' }]);
  });

  it('hears nothing of the end once it was stopped', async () => {
    const { node, rpc } = setup({ watch: () => 's1', unwatch: () => true });
    const ends: Error[] = [];
    const stop = await rpc.subscribe(subscription(ignore, (error) => ends.push(error)));
    stop();
    node.drop('gone');
    expect(ends).toEqual([]);
  });

  it('that the node refuses is RPC_REFUSED', async () => {
    const { rpc } = setup({ watch: () => rpcError(-32601, 'Method not found') });
    await expect(rpc.subscribe(subscription(ignore, ignore))).rejects.toMatchObject({
      code: 'RPC_REFUSED',
      data: { rpcCode: -32601 },
    });
  });
});

describe('a batch of calls', () => {
  it('is one message, answered in the order it was asked in', async () => {
    const { clock, rpc } = setup({ twice: ([value]) => (value as number) * 2 });
    expect(await rpc.requestMany('twice', [[1], [2], [3]])).toEqual([2, 4, 6]);
    expect(rpc.roundTrips()).toBe(1);
    expect(clock.sleeping()).toBe(0);
    expect(await rpc.requestMany('twice', [])).toEqual([]);
    expect(rpc.roundTrips()).toBe(1);
  });

  it('fails as a whole with the refusal of one call', async () => {
    const { rpc } = setup({
      ask: ([value]) => (value === 2 ? rpcError(-32_000, 'not that one') : value),
    });
    await expect(rpc.requestMany('ask', [[1], [2], [3]])).rejects.toMatchObject({
      code: 'RPC_REFUSED',
      data: { method: 'ask', rpcMessage: 'not that one' },
    });
    expect(await rpc.request('ask', [5])).toBe(5);
  });

  it('is refused, and the connection lives on, where the node takes none', async () => {
    const { node, rpc } = setup({ ask: () => silence, other: () => 1 });
    const asking = rpc.requestMany('ask', [[1], [2]]);
    node.say('{"jsonrpc":"2.0","id":null,"error":{"code":-32005,"message":"no batches"}}');
    await expect(asking).rejects.toMatchObject({ code: 'RPC_REFUSED', data: { rpcCode: -32005 } });
    expect(await rpc.request('other', [])).toBe(1);
  });

  it('ends with the connection, and with the time', async () => {
    const { node, clock, rpc } = setup({ ask: () => silence });
    const late = rpc.requestMany('ask', [[1]]);
    clock.advance(TIMEOUT_MS);
    await expect(late).rejects.toMatchObject({ code: 'NETWORK_TIMEOUT' });
    const cut = rpc.requestMany('ask', [[1]]);
    node.drop('gone');
    await expect(cut).rejects.toMatchObject({ code: 'NETWORK_CLOSED' });
    await expect(rpc.requestMany('ask', [[1]])).rejects.toMatchObject({ code: 'NETWORK_CLOSED' });
  });
});
