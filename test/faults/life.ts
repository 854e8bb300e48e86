/**
 * The life of a run inside this process, as if it were a process of its own: it may end at any use
 * of the outside world. From then on nothing of it reaches the world any more.
 */

export type Life = {
  readonly isDead: () => boolean;
  /** Resolves when it dies; never when it does not. */
  readonly died: Promise<'died'>;
  readonly die: () => void;
  /** One use of the world: counts it, and dies before or after it when its time has come. */
  readonly use: <T>(work: () => T) => T;
  /** From now on so many uses are left. */
  readonly endAfter: (uses: number) => void;
  readonly uses: () => number;
};

/** Thrown at whoever asks something synchronous of a dead run. */
export class DeathError extends Error {
  constructor() {
    super('This run is dead.');
  }
}

const never = new Promise<never>(() => undefined);

export function createLife(onDeath: () => void): Life {
  let isDead = false;
  let used = 0;
  let left = Number.POSITIVE_INFINITY;
  let announce: (how: 'died') => void = () => undefined;
  const died = new Promise<'died'>((resolve) => {
    announce = resolve;
  });
  const die = (): void => {
    if (isDead) return;
    isDead = true;
    onDeath();
    announce('died');
  };
  return {
    isDead: () => isDead,
    died,
    die,
    uses: () => used,
    endAfter: (uses) => {
      left = uses;
    },
    use: (work) => {
      if (isDead) throw new DeathError();
      used += 1;
      left -= 0.5;
      if (left < 0) {
        die();
        throw new DeathError();
      }
      const result = work();
      left -= 0.5;
      if (left >= 0) return result;
      die();
      if (result instanceof Promise) {
        result.catch(() => undefined);
        return result;
      }
      throw new DeathError();
    },
  };
}

/** Functions of an object that the dead can no longer call; what they wait for never comes. */
export function mortal<T extends object>(life: Life, real: T): T {
  return Object.fromEntries(
    Object.entries(real).map(([name, member]) => [
      name,
      typeof member !== 'function'
        ? member
        : (...args: unknown[]) => {
            let result: unknown;
            try {
              result = life.use(() => member(...args));
            } catch (error) {
              if (error instanceof DeathError && isAsync(name)) return never;
              throw error;
            }
            return result instanceof Promise ? unlessDead(life, result) : result;
          },
    ]),
  ) as T;
}

/** Methods of the ports and of locks that promise; a dead run waits for them for ever. */
const asyncNames = new Set([
  ...['sleep', 'stat', 'read', 'writeAtomic', 'makeDirectory', 'list', 'remove'],
  ...['acquire', 'release'],
]);

function isAsync(name: string): boolean {
  return asyncNames.has(name);
}

function unlessDead<T>(life: Life, result: Promise<T>): Promise<T> {
  return result.then(
    (value) => (life.isDead() ? never : value),
    (error: unknown) => {
      if (life.isDead()) return never;
      throw error;
    },
  );
}
