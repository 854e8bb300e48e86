import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHome, type Home, serveDevChain, VALIDATOR } from './tool.ts';

const stake = [
  ...['stake', 'add', '--wallet', '//Alice', '--netuid', '8', '--hotkey', VALIDATOR],
  ...['--amount', '100', '--yes'],
];

/** A result without what must differ: ids, and signatures (sr25519 is randomised). */
// biome-ignore lint/suspicious/noExplicitAny: a JSON document
const comparable = (document: any) => {
  const { id: _id, hash: _hash, block, ...transaction } = document.data.transaction;
  return {
    ...document,
    meta: { ...document.meta, network: 'any' },
    data: { ...document.data, transaction: { ...transaction, block: block.number } },
  };
};

describe('one chain, three ways to it', () => {
  let inProcess: Home;
  let served: Home;
  let server: { url: string; stop: () => Promise<void> };

  beforeAll(async () => {
    inProcess = createHome();
    served = createHome();
    server = await serveDevChain(served);
  });
  afterAll(async () => {
    await server.stop();
    inProcess.remove();
    served.remove();
  });

  it('in process, by URL, and by the name dev while dev run holds it, the same stake gives the same result', async () => {
    const here = await inProcess.json(stake);
    const byUrl = await served.json([...stake, '--network', server.url]);
    expect(here.ok).toBe(true);
    expect(comparable(byUrl)).toEqual(comparable(here));

    const hereAgain = await inProcess.json(stake);
    const byName = await served.json(['--network', 'dev', ...stake]);
    expect(comparable(byName)).toEqual(comparable(hereAgain));
    expect(byName.data.transaction.block.number).toBe(here.data.transaction.block.number + 1);
  });

  it('after the server stops, the state is where it was', async () => {
    const before = (await served.json(['dev', 'status'])).data;
    expect(before.location).toBe('served');
    await server.stop();
    const after = (await served.json(['dev', 'status'])).data;
    expect([after.location, after.block, after.stateDigest]).toEqual([
      'in-process',
      before.block,
      before.stateDigest,
    ]);
  });
});
