import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { createHome, type Home, serveDevChain, VALIDATOR } from './tool.ts';

let home: Home;
let served: { url: string; stop: () => Promise<void> };

beforeEach(async () => {
  home = createHome();
  served = await serveDevChain(home);
});
afterEach(async () => {
  await served.stop();
  home.remove();
});

/** Asks the served chain something, past the tool. */
async function ask(method: string, params: readonly unknown[] = []): Promise<unknown> {
  const socket = new WebSocket(served.url);
  await once(socket, 'open');
  socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
  const [data] = (await once(socket, 'message')) as [Buffer];
  socket.terminate();
  const reply = JSON.parse(String(data));
  if (reply.error !== undefined) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
  return reply.result;
}

const stake = [
  ...['stake', 'add', '--wallet', '//Alice', '--netuid', '8', '--hotkey', VALIDATOR],
  ...['--amount', '3', '--yes', '--json'],
];

const stakeEvents = async () => {
  const list = (await home.json(['stake', 'list', '//Alice'])).data.positions;
  return list.filter((position: { netuid: number }) => position.netuid === 8);
};

type Relay = {
  readonly url: string;
  readonly caught: { readonly promise: Promise<void>; readonly resolve: () => void };
  readonly close: () => void;
};

/** A node in between: for each text `judge` lets it pass, drops the connection, or does nothing. */
async function startRelay(
  judge: (text: string, pass: () => void, drop: () => void) => void,
): Promise<Relay> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (near) => {
    const far = new WebSocket(served.url);
    const opened = once(far, 'open');
    far.on('message', (data) => near.send(String(data)));
    near.on('close', () => far.terminate());
    near.on('message', (data) => {
      const text = String(data);
      judge(
        text,
        () => void opened.then(() => far.send(text)),
        () => near.terminate(),
      );
    });
  });
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as { port: number }).port}`,
    caught: { promise, resolve },
    close: () => server.close(),
  };
}

/** Polls the journal, which another process writes, until it holds what is looked for. */
async function journal(accept: (records: { state: string }[]) => boolean) {
  for (let tries = 0; tries < 100; tries += 1) {
    const records = (await home.json(['tx', 'list'])).data.transactions;
    if (accept(records)) return records;
  }
  throw new Error('The journal never held it.');
}

describe('a transaction whose process dies', () => {
  it('between signing and the reply is in the journal, and resume settles it without a second one', async () => {
    await ask('dev_stallReplies', [{ replies: 1, method: 'author_submitAndWatchExtrinsic' }]);
    const child = home.start(stake);
    const ended = once(child, 'exit');
    // The node has it and says nothing; the journal had it before.
    const [record] = await journal(
      (records) => records.length === 1 && records[0]?.state !== 'planned',
    );
    child.kill('SIGKILL');
    await ended;

    const shown = (await home.json(['tx', 'show', record.id])).data;
    expect(shown.state).toBe('signed');
    expect(shown.extrinsic).toMatch(/^0x[0-9a-f]{200,}$/);
    const before = await stakeEvents();

    const resumed = (await home.json(['tx', 'resume'])).data.transactions;
    expect(resumed.map((tx: { id: string; state: string }) => [tx.id, tx.state])).toEqual([
      [record.id, 'succeeded'],
    ]);
    const after = await stakeEvents();
    expect(after).toHaveLength(1);
    if (before.length === 1) expect(after[0].stake).toEqual(before[0].stake);
    expect((await home.json(['tx', 'resume'])).data.transactions).toEqual([]);
  });

  it('before it signs leaves nothing that could ever be sent', async () => {
    const relay = await startRelay((text, pass) => {
      if (!text.includes('system_accountNextIndex')) return pass();
      relay.caught.resolve();
    });
    const child = home.start([...stake, '--network', relay.url]);
    const ended = once(child, 'exit');
    await relay.caught.promise;
    child.kill('SIGKILL');
    await ended;
    relay.close();
    const states = (await home.json(['tx', 'resume'])).data.transactions.map(
      (tx: { state: string }) => tx.state,
    );
    expect(states.filter((state: string) => state !== 'abandoned')).toEqual([]);
    expect(await stakeEvents()).toHaveLength(0);
  });
});

describe('a submission that gets lost on the way', () => {
  it('is sent again by resume, the same bytes, and executes once', async () => {
    const relay = await startRelay((text, pass, drop) =>
      text.includes('author_submit') ? drop() : pass(),
    );
    const run = await home.tao([...stake, '--network', relay.url]);
    relay.close();
    const { error } = JSON.parse(run.stdout);
    expect([run.code, error.code]).toEqual([8, 'TX_OUTCOME_UNKNOWN']);
    expect(await stakeEvents()).toHaveLength(0);
    const { extrinsic } = (await home.json(['tx', 'show', error.data.id])).data;

    const [settled] = (await home.json(['tx', 'resume'])).data.transactions;
    expect([settled.id, settled.state]).toEqual([error.data.id, 'succeeded']);
    const block = (await ask('chain_getBlock', [settled.block.hash])) as {
      block: { extrinsics: string[] };
    };
    expect(block.block.extrinsics).toContain(extrinsic);
    expect(await stakeEvents()).toHaveLength(1);
  });
});

describe('Ctrl-C while the chain is waited for', () => {
  it('ends in exit 8 with the way to settle it, and resume settles it', async () => {
    await ask('dev_stallReplies', [{ replies: 1, method: 'author_submitAndWatchExtrinsic' }]);
    const child = home.start(stake);
    let stdout = '';
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
    });
    const ended = once(child, 'close');
    const [record] = await journal(
      (records) => records.length === 1 && records[0]?.state !== 'planned',
    );
    child.kill('SIGINT');
    const [code] = await ended;
    expect([code, JSON.parse(stdout).error.code]).toEqual([8, 'TX_OUTCOME_UNKNOWN']);
    const [settled] = (await home.json(['tx', 'resume', record.id])).data.transactions;
    expect(settled.state).toBe('succeeded');
    expect(await stakeEvents()).toHaveLength(1);
  });
});

describe('a connection that is lost after the submission', () => {
  it('ends in exit 8, and resume finds what the chain did', async () => {
    await ask('dev_dropNextSubmit');
    const run = await home.tao(stake);
    const document = JSON.parse(run.stdout);
    expect([run.code, document.error.code, document.error.retry]).toEqual([
      8,
      'TX_OUTCOME_UNKNOWN',
      'after-check',
    ]);
    expect(document.error.hint).toContain(`tao tx resume ${document.error.data.id}`);
    const [settled] = (await home.json(['tx', 'resume', document.error.data.id])).data.transactions;
    expect(settled.state).toBe('succeeded');
    expect(await stakeEvents()).toHaveLength(1);
  });

  it('with a request id is settled by running the same command again', async () => {
    await ask('dev_dropNextSubmit');
    const command = [...stake, '--request-id', 'once'];
    expect((await home.tao(command)).code).toBe(8);
    const again = JSON.parse((await home.tao(command)).stdout);
    expect([again.ok, again.data.isRepeat, again.data.transaction.state]).toEqual([
      true,
      true,
      'succeeded',
    ]);
    const third = JSON.parse((await home.tao(command)).stdout);
    expect(third.data.transaction.id).toBe(again.data.transaction.id);
    const other = command.map((word) => (word === '3' ? '4' : word));
    expect(JSON.parse((await home.tao(other)).stdout).error.code).toBe('REQUEST_ID_REUSED');
    const spent = (await stakeEvents()) as unknown[];
    expect(spent).toHaveLength(1);
    expect((await home.json(['tx', 'list'])).data.transactions).toHaveLength(1);
  });
});

describe('a refusal by the node', () => {
  it('is exit 6, costs nothing, and is in the journal', async () => {
    await ask('dev_rejectNext', [
      { code: 1010, message: 'Invalid Transaction', data: 'Custom error: 0' },
    ]);
    const run = await home.tao(stake);
    const document = JSON.parse(run.stdout);
    expect([run.code, document.ok]).toEqual([6, false]);
    expect(document.error.data.chainError).toBe('Custom.ColdkeyInSwapSchedule');
    expect(document.error.details.join(' ')).toContain('cost nothing');
    expect((await home.json(['tx', 'list'])).data.transactions[0].state).toBe('refused');
    expect(await stakeEvents()).toHaveLength(0);
  });
});
