/** Runs the built bin on a real pseudo-terminal: types keys, waits for texts, reads the screen. */
import { spawn } from '@lydell/node-pty';
import { onTestFinished } from 'vitest';
import { BIN, type Home } from '../cli/tool.ts';

export type TerminalRun = {
  /** Waits until the text stands in what was printed after the last wait. Fails when the run ends first. */
  readonly waitFor: (text: string) => Promise<void>;
  readonly type: (keys: string) => void;
  readonly interrupt: () => void;
  /** Resolves at the end with the exit code. */
  readonly ended: Promise<number>;
  /** Everything printed, with colours and cursor movements. */
  readonly raw: () => string;
  /** The same without them, carriage returns removed. */
  readonly text: () => string;
};

export type TerminalOptions = {
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
};

/** Starts `tao` on a terminal of its own; it ends with the test at the latest. */
export function runOnTerminal(
  home: Home,
  args: readonly string[],
  options: TerminalOptions = {},
): TerminalRun {
  const terminal = spawn(process.execPath, [BIN, ...args], {
    cols: options.columns ?? 100,
    rows: 40,
    cwd: home.path,
    env: { ...home.env, TERM: 'xterm-256color', ...options.env },
  });
  onTestFinished(() => {
    if (exitCode === undefined) terminal.kill('SIGKILL');
  });
  let raw = '';
  let seen = 0;
  let exitCode: number | undefined;
  const listeners = new Set<() => void>();
  const wake = () => {
    for (const listener of [...listeners]) listener();
  };
  terminal.onData((data) => {
    raw += data;
    wake();
  });
  const ended = new Promise<number>((resolve) => {
    terminal.onExit(({ exitCode: code }) => {
      exitCode = code;
      wake();
      resolve(code);
    });
  });
  return {
    waitFor: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const plain = plainText(raw);
          const at = plain.indexOf(text, seen);
          if (at !== -1) {
            seen = at + text.length;
            listeners.delete(look);
            resolve();
          } else if (exitCode !== undefined) {
            listeners.delete(look);
            reject(new Error(`Ended with ${exitCode} before "${text}":\n${plain}`));
          }
        };
        listeners.add(look);
        look();
      }),
    type: (keys) => terminal.write(keys),
    interrupt: () => terminal.write('\u0003'),
    ended,
    raw: () => raw,
    text: () => plainText(raw),
  };
}

/** CSI and OSC sequences, and the two-character ones. */
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /\u001b(?:\[[0-9;?]*[A-Za-z]|\][^\u0007]*\u0007|[=>78])/g;

function plainText(raw: string): string {
  return raw.replace(SEQUENCES, '').replaceAll('\r', '');
}
