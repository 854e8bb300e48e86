import { describe, expect, it } from 'vitest';
import { createTestContext } from '../../test/helpers/test-context.ts';
import { TaoError } from '../errors/tao-error.ts';
import { takeTurn } from './take-turn.ts';

const chain = { genesisHash: `0x${'ab'.repeat(32)}` };
const account = { address: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY' };

describe('the turn of an account', () => {
  it('is over without an error when its lock cannot be removed: what was sent is sent', async () => {
    const release = async (): Promise<never> => {
      throw new TaoError('FILE_NOT_WRITABLE', { message: 'The disk is gone.' });
    };
    const context = { ...createTestContext(), locks: { acquire: async () => ({ release }) } };
    const turn = await takeTurn({ context, chain, account });
    await expect(turn.release()).resolves.toBeUndefined();
    await expect(turn.release()).resolves.toBeUndefined();
  });

  it('that another run keeps is said to be busy, with nothing signed', async () => {
    const context = createTestContext();
    const turn = await takeTurn({ context, chain, account });
    await expect(takeTurn({ context, chain, account })).rejects.toMatchObject({
      code: 'NONCE_BUSY',
      retry: 'safe',
    });
    await turn.release();
    await expect(takeTurn({ context, chain, account })).resolves.toBeDefined();
  });
});
