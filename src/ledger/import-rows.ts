/** One exported line after the other into the tables. Rows come in groups, so that it is quick. */
import type { Clock } from '../domain/ports.ts';
import type { Database } from './database.ts';
import type { HotkeySample } from './fact-types.ts';
import type { ImportStep } from './import-steps.ts';
import { SAMPLE_TABLES } from './sample-tables.ts';
import type { Observation, StakeFlow } from './types.ts';

export type Line = { readonly kind: unknown } & Readonly<Record<string, unknown>>;

export type ImportRows = {
  /** False for a line of an unknown kind. TypeError, SyntaxError for one that cannot be. */
  readonly take: (line: Line) => boolean;
  /** Stores what is left. */
  readonly finish: () => ImportedRows;
};

export type ImportedRows = {
  /** Steps of the journal that were new. */
  readonly steps: number;
  /** Facts that differ from what this ledger knew: recorded as conflicts, the known value stands. */
  readonly conflicts: number;
};

type Draft = {
  readonly block: Observation['block'];
  readonly source: Observation['source'];
  readonly pools: Observation['pools'][number][];
  readonly positions: Observation['positions'][number][];
  readonly claimable: Observation['claimable'][number][];
  readonly hotkeys: HotkeySample[];
  readonly rootRates: NonNullable<Observation['rootRates']>[number][];
  readonly claimed: NonNullable<Observation['claimed']>[number][];
  readonly baskets: NonNullable<Observation['baskets']>[number][];
  readonly claims: NonNullable<Observation['claims']>[number][];
  readonly completeFor: string[];
};

/** Facts gathered before they are stored. */
const GROUP_FACTS = 5_000;

export function createImportRows(parts: {
  readonly database: Database;
  readonly clock: Clock;
  /** Stores observations and gives the number of conflicts. */
  readonly appendAll: (observations: readonly Observation[]) => number;
  readonly importStep: ImportStep;
}): ImportRows {
  const { database, appendAll, importStep } = parts;
  const blocks = new Map<string, Pick<Draft, 'block' | 'source'>>();
  const flows = new Map<string, StakeFlow[]>();
  let drafts = new Map<string, Draft>();
  let gathered = 0;
  let steps = 0;
  let conflicts = 0;
  const flush = (): void => {
    conflicts += appendAll([...drafts.values()]);
    drafts = new Map();
    gathered = 0;
  };
  const draftOf = (hash: unknown, source?: unknown): Draft => {
    const known = blocks.get(text(hash));
    if (known === undefined) throw new TypeError(`it is of the unknown block ${String(hash)}`);
    const name = `${text(hash)} ${source === undefined ? known.source : text(source)}`;
    if (gathered >= GROUP_FACTS) flush();
    gathered += 1;
    const draft = drafts.get(name) ?? emptyDraft(known, source);
    drafts.set(name, draft);
    return draft;
  };
  const insert = (sql: string, ...values: readonly (string | number)[]): void => {
    database.run(sql, ...values);
  };
  const takers: Readonly<Record<string, (line: Line) => void>> = {
    step: (line) => {
      steps += importStep(line);
    },
    block: (line) => {
      const block = {
        number: whole(line.number),
        hash: text(line.hash),
        timeMs: whole(line.timeMs),
      };
      blocks.set(block.hash, { block, source: sourceOf(line.source) });
      draftOf(block.hash);
    },
    sample: (line) => takeSample(draftOf(line.block, line.source), line),
    flow: (line) => {
      const key = `${text(line.block)} ${text(line.coldkey)}`;
      const list = flows.get(key) ?? [];
      flows.set(key, list);
      list.push(flowOf(line));
    },
    listing: (line) => {
      const draft = draftOf(line.block);
      const coldkey = text(line.coldkey);
      if (line.scope === 'positions') draft.completeFor.push(coldkey);
      else if (line.scope === 'flows') {
        const found = flows.get(`${draft.block.hash} ${coldkey}`) ?? [];
        const blockFlows = { coldkeys: [coldkey], flows: found };
        conflicts += appendAll([{ ...emptyDraft(draft, undefined), blockFlows }]);
      } else throw new TypeError(`its scope is unknown: ${String(line.scope)}`);
    },
    claim: (line) => {
      const paid = text(line.paid);
      if (paid !== 'swap' && paid !== 'keep' && paid !== 'basket') {
        throw new TypeError(`it pays in an unknown way: ${paid}`);
      }
      const amounts = { alphaRao: amount(line.alphaRao), taoRao: amount(line.taoRao) };
      draftOf(line.block).claims.push({ ...positionOf(line), kind: paid, ...amounts });
    },
    rejection: ({ block, atMs, reason }) =>
      insert(
        'INSERT OR IGNORE INTO block_rejections VALUES (?, ?, ?)',
        text(block),
        whole(atMs),
        text(reason),
      ),
    conflict: ({ atMs, block, source, fact, known, offered }) =>
      insert(
        'INSERT OR IGNORE INTO fact_conflicts VALUES (NULL, ?, ?, ?, ?, ?, ?)',
        whole(atMs),
        ...[block, source, fact, known, offered].map(text),
      ),
    followed: ({ coldkey, sinceBlock, atMs }) =>
      insert(
        `INSERT INTO followed_coldkeys VALUES (?, ?, ?)
         ON CONFLICT (coldkey) DO UPDATE SET since_block = min(since_block, excluded.since_block)`,
        text(coldkey),
        whole(sinceBlock),
        whole(atMs),
      ),
    gap: ({ coldkey, fromBlock, toBlock, reason, atMs }) =>
      insert(
        `INSERT OR IGNORE INTO sync_gaps SELECT ?1, ?2, ?3, ?4, ?5
         WHERE NOT EXISTS (SELECT 1 FROM sync_cursors WHERE name = 'history/' || ?1)`,
        text(coldkey),
        whole(fromBlock),
        whole(toBlock),
        text(reason),
        whole(atMs),
      ),
    // What this ledger knows to be whole of a coldkey is not replaced by what another one knew.
    cursor: ({ name, value, atMs }) =>
      insert(
        'INSERT OR IGNORE INTO sync_cursors VALUES (?, ?, ?)',
        text(name),
        JSON.stringify(JSON.parse(text(value))),
        whole(atMs),
      ),
  };
  return {
    take: (line) => {
      const taker = Object.hasOwn(takers, text(line.kind)) ? takers[text(line.kind)] : undefined;
      taker?.(line);
      return taker !== undefined;
    },
    finish: () => {
      flush();
      return { steps, conflicts };
    },
  };
}

