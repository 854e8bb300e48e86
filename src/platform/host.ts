/** The part of Node's global that the platform uses, as a type, so that tests can stand in for it. */

export type HostOutput = {
  readonly write: (text: string, done?: (error?: Error | null) => void) => boolean;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly on: (event: 'error', listener: (error: Error) => void) => unknown;
};

export type HostEvent = 'SIGINT' | 'SIGTERM' | 'uncaughtException' | 'unhandledRejection';

export type Host = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly pid: number;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: HostOutput & NodeJS.WritableStream;
  readonly stderr: HostOutput & NodeJS.WritableStream;
  readonly cwd: () => string;
  readonly exit: (code: number) => never;
  readonly on: (event: HostEvent, listener: (cause: unknown) => void) => unknown;
  readonly off: (event: HostEvent, listener: (cause: unknown) => void) => unknown;
};

/** One environment variable; an empty one counts as unset. */
export function readVariable(host: Pick<Host, 'env'>, name: string): string | undefined {
  const value = host.env[name];
  return value === undefined || value === '' ? undefined : value;
}

/** Whether this is a build server. `CI=false` and `CI=0` say it is not. */
export function isCi(env: (name: string) => string | undefined): boolean {
  return !/^(?:|false|0)$/i.test(env('CI') ?? '');
}
