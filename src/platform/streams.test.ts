import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { StreamRequest } from '../cli/context.ts';
import type { Host } from './host.ts';
import { createInterrupts } from './interrupts.ts';
import { createStreams, watchOutput } from './streams.ts';

const request: StreamRequest = {
  color: 'auto',
  json: false,
  quiet: false,
  verbose: false,
  noInput: false,
};

type Outputs = { readonly texts: string[]; readonly stream: Host['stdout'] };

function output(given: { isTTY?: boolean; columns?: number; error?: Error } = {}): Outputs {
  const texts: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      if (given.error !== undefined) {
        done(given.error);
        return;
      }
      texts.push(String(chunk));
      done();
    },
  });
  Object.assign(stream, { isTTY: given.isTTY ?? false, columns: given.columns });
  return { texts, stream: stream as unknown as Host['stdout'] };
}

function host(given: {
  readonly env?: Record<string, string>;
  readonly stdinIsTerminal?: boolean;
  readonly stdin?: Readable;
  readonly stdout?: Outputs;
  readonly stderr?: Outputs;
}): Host {
  const stdin = Object.assign(given.stdin ?? Readable.from([]), {
    isTTY: given.stdinIsTerminal ?? false,
  });
  return {
    env: given.env ?? {},
    platform: 'linux',
    pid: 1,
    stdin: stdin as unknown as Host['stdin'],
    stdout: (given.stdout ?? output()).stream,
    stderr: (given.stderr ?? output()).stream,
    cwd: () => '/work',
    exit: (code) => {
      throw new Error(`exit ${code}`);
    },
    on: () => undefined,
    off: () => undefined,
  };
}

function streamsOf(on: Host, given: Partial<StreamRequest> = {}) {
  const watched = { stdout: watchOutput(on.stdout), stderr: watchOutput(on.stderr) };
  return createStreams(on, watched, { ...request, ...given });
}

describe('whether a question may be asked', () => {
  const terminal = { stdinIsTerminal: true, stderr: output({ isTTY: true }) };

  it('needs stdin and stderr to be terminals; stdout may be a pipe', () => {
    expect(streamsOf(host(terminal))).toMatchObject({ canAsk: true, cannotAskBecause: undefined });
    for (const lacking of [{ ...terminal, stdinIsTerminal: false }, { stdinIsTerminal: true }]) {
      expect(streamsOf(host(lacking))).toMatchObject({
        canAsk: false,
        cannotAskBecause: 'this is not a terminal',
      });
    }
  });

  it('is a no in CI and with --no-input', () => {
    const inCi = streamsOf(host({ ...terminal, env: { CI: '1' } }));
    expect(inCi.cannotAskBecause).toBe('CI is set');
    const silent = streamsOf(host(terminal), { noInput: true });
    expect(silent.cannotAskBecause).toBe('--no-input was given');
  });

  it('is checked again by the prompts themselves', async () => {
    const { prompts } = streamsOf(host({}));
    const asked = [prompts.confirm('Go?'), prompts.text('Name'), prompts.secret('Password')];
    for (const answer of asked) {
      await expect(answer).rejects.toMatchObject({ code: 'PROMPT_UNAVAILABLE', exitCode: 2 });
    }
    await expect(prompts.choose('Which', [{ name: 'a', value: 'a' }])).rejects.toMatchObject({
      message: 'Couldn\'t ask "Which": this is not a terminal.',
    });
  });
});

describe('width and colours', () => {
  it('are those of each stream', () => {
    const streams = streamsOf(
      host({ stdout: output(), stderr: output({ isTTY: true, columns: 40 }) }),
    );
    expect([streams.stdout.width, streams.stdout.colorLevel]).toEqual([80, 0]);
    expect([streams.stderr.width, streams.stderr.colorLevel]).toEqual([40, 1]);
  });
});

describe('output', () => {
  it('is kept in order and drained', async () => {
    const { stream, texts } = output();
    const watch = watchOutput(stream);
    watch.write('a');
    watch.write('b');
    await watch.drained();
    expect(texts.join('')).toBe('ab');
  });

  it('ends quietly at a closed pipe and remembers any other failure', async () => {
    const failing = (code: string) =>
      watchOutput(output({ error: Object.assign(new Error(code), { code }) }).stream);
    for (const [code, failure] of [
      ['EPIPE', undefined],
      ['ENOSPC', 'ENOSPC'],
    ] as const) {
      const watch = failing(code);
      watch.write('a');
      await watch.drained();
      watch.write('b');
      await watch.drained();
      expect(watch.failure()?.message).toBe(failure);
    }
  });
});

describe('standard input', () => {
  it('is read to its end, and not past the limit', async () => {
    const piped = () => host({ stdin: Readable.from([Buffer.from('ab'), Buffer.from('cd')]) });
    expect(await streamsOf(piped()).readStdin(4)).toEqual(new TextEncoder().encode('abcd'));
    await expect(streamsOf(piped()).readStdin(3)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect(await streamsOf(host({ stdinIsTerminal: true })).readStdin(4)).toBeUndefined();
  });
});

describe('progress', () => {
  it('is silent without a terminal, and a line a step with --verbose', () => {
    const quiet = output();
    streamsOf(host({ stderr: quiet }))
      .progress('Working')
      .stop();
    expect(quiet.texts).toEqual([]);
    const verbose = output();
    const progress = streamsOf(host({ stderr: verbose }), { verbose: true }).progress('Working');
    progress.update('evil\u001b[2J');
    progress.stop();
    expect(verbose.texts).toEqual(['Working\n', 'evil\ufffd[2J\n']);
  });
});

describe('Ctrl-C', () => {
  it('aborts at first and ends the program at the second, with the code of the moment', () => {
    const listeners: ((cause: unknown) => void)[] = [];
    const stderr = output();
    const interrupts = createInterrupts({
      ...host({ stderr }),
      on: (_event, listener) => listeners.push(listener),
      off: (_event, listener) => listeners.splice(listeners.indexOf(listener), 1),
    });
    expect(listeners).toHaveLength(2);
    listeners[0]?.(undefined);
    expect(interrupts.signal.reason).toMatchObject({ code: 'INTERRUPTED' });
    expect(() => listeners[1]?.(undefined)).toThrow('exit 130');
    interrupts.setForcedExitCode(8);
    expect(() => listeners[0]?.(undefined)).toThrow('exit 8');
    expect(stderr.texts.at(-1)).toContain('tao tx list');
    interrupts.dispose();
    expect(listeners).toEqual([]);
  });
});