function emptyDraft(known: Pick<Draft, 'block' | 'source'>, source: unknown): Draft {
  return {
    block: known.block,
    source: source === undefined ? known.source : sourceOf(source),
    pools: [],
    positions: [],
    claimable: [],
    hotkeys: [],
    rootRates: [],
    claimed: [],
    baskets: [],
    claims: [],
    completeFor: [],
  };
}

function takeSample(draft: Draft, line: Line): void {
  const table = SAMPLE_TABLES.find(({ name }) => name === line.of);
  const value = (index: number): bigint => amount(line[table?.columns[index]?.[0] ?? '']);
  switch (table?.name) {
    case 'pool_samples':
      draft.pools.push({
        netuid: whole(line.netuid),
        priceRaoPerAlpha: value(0),
        taoReserveRao: value(1),
        alphaInRao: value(2),
        alphaOutRao: value(3),
      });
      break;
    case 'position_samples':
      draft.positions.push({ ...positionOf(line), alphaRao: value(0) });
      break;
    case 'claimable_samples':
      draft.claimable.push({ ...positionOf(line), alphaRao: value(0) });
      break;
    case 'hotkey_samples':
      draft.hotkeys.push({
        hotkey: text(line.hotkey),
        netuid: whole(line.netuid),
        totalAlphaRao: value(0),
        totalShares: text(line.total_shares),
        takeU16: whole(line.take_u16),
        lastDividendRao: value(3),
        lastRootDividendRao: value(4),
      });
      break;
    case 'root_rate_samples':
      draft.rootRates.push({
        hotkey: text(line.hotkey),
        netuid: whole(line.netuid),
        rateBits: value(0),
      });
      break;
    case 'claimed_samples':
      draft.claimed.push({ ...positionOf(line), claimedRao: value(0) });
      break;
    case 'basket_samples': {
      const { coldkey, hotkey } = positionOf(line);
      draft.baskets.push({ coldkey, hotkey, owedRao: value(0), shares: value(1) });
      break;
    }
    default:
      throw new TypeError(`its sample is of an unknown kind: ${String(line.of)}`);
  }
}

function positionOf({ coldkey, hotkey, netuid }: Line) {
  return { coldkey: text(coldkey), hotkey: text(hotkey), netuid: whole(netuid) };
}

function flowOf(line: Line): StakeFlow {
  const { direction } = line;
  if (direction !== 'in' && direction !== 'out') throw new TypeError('its direction is unknown');
  const amounts = { alphaRao: amount(line.alphaRao), taoRao: amount(line.taoRao) };
  return { ...positionOf(line), direction, ...amounts };
}

function sourceOf(value: unknown): Observation['source'] {
  if (value === 'observed' || value === 'archive' || value === 'transaction') return value;
  throw new TypeError(`its source is unknown: ${String(value)}`);
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError('a text is missing');
}

function whole(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new TypeError('a whole number is missing');
}

function amount(value: unknown): bigint {
  if (typeof value === 'string' && /^\d{1,39}$/.test(value)) return BigInt(value);
  throw new TypeError('an amount is missing');
}
