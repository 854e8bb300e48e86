import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/cli/context.ts';
import { runNestedLine } from '../../src/cli/run-command-line.ts';
import type { CommandResult, CommandSpec } from '../../src/cli/spec.ts';
import { TaoError } from '../../src/errors/tao-error.ts';
import { createProgram } from '../../src/program.ts';
import { createMemoryFiles } from '../helpers/files.ts';
import { createMemoryPlatform } from '../helpers/memory-platform.ts';
import { runCli, TEST_VERSION } from '../helpers/run-cli.ts';
import { createTestContext } from '../helpers/test-context.ts';

type Run = (context: Context) => Promise<CommandResult>;

function specOf(run: Run, given: Partial<CommandSpec> = {}): readonly CommandSpec[] {
  const spec: CommandSpec = {
    path: ['stake', 'list'],
    summary: 'List stake',
    examples: [],
    fields: [],
    effect: 'reads',
    schema: 'stake.list/1',
    load: async () => ({ run }),
    ...given,
  };
  return [spec];
}

const rows: CommandResult = {
  data: { total: { rao: '1', tao: '0.000000001' } },
  view: () => [
    { kind: 'rows', rows: [['Total', '0.000000001 TAO']] },
    { kind: 'hint', text: 'Run tao stake add.' },
  ],
  warnings: ['The node is 3 blocks behind.'],
};

