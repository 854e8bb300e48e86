import { describe, expect, it } from 'vitest';
import { createPlan, testRuntime } from '../../../test/helpers/artifacts.ts';
import { createTestContext } from '../../../test/helpers/test-context.ts';
import { encodeUtf8 } from '../../signing/bytes.ts';
import { signingBytes } from '../../signing/payload.ts';
import { refuseDisguised } from './judge-message.ts';
import { openPolicyFile } from './open-policy.ts';

const refused = { code: 'POLICY_REFUSED', exitCode: 7, data: { rule: 'message' } };

async function withPolicy() {
  const context = createTestContext();
  await openPolicyFile(context).write({ windows: [] });
  return context;
}

describe('a message, where a policy is set', () => {
  it('is not the payload of a transaction, short or hashed', async () => {
    const context = await withPolicy();
    const plan = await createPlan();
    expect(signingBytes(plan).length).toBeGreaterThan(32);
    await expect(refuseDisguised(context, signingBytes(plan))).rejects.toMatchObject(refused);
    const remark = { pallet: 'System', name: 'remark', args: { remark: `0x${'61'.repeat(400)}` } };
    const long = signingBytes({ ...plan, call: testRuntime.encodeCall(remark) });
    expect(long).toHaveLength(32);
    await expect(refuseDisguised(context, long)).rejects.toMatchObject(refused);
  });

  it('may be any other text', async () => {
    const context = await withPolicy();
    for (const text of ['hello', 'x'.repeat(31), 'x'.repeat(33), 'Zürich, ü\n']) {
      await expect(refuseDisguised(context, encodeUtf8(text))).resolves.toBeUndefined();
    }
  });
});

describe('without a policy', () => {
  it('nothing is refused here', async () => {
    const context = createTestContext();
    await expect(refuseDisguised(context, new Uint8Array(32))).resolves.toBeUndefined();
  });
});
