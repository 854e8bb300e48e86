import { describe, expect, it } from 'vitest';
import { type ContextScript, createTestContext } from '../../test/helpers/test-context.ts';
import { askConsent, type ConsentRequest } from './consent.ts';

const request: ConsentRequest = {
  rows: [
    ['Network', 'finney, block 5,120,034'],
    ['Stake', '2.5 TAO'],
  ],
  question: 'Stake 2.5 TAO?',
};

const severe: ConsentRequest = {
  ...request,
  question: 'Unstake everything?',
  severe: { value: "41.07 alpha's", what: 'the amount' },
};

async function ask(script: ContextScript, asked: ConsentRequest = request) {
  const context = createTestContext(script);
  const error = await askConsent(context, asked).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  context.platform.streams.expectAllAsked();
  return {
    error,
    stderr: context.platform.streams.stderr(),
    stdout: context.platform.streams.stdout(),
  };
}

describe('a confirmation', () => {
  it('shows the plan on stderr and asks', async () => {
    const { error, stderr, stdout } = await ask({
      terminal: 'all',
      answers: [{ kind: 'confirm', question: 'Stake 2.5 TAO?', answer: true }],
    });
    expect(error).toBeUndefined();
    expect(stdout).toBe('');
    expect(stderr).toBe('  Network         finney, block 5,120,034\n  Stake           2.5 TAO\n');
  });

  it('is refused by a no', async () => {
    const { error } = await ask({
      terminal: 'all',
      answers: [{ kind: 'confirm', question: 'Stake', answer: false }],
    });
    expect(error).toMatchObject({ code: 'CONSENT_DECLINED', exitCode: 3 });
    expect(error).toHaveProperty(
      'message',
      "Didn't stake 2.5 TAO: the answer was no. Nothing was signed or changed.",
    );
  });

  it('is answered by --yes, without a question', async () => {
    expect((await ask({ terminal: 'all', mode: { assumeYes: true } })).error).toBeUndefined();
    expect((await ask({ mode: { assumeYes: true } })).error).toBeUndefined();
  });

  it('names the flag where nobody can be asked, and a piped y changes nothing', async () => {
    const { error } = await ask({ stdin: 'y\n', mode: { offersDryRun: true } });
    expect(error).toMatchObject({
      code: 'CONSENT_REQUIRED',
      exitCode: 3,
      message: "Couldn't stake 2.5 TAO: confirmation is needed and this is not a terminal.",
      hint: 'Add --yes to confirm, or --dry-run to see the plan.',
    });
  });

  it('says that CI is why, and leaves --dry-run out where there is none', async () => {
    const { error } = await ask({ terminal: 'all', isCi: true });
    expect(error).toMatchObject({
      message: "Couldn't stake 2.5 TAO: confirmation is needed and CI is set.",
      hint: 'Add --yes to confirm.',
    });
  });

  it('hides the plan with --quiet or --json only when nobody has to answer', async () => {
    const answers = [{ kind: 'confirm', question: 'Stake', answer: true }] as const;
    expect((await ask({ terminal: 'all', mode: { quiet: true }, answers })).stderr).not.toBe('');
    const quiet = { quiet: true, assumeYes: true };
    expect((await ask({ terminal: 'all', mode: quiet })).stderr).toBe('');
    const warned = { ...request, warnings: ['The price moves 9 %.'] };
    expect((await ask({ mode: quiet }, warned)).stderr).toBe('Warning: The price moves 9 %.\n');
  });

  it('keeps the warnings it has shown, for the document', async () => {
    const context = { ...createTestContext({ mode: { assumeYes: true } }), shownWarnings: [] };
    await askConsent(context, { ...request, warnings: ['The price moves 9 %.'] });
    expect(context.shownWarnings).toEqual(['The price moves 9 %.']);
  });

  it('ends at Ctrl-C as an interruption', async () => {
    const { error } = await ask({
      terminal: 'all',
      answers: [{ kind: 'confirm', question: 'Stake', answer: 'interrupt' }],
    });
    expect(error).toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });
  });
});

describe('a severe confirmation', () => {
  it('wants the value typed back, whatever --yes says', async () => {
    const answers = (answer: string) =>
      [{ kind: 'text', question: 'Type the amount to confirm', answer }] as const;
    const mode = { assumeYes: true };
    const typed = await ask({ terminal: 'all', mode, answers: answers(" 41.07 alpha's ") }, severe);
    expect(typed.error).toBeUndefined();
    const wrong = await ask({ terminal: 'all', mode, answers: answers('y') }, severe);
    expect(wrong.error).toMatchObject({ code: 'CONSENT_DECLINED' });
  });

  it('takes --confirm with exactly that value', async () => {
    const same = await ask({}, { ...severe, confirm: "41.07 alpha's" });
    expect(same.error).toBeUndefined();
    const other = await ask({ terminal: 'all' }, { ...severe, confirm: '41.08 alpha' });
    expect(other.error).toMatchObject({
      code: 'CONSENT_REQUIRED',
      message: "Couldn't unstake everything: --confirm does not repeat the amount.",
    });
  });

  it('names the flag with its value quoted for a shell', async () => {
    const { error } = await ask({ mode: { assumeYes: true } }, severe);
    expect(error).toMatchObject({
      code: 'CONSENT_REQUIRED',
      hint: "Add --confirm '41.07 alpha'\\''s' to confirm.",
    });
  });
});