describe('a result', () => {
  it('is the text on stdout; warnings and hints go to stderr', async () => {
    const run = await runCli('stake list', { specs: specOf(async () => rows), terminal: 'all' });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toBe('  Total           0.000000001 TAO\n');
    expect(run.stderr).toBe('Warning: The node is 3 blocks behind.\nRun tao stake add.\n');
  });

  it('is a record in a pipe, without hints', async () => {
    const run = await runCli('stake list', { specs: specOf(async () => rows) });
    expect(run.stdout).toBe('Total\t0.000000001 TAO\n');
    expect(run.stderr).toBe('Warning: The node is 3 blocks behind.\n');
  });

  it('is one document with --json, one line in a pipe and open on a terminal', async () => {
    const specs = specOf(async () => rows);
    const piped = await runCli('stake list --json', { specs, networkName: 'dev' });
    expect(piped.stdout).toBe(
      '{"schema":"stake.list/1","ok":true,"data":{"total":{"rao":"1","tao":"0.000000001"}},' +
        '"warnings":["The node is 3 blocks behind."],' +
        `"meta":{"version":"${TEST_VERSION}","command":"stake list","network":"dev"}}\n`,
    );
    expect(piped.stderr).toBe('');
    const open = await runCli('stake list --json', { specs, terminal: 'all' });
    expect(open.stdout).toContain('\n  "schema": "stake.list/1",\n');
    expect(open.json().ok).toBe(true);
  });

  it('may end well with another exit code', async () => {
    const specs = specOf(async () => ({ ...rows, exitCode: 6 }));
    const run = await runCli('stake list --json', { specs });
    expect([run.exitCode, run.json().ok]).toEqual([6, true]);
  });

  it('shows no control characters, neither as text nor in JSON', async () => {
    const evil = 'a\u001b[2Jb\tc\u202ed\u009be';
    const specs = specOf(async () => ({
      data: { name: evil },
      view: () => [
        { kind: 'table', columns: [{ header: 'Name' }, { header: 'N' }], rows: [[evil, '1']] },
        { kind: 'line', text: { text: evil, tone: 'good' } },
      ],
    }));
    const text = await runCli('stake list', { specs, terminal: 'all' });
    const shown = 'a\ufffd[2Jb\ufffdc\ufffdd\ufffde';
    expect(text.stdout).toContain(shown);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the purpose
    expect(text.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    const json = await runCli('stake list --json', { specs });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the purpose
    expect(json.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(json.json().data).toEqual({ name: evil });
  });
});

describe('an error of ours', () => {
  const refusal = new TaoError('TX_FAILED', {
    message: "Couldn't stake: the chain refused.",
    details: ['AmountTooLow', 'evil\u001b[2J'],
    hint: 'Stake more.',
    data: { minimum: '500000' },
  });

  it('is text on stderr with the fix and the code last', async () => {
    const run = await runCli('stake list', { specs: specOf(async () => Promise.reject(refusal)) });
    expect(run.exitCode).toBe(6);
    expect(run.stdout).toBe('');
    expect(run.stderr).toBe(
      "Couldn't stake: the chain refused.\n  AmountTooLow\n  evil\ufffd[2J\nStake more.   [TX_FAILED]\n",
    );
  });

  it('is the same envelope with --json', async () => {
    const specs = specOf(async () => Promise.reject(refusal));
    const run = await runCli('--json stake list', { specs });
    expect(run.exitCode).toBe(6);
    expect(run.stderr).toBe('');
    expect(run.json()).toEqual({
      schema: 'stake.list/1',
      ok: false,
      error: {
        code: 'TX_FAILED',
        message: "Couldn't stake: the chain refused.",
        details: ['AmountTooLow', 'evil\u001b[2J'],
        hint: 'Stake more.',
        retry: 'never',
        exitCode: 6,
        data: { minimum: '500000' },
      },
      warnings: [],
      meta: { version: TEST_VERSION, command: 'stake list' },
    });
  });

  it('of the command line is an envelope too', async () => {
    const run = await runCli('stake list --json --nope', { specs: specOf(async () => rows) });
    expect(run.exitCode).toBe(2);
    expect(run.json()).toMatchObject({
      schema: 'tao/1',
      ok: false,
      error: { code: 'USAGE_UNKNOWN_OPTION' },
      meta: { version: TEST_VERSION },
    });
  });

  it('that has code INTERNAL leaves a report like any other defect', async () => {
    const internal = new TaoError('INTERNAL', { message: 'Two facts contradict each other.' });
    const run = await runCli('stake list', { specs: specOf(async () => Promise.reject(internal)) });
    expect(run.exitCode).toBe(1);
    expect(run.platform.files.paths()).toHaveLength(1);
  });
});

describe('a defect', () => {
  const defect = new TypeError('x is not a function at ws://me:pw@host');

  it('says so, leaves a private and redacted report, and ends with 1', async () => {
    const specs = specOf(async () => Promise.reject(defect), {
      options: [{ name: 'note', value: 'TEXT', summary: 'Note' }],
    });
    const run = await runCli('stake list --note private-text', { specs });
    expect(run.exitCode).toBe(1);
    const [path = ''] = run.platform.files.paths();
    expect(path).toMatch(/^\/home\/ada\/data\/reports\/defect-\d+-[0-9a-f]{8}\.txt$/);
    expect(run.stderr).toBe(
      `Failed to finish: this is a defect in taostake ${TEST_VERSION}, not in your input.\n` +
        '  TypeError: x is not a function at ws://[redacted]@host\n' +
        `  Report without keys or passwords: ${path}\n` +
        'Send the report with a bug report.   [INTERNAL]\n',
    );
    const report = run.platform.files.text(path);
    expect(report).toContain('command stake list');
    expect(report).toContain('--note');
    expect(report).not.toContain('private-text');
    expect(report).not.toContain('me:pw');
    expect((await run.platform.files.stat(path))?.mode).toBe(0o600);
  });

  it('of a command that moves funds sends the user to look first', async () => {
    const specs = specOf(async () => Promise.reject(defect), { effect: 'moves-funds' });
    const run = await runCli('stake list --json', { specs });
    expect(run.json().error).toMatchObject({
      code: 'INTERNAL',
      hint: 'Run tao tx list to see whether anything was submitted before you repeat the command.',
    });
  });

  it('is told even when the report cannot be written, the view fails, or something odd is thrown', async () => {
    const files = createMemoryFiles();
    files.put('/home/ada/data', 'a file where the folder should be');
    const unwritable = await runCli('stake list', {
      specs: specOf(async () => Promise.reject(defect)),
      files,
    });
    expect(unwritable.stderr).toContain('A report could not be written.');
    const view = () => {
      throw new Error('no view');
    };
    const noView = await runCli('stake list', { specs: specOf(async () => ({ data: 1, view })) });
    expect([noView.exitCode, noView.stdout]).toEqual([1, '']);
    const bigint = specOf(async () => ({ data: { rao: 1n }, view: () => [] }));
    const unsafe = await runCli('stake list --json', { specs: bigint });
    expect(unsafe.json()).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    const odd = await runCli('stake list', { specs: specOf(async () => Promise.reject('text')) });
    expect(odd.stderr).toContain("'text'");
  });

  it('outside the command is told and reported in the same way', async () => {
    const platform = createMemoryPlatform();
    const codes: number[] = [];
    const specs = specOf(async () => {
      codes.push(await platform.strayError(defect));
      return rows;
    });
    await runCli('stake list', { specs, platform });
    expect(codes).toEqual([1]);
    expect(platform.streams.stderr()).toContain('TypeError: x is not a function');
    expect(platform.files.text(platform.files.paths()[0] ?? '')).toContain('command stake list');
  });
});

describe('Ctrl-C', () => {
  it('ends a command that waits, with 130', async () => {
    const platform = createMemoryPlatform();
    const specs = specOf(async ({ signal, clock }) => {
      platform.interrupt();
      await clock.sleep(1_000, signal);
      return rows;
    });
    const run = await runCli('stake list', { specs, platform });
    expect(run.exitCode).toBe(130);
    expect(run.stderr).toBe('Stopped before anything was submitted.   [INTERRUPTED]\n');
  });

  it('turns an aborted request into an interruption, not into a defect', async () => {
    const platform = createMemoryPlatform();
    const specs = specOf(async () => {
      platform.interrupt();
      throw new DOMException('aborted', 'AbortError');
    });
    const run = await runCli('stake list --json', { specs, platform });
    expect(run.json().error).toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });
  });

  it('leaves a reading command behind that does not listen, but never one that writes or moves funds', async () => {
    const deaf = createMemoryPlatform();
    const never = specOf(async () => {
      deaf.interrupt();
      return new Promise<never>(() => undefined);
    });
    expect((await runCli('stake list', { specs: never, platform: deaf })).exitCode).toBe(130);

    const moving = createMemoryPlatform();
    const finishes = specOf(
      async ({ clock }) => {
        moving.interrupt();
        for (let step = 0; step < 10; step += 1) await clock.sleep(60_000);
        return rows;
      },
      { effect: 'moves-funds' },
    );
    const run = await runCli('stake list', { specs: finishes, platform: moving });
    expect([run.exitCode, run.platform.forcedExitCode()]).toEqual([0, 8]);

    const writing = createMemoryPlatform();
    const writes = specOf(
      async ({ clock, files }) => {
        writing.interrupt();
        await clock.sleep(60_000);
        await files.makeDirectory('/made', 0o700);
        return rows;
      },
      { effect: 'writes-local' },
    );
    const written = await runCli('stake list', { specs: writes, platform: writing });
    expect([written.exitCode, written.platform.forcedExitCode()]).toEqual([0, 130]);
  });
});

