/** `tao dev run`: serves the embedded chain on this machine until Ctrl-C. */
import { isIP } from 'node:net';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult, RawInput } from '../../cli/spec.ts';
import { MAX_FINALITY_LAG } from '../../devnode/node/finality.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { readPreset } from './read-preset.ts';

const DEFAULT_PORT = 9944;
const MAX_PORT = 65_535;
/** Slowest and fastest timed blocks. */
const BLOCK_TIME_SECONDS = { min: 0.01, max: 3600 } as const;

export const devRun: CommandBody = {
  run: async (context, raw) => {
    const port = readPort(raw);
    const blockTimeMs = readBlockTime(raw);
    const preset = readPreset(raw);
    const finalityLag = readFinalityLag(raw);
    const host = readHost(raw);
    const served = await context.serveDevChain({ port, host, blockTimeMs, finalityLag, preset });
    const result: CommandResult = {
      data: { url: served.url, genesisHash: served.genesisHash, block: served.block },
      view: () => [
        {
          kind: 'rows',
          rows: [
            ['URL', served.url],
            ['Block', served.block.number.toString()],
          ],
        },
        { kind: 'hint', text: 'Press Ctrl-C to stop.' },
      ],
    };
    await context.announce(result);
    await served.untilStopped(context.signal);
    return { ...result, isAnnounced: true };
  },
};

/** USAGE_INVALID. */
function readPort(raw: RawInput): number {
  const text = optionText(raw, 'port');
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  if (port >= 0 && port <= MAX_PORT) return port;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --port "${text}": it must be a whole number from 0 to ${MAX_PORT}.`,
    hint: 'Use --port 0 for a free one.',
    data: { option: 'port', value: text },
  });
}

/** Undefined: this machine alone. USAGE_INVALID. */
function readHost(raw: RawInput): string | undefined {
  const text = optionText(raw, 'host');
  if (text === undefined || isIP(text) !== 0) return text;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --host "${text}": it must be an IP address of this machine.`,
    hint: 'Leave it out to serve this machine alone.',
    data: { option: 'host', value: text },
  });
}

/** USAGE_INVALID. */
function readFinalityLag(raw: RawInput): number | undefined {
  const text = optionText(raw, 'finality-lag');
  if (text === undefined) return undefined;
  const blocks = /^\d{1,5}$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  if (blocks <= MAX_FINALITY_LAG) return blocks;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --finality-lag "${text}": it must be 0 to ${MAX_FINALITY_LAG} blocks.`,
    hint: 'Leave it out for finality at once.',
    data: { option: 'finality-lag', value: text },
  });
}

/** Undefined: a block per transaction. USAGE_INVALID. */
function readBlockTime(raw: RawInput): number | undefined {
  const text = optionText(raw, 'block-time');
  if (text === undefined) return undefined;
  const seconds = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (seconds >= BLOCK_TIME_SECONDS.min && seconds <= BLOCK_TIME_SECONDS.max) return seconds * 1000;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --block-time "${text}": it must be ${BLOCK_TIME_SECONDS.min} to ${BLOCK_TIME_SECONDS.max} seconds.`,
    hint: 'Leave it out for one block per transaction.',
    data: { option: 'block-time', value: text },
  });
}
