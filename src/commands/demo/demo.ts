/** `tao demo`: the main job from an empty folder to earnings, through the tool's own commands. */
import { join } from 'node:path';
import type { Context } from '../../cli/context.ts';
import type { CommandBody, CommandResult } from '../../cli/spec.ts';
import { displayRao, formatRao } from '../../domain/amount.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { devExamples } from '../dev-examples.ts';
import { compareWithEstimate, type DemoFigures, readFigures } from './figures.ts';

const NETUID = 8;
/** The first epoch has nothing to compare miners with; the second shows how validators earn. */
const WARM_UP_TEMPOS = 2;
const TEMPOS = 20;
/** 360 blocks of 12 seconds a tempo: twenty tempos are a day. */
const DAYS = 1;
const PASSWORD = 'only-for-the-demo';

type Step = { readonly title: string; readonly words: string };

export const demo: CommandBody = {
  run: async (context, raw) => {
    const scratch = await context.openScratchFolder();
    const keeps = raw.options.keep === true;
    try {
      const passwordFile = join(scratch.path, 'password.txt');
      await context.files.writeAtomic(passwordFile, new TextEncoder().encode(`${PASSWORD}\n`), {
        mode: 0o600,
        overwrite: false,
      });
      const play = createPlayer(context, {
        TAO_HOME: scratch.path,
        TAO_NETWORK: 'dev',
        TAO_WALLET: 'demo',
        TAO_PASSWORD_FILE: passwordFile,
      });
      const figures = await playAll(play);
      return demoResult(play.commands, figures, keeps ? scratch.path : null);
    } finally {
      if (!keeps) await scratch.remove();
    }
  },
};

type Player = {
  readonly commands: string[];
  /** The folder everything is in. */
  readonly home: string;
  /** Runs one command line and returns its data; the demo ends at the first that fails. */
  readonly run: (step: Step) => Promise<unknown>;
};

function createPlayer(context: Context, env: Readonly<Record<string, string>>): Player {
  const isText = context.mode.output === 'text';
  const say = (text: string) => {
    if (isText) context.streams.stderr.write(text);
  };
  const commands: string[] = [];
  say('A tour on the embedded chain. To repeat it by hand, first:\n');
  for (const [name, value] of Object.entries(env)) say(`  export ${name}=${value}\n`);
  return {
    commands,
    home: env.TAO_HOME ?? '',
    run: async ({ title, words }) => {
      context.signal.throwIfAborted();
      const command = `tao ${words}`;
      commands.push(command);
      say(`\n# ${title}\n$ ${command}\n`);
      const { exitCode, data } = await context.runCommand({
        argv: words.split(' '),
        env,
        prints: isText,
      });
      if (exitCode === 0) return data;
      throw new TaoError('DEMO_FAILED', {
        message: `The demo stopped: "${command}" ended with exit code ${exitCode}.`,
        hint: 'Run tao demo --keep to look at the folder it worked in.',
        data: { command, exitCode },
        exitCode,
      });
    },
  };
}

async function playAll(play: Player): Promise<DemoFigures> {
  const target = `--hotkey ${devExamples.validator} --netuid ${NETUID}`;
  await play.run({
    title: 'A wallet, in the official format. Its words go to a file, its coldkey gets a password.',
    words: `wallet create demo --no-hotkey --mnemonic-out ${play.home}/words.txt`,
  });
  await play.run({
    title: 'Some TAO. The embedded chain gives it away.',
    words: 'dev fund demo 1000',
  });
  await play.run({
    title: 'Who is there to stake with on subnet 8?',
    words: `delegate list --netuid ${NETUID}`,
  });
  await play.run({
    title: 'Two epochs first: an estimate rests on what validators were seen to earn.',
    words: `dev advance --tempos ${WARM_UP_TEMPOS}`,
  });
  const estimate = await play.run({
    title: 'What would 100 TAO earn in a day? A range, with its method.',
    words: `rewards estimate ${target} --amount 100 --days ${DAYS}`,
  });
  await play.run({
    title: 'The plan, before anything is signed.',
    words: `stake add ${target} --amount 100 --dry-run`,
  });
  await play.run({ title: 'Stake it.', words: `stake add ${target} --amount 100 --yes` });
  await play.run({
    title: 'And 50 TAO on root, one to one.',
    words: `stake add --hotkey ${devExamples.validator} --netuid 0 --amount 50 --yes`,
  });
  await play.run({ title: 'The positions.', words: 'stake list' });
  await play.run({
    title: `A day passes: ${TEMPOS} tempos.`,
    words: `dev advance --tempos ${TEMPOS}`,
  });
  const shown = await play.run({
    title: 'What the chain paid, after the take.',
    words: 'rewards show',
  });
  const figures = readFigures({ estimate, shown, netuid: NETUID });
  const half = formatRao(figures.stakeRao / 2n);
  await play.run({
    title: 'Take half of it out again.',
    words: `unstake ${target} --amount ${half} --yes`,
  });
  await play.run({ title: 'What is left, and where.', words: 'wallet balance' });
  await play.run({ title: 'Every transaction, as the journal has it.', words: 'tx list' });
  return figures;
}

function demoResult(
  commands: readonly string[],
  figures: DemoFigures,
  folder: string | null,
): CommandResult {
  const comparison = compareWithEstimate(figures);
  return {
    data: {
      commands,
      estimate: figures.estimate,
      earned: {
        netuid: NETUID,
        rao: figures.earnedRao.toString(),
        alpha: formatRao(figures.earnedRao),
      },
      isWithinRange: comparison.isWithinRange,
      folder,
    },
    view: () => [
      { kind: 'line', text: '' },
      {
        kind: 'receipt',
        verb: 'Done',
        subject: `${commands.length} commands on the embedded chain`,
        details: [
          ['Earned', `${displayRao(figures.earnedRao, 9)} alpha after the take`],
          ['Estimated', comparison.text],
          ...(folder === null ? [] : [['Folder', folder] as const]),
        ],
      },
    ],
  };
}
