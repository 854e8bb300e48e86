/** `tao rewards watch`: a line for everything that is paid, claimed or moved, as it happens. */
import { parseWholeOption } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult } from '../../cli/spec.ts';
import { shortAddress } from '../../domain/address.ts';
import { alpha, alphaJson, displayRao, formatRao, tao, taoJson } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { isoTime } from '../../domain/time.ts';
import { clockWarnings } from '../../ledger/clock-warnings.ts';
import { readSyncAccounts } from '../../pipeline/sync-accounts.ts';
import { networkWarnings } from '../../pipeline/sync-identity.ts';
import { type RewardEvent, watchRewards } from '../../pipeline/sync-watch.ts';
import { DEFAULT_POLL_SECONDS, MAX_BLOCK, MAX_POLL_SECONDS } from './specs-sync.ts';

export const rewardsWatch: CommandBody = {
  run: async (context, raw) => {
    const untilBlock = parseWholeOption(raw, 'until-block', MAX_BLOCK);
    const everySeconds = parseWholeOption(raw, 'every', MAX_POLL_SECONDS) ?? DEFAULT_POLL_SECONDS;
    const chain = await context.openChain();
    const ledger = await context.openLedger(chain.genesisHash);
    const notes = await networkWarnings(context, chain);
    const accounts = await readSyncAccounts(context, raw, ledger);
    const { stdout } = context.streams;
    const isJson = context.mode.output === 'json';
    const write = (event: RewardEvent): void => {
      if (isJson) stdout.write(`${JSON.stringify(eventData(event))}\n`);
      else if (event.kind !== 'cursor') stdout.write(`${eventLine(event, stdout.isTerminal)}\n`);
    };
    for (const text of [...notes, ...clockWarnings(ledger, context.clock.nowMs())]) {
      write({ kind: 'note', text });
    }
    const lastBlock = await watchRewards({
      chain,
      ledger,
      clock: context.clock,
      signal: context.signal,
      coldkeys: accounts.map(({ address }) => address),
      until: untilBlock ?? (raw.options.once === true ? 'head' : undefined),
      pollMs: Math.max(1, everySeconds) * 1_000,
      onEvent: (event) => {
        write(event);
        return Promise.resolve();
      },
    });
    const result: CommandResult = { data: { lastBlock }, view: () => [] };
    return { ...result, isAnnounced: true };
  },
};

/** One JSON line. */
function eventData(event: RewardEvent) {
  if (event.kind === 'cursor') {
    return { event: 'cursor', block: event.block.number, hash: event.block.hash };
  }
  if (event.kind === 'note') return { event: 'note', text: event.text };
  if (event.kind === 'gap') {
    const { coldkey, fromBlock, toBlock } = event;
    return { event: 'gap', address: coldkey, fromBlock, toBlock };
  }
  const { kind, block, coldkey, hotkey, netuid, alphaRao, taoRao } = event;
  return {
    event: kind,
    block: block.number,
    hash: block.hash,
    time: block.timeMs === undefined ? null : isoTime(block.timeMs),
    address: coldkey,
    hotkey,
    netuid,
    amount: alphaJson(alpha(netuid, alphaRao)),
    value: taoRao === undefined ? null : taoJson(tao(taoRao)),
  };
}

const WORDS = {
  reward: 'Earned',
  'stake-in': 'Added',
  'stake-out': 'Removed',
  claim: 'Claimed',
  loss: 'Lost',
} as const;

/** One line for people; in a pipe whole addresses and amounts, tab-separated. */
function eventLine(event: Exclude<RewardEvent, { kind: 'cursor' }>, isTerminal: boolean): string {
  const join = (...parts: readonly string[]) => parts.join(isTerminal ? '  ' : '\t');
  if (event.kind === 'note') return join('Note', event.text);
  if (event.kind === 'gap') {
    const { fromBlock, toBlock } = event;
    return join('Gap', `blocks ${fromBlock} to ${toBlock} can no longer be read from this node`);
  }
  const { kind, block, hotkey, netuid, alphaRao, taoRao } = event;
  const show = isTerminal ? displayRao : formatRao;
  const unit = netuid === ROOT_NETUID ? 'TAO' : 'alpha';
  return join(
    block.timeMs === undefined ? '' : isoTime(block.timeMs),
    `${block.number}`,
    WORDS[kind],
    `${show(alphaRao)} ${unit}`,
    taoRao === undefined ? '' : `${show(taoRao)} TAO`,
    `subnet ${netuid}`,
    isTerminal ? shortAddress(hotkey) : hotkey,
  );
}
