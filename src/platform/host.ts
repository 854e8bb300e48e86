/** The part of Node's global that the platform uses, as a type, so that tests can stand in for it. */

export type HostOutput = {
  readonly write: (text: string, done?: (error?: Error | null) => void) => boolean;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly on: (event: 'error', listener: (error: Error) => void) => unknown;
};

export type Host = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly pid: number;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: HostOutput & NodeJS.WritableStream;
  readonly stderr: HostOutput & NodeJS.WritableStream;
  readonly cwd: () => string;
  readonly exit: (code: number) => never;
  readonly on: (event: 'SIGINT' | 'SIGTERM', listener: () => void) => unknown;
  readonly off: (event: 'SIGINT' | 'SIGTERM', listener: () => void) => unknown;
};

/** One environment variable; an empty one counts as unset. */
export function readVariable(host: Pick<Host, 'env'>, name: string): string | undefined {
  const value = host.env[name];
  return value === undefined || value === '' ? undefined : value;
}
