/** What is followed, how far it was read, and what could not be read. */
import type { Clock } from '../domain/ports.ts';
import type { Database } from './database.ts';
import type { FollowedColdkey, SyncGap, SyncStore } from './sync-types.ts';

export function createSyncStore(parts: {
  readonly database: Database;
  readonly clock: Clock;
  readonly write: <T>(body: () => T) => T;
}): SyncStore {
  const { database, clock, write } = parts;
  return {
    follow: (coldkey, sinceBlock) =>
      write(() => {
        database.run(
          `INSERT INTO followed_coldkeys VALUES (?, ?, ?)
           ON CONFLICT (coldkey) DO UPDATE
           SET since_block = min(since_block, excluded.since_block)`,
          coldkey,
          sinceBlock,
          clock.nowMs(),
        );
        return readFollowed(database).find((one) => one.coldkey === coldkey) as FollowedColdkey;
      }),
    unfollow: (coldkey) =>
      write(() => database.run('DELETE FROM followed_coldkeys WHERE coldkey = ?', coldkey) === 1),
    followed: () => readFollowed(database),
    readCursor: (name) => {
      const [row] = database.rows('SELECT value FROM sync_cursors WHERE name = ?', name);
      return row === undefined ? undefined : JSON.parse(row[0] as string);
    },
    writeCursor: (name, value) =>
      write(() => {
        if (value === undefined) {
          database.run('DELETE FROM sync_cursors WHERE name = ?', name);
          return;
        }
        database.run(
          `INSERT INTO sync_cursors VALUES (?, ?, ?)
           ON CONFLICT (name) DO UPDATE SET value = excluded.value, at_ms = excluded.at_ms`,
          name,
          JSON.stringify(value),
          clock.nowMs(),
        );
      }),
    recordGap: (gap) => write(() => insertGap(database, clock.nowMs(), gap)),
    fillGaps: (coldkey, { from, to }) =>
      write(() => {
        for (const gap of readGaps(database, coldkey)) {
          if (gap.toBlock < from || gap.fromBlock > to) continue;
          database.run(
            'DELETE FROM sync_gaps WHERE coldkey = ? AND from_block = ? AND to_block = ?',
            coldkey,
            gap.fromBlock,
            gap.toBlock,
          );
          const left = { ...gap, toBlock: from - 1 };
          const right = { ...gap, fromBlock: to + 1 };
          for (const rest of [left, right]) {
            if (rest.fromBlock <= rest.toBlock) insertGap(database, clock.nowMs(), rest);
          }
        }
      }),
    gaps: (coldkey) => readGaps(database, coldkey),
  };
}

function insertGap(database: Database, atMs: number, gap: SyncGap): void {
  const { coldkey, fromBlock, toBlock, reason } = gap;
  const insert = 'INSERT OR IGNORE INTO sync_gaps VALUES (?, ?, ?, ?, ?)';
  database.run(insert, coldkey, fromBlock, toBlock, reason, atMs);
}

function readGaps(database: Database, coldkey?: string): readonly SyncGap[] {
  const rows = database.rows(
    `SELECT coldkey, from_block, to_block, reason FROM sync_gaps
     WHERE ?1 IS NULL OR coldkey = ?1 ORDER BY coldkey, from_block`,
    coldkey ?? null,
  );
  return rows.map(([key, fromBlock, toBlock, reason]) => {
    return { coldkey: key, fromBlock, toBlock, reason } as SyncGap;
  });
}

function readFollowed(database: Database): readonly FollowedColdkey[] {
  const rows = database.rows(
    'SELECT coldkey, since_block, at_ms FROM followed_coldkeys ORDER BY coldkey',
  );
  return rows.map(([coldkey, sinceBlock, followedAtMs]) => {
    return { coldkey, sinceBlock, followedAtMs } as FollowedColdkey;
  });
}