describe('help, version and bare nouns', () => {
  const specs = specOf(async () => rows);

  it('prints help on stdout when asked and on stderr when not', async () => {
    const asked = await runCli('--help', { specs });
    expect([asked.exitCode, asked.stderr]).toEqual([0, '']);
    expect(asked.stdout).toContain('Usage\n  tao COMMAND [options]');
    for (const line of ['', 'stake']) {
      const bare = await runCli(line, { specs });
      expect([bare.exitCode, bare.stdout]).toEqual([2, '']);
      expect(bare.stderr).toContain('Usage');
    }
  });

  it('answers a bare noun with an envelope when JSON was asked for', async () => {
    const run = await runCli('stake --json', { specs });
    expect(run.exitCode).toBe(2);
    expect(run.json()).toMatchObject({ ok: false, error: { code: 'USAGE_MISSING' } });
  });

  it('prints the version as text and as JSON', async () => {
    expect((await runCli('--version', { specs })).stdout).toBe(`tao ${TEST_VERSION}\n`);
    const run = await runCli('stake list --version --json', { specs });
    expect(run.json()).toMatchObject({ schema: 'tao.version/1', data: { version: TEST_VERSION } });
  });
});

describe('what stands around a command', () => {
  it('reports a failure to open the context, and closes what was opened', async () => {
    const specs = specOf(async () => rows);
    const failing = await runCli('stake list --json', {
      specs,
      open: async () => {
        throw new TaoError('FILE_LOCKED', { message: "Couldn't open." });
      },
    });
    expect([failing.exitCode, failing.json().ok]).toEqual([9, false]);
    let closed = 0;
    const closing = await runCli('stake list', {
      specs,
      open: async (base) => ({
        context: { ...createTestContext(), ...base },
        networkName: () => undefined,
        close: async () => {
          closed += 1;
          throw new TaoError('FILE_DISK_FULL', { message: "Couldn't close." });
        },
      }),
    });
    expect([closing.exitCode, closed, closing.stdout]).toEqual([0, 1, 'Total\t0.000000001 TAO\n']);
    expect(closing.stderr).toContain('[FILE_DISK_FULL]');
  });

  it('lets output that cannot be written decide the exit code of a success only', async () => {
    const unwritable = () =>
      Promise.reject(new TaoError('OUTPUT_NOT_WRITABLE', { message: "Couldn't write." }));
    const broken = () => ({ ...createMemoryPlatform(), drain: unwritable });
    const good = await runCli('stake list', {
      specs: specOf(async () => rows),
      platform: broken(),
    });
    expect(good.exitCode).toBe(9);
    const failed = specOf(async () => ({ ...rows, exitCode: 6 }));
    const bad = await runCli('stake list', { specs: failed, platform: broken() });
    expect(bad.exitCode).toBe(6);
  });

  it('runs a command inside another, silently and under its own environment', async () => {
    const platform = createMemoryPlatform();
    const specs = specOf(async ({ paths, settings }) => ({
      data: { data: paths.data, wallets: paths.wallets, network: settings.get('network') },
      view: () => [{ kind: 'line', text: 'never shown' }],
    }));
    const outcome = await runNestedLine(
      {
        program: createProgram(specs),
        platform,
        version: TEST_VERSION,
        open: async (base) => ({
          context: { ...createTestContext(), ...base },
          close: async () => undefined,
          networkName: () => undefined,
        }),
      },
      {
        argv: ['stake', 'list'],
        env: { TAO_HOME: '/scratch', TAO_NETWORK: 'dev' },
        prints: false,
      },
    );
    expect(outcome).toEqual({
      exitCode: 0,
      data: { data: '/scratch/data', wallets: '/scratch/wallets', network: 'dev' },
    });
    expect(platform.streams.stdout() + platform.streams.stderr()).toBe('');
  });
});
