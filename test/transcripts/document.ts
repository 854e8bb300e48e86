/** A played operation as a Markdown document: what was typed, what was seen, the exit code. Pure. */
import type { Operation } from './operation.ts';
import type { Played, Seen } from './play.ts';

/** Columns of a typed line before it goes on in the next one. */
const TYPED_WIDTH = 80;
/** Entries of a list in JSON that are shown. */
const SHOWN_ENTRIES = 2;
const HASH = /0x[0-9a-f]{64}/g;

export function writeDocument(operation: Operation, played: readonly Played[]): string {
  const plan = planOf(played);
  const text = [
    `# ${operation.title}`,
    operation.about,
    ...setting(operation),
    ...played.filter(({ scene }) => !scene.isMistake).map((one) => section(one, plan)),
    '## Mistakes',
    'They are found before anything is signed, and said on stderr.',
    ...played.filter(({ scene }) => scene.isMistake).map(mistake),
  ].join('\n\n');
  return withStableHashes(`${text}\n`);
}

function setting({ wallet, before = [] }: Operation): readonly string[] {
  const where = `\`TAO_NETWORK=dev\` and \`TAO_WALLET=${wallet}\``;
  const begin = `Every scene begins from the same embedded chain, with ${where}.`;
  if (before.length === 0) return [begin];
  return [`${begin} What was done on it before:`, fence('console', before.flatMap(typedLines))];
}

/** The rows of the plan, which --dry-run prints as its result. */
function planOf(played: readonly Played[]): string {
  return played.find(({ scene }) => scene.line.endsWith('--dry-run'))?.seen[0]?.stdout ?? '';
}

function section({ scene, seen }: Played, plan: string): string {
  const isDryRun = scene.line.endsWith('--dry-run');
  const parts = seen.flatMap((one, at) => [
    at === 0 ? (scene.says ?? '') : (scene.after?.[at - 1]?.says ?? ''),
    ...(scene.on === 'terminal' ? onTerminal : inPipe)(isDryRun ? one : withoutPlan(one, plan)),
    `Exit code ${one.exitCode}.`,
  ]);
  return [`## ${scene.heading}`, ...parts].filter((part) => part !== '').join('\n\n');
}

/** The plan is the same in every scene: it is shown once. */
function withoutPlan(seen: Seen, plan: string): Seen {
  const short = (text: string) => (plan === '' ? text : text.replace(plan, '  … the plan\n'));
  return { ...seen, screen: short(seen.screen), stderr: short(seen.stderr) };
}

function mistake({ scene, seen }: Played): string {
  const [one] = seen;
  if (one === undefined || one.exitCode < 2 || one.stdout !== '') {
    throw new Error(`No mistake, or one that is not on stderr: ${scene.line}`);
  }
  const lines = [...typedLines(one.line), ...linesOf(one.stderr)];
  return [`### ${scene.heading}`, fence('console', lines), `Exit code ${one.exitCode}.`].join(
    '\n\n',
  );
}

function onTerminal({ line, screen }: Seen): readonly string[] {
  return [fence('console', [...typedLines(line), ...linesOf(screen)])];
}

function inPipe({ line, stdout, stderr }: Seen): readonly string[] {
  const result = line.endsWith('--json') ? shortJson(stdout) : linesOf(stdout).map(visibleTabs);
  return [
    fence('console', typedLines(line)),
    ...stream('stderr', linesOf(stderr)),
    ...stream('stdout', result),
  ];
}

function stream(name: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [`Nothing on ${name}.`];
  return [`On ${name}:`, fence('text', lines)];
}

function fence(kind: string, lines: readonly string[]): string {
  return [`\`\`\`${kind}`, ...lines, '```'].join('\n');
}

function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  return text.replace(/\n$/, '').split('\n');
}

function visibleTabs(line: string): string {
  return line.replaceAll('\t', ' → ');
}

function typedLines(line: string): readonly string[] {
  const lines: string[] = [];
  let current = '$ tao';
  // An option and its value stay together.
  for (const part of line.match(/--\S+(?: (?!-)\S+)?|\S+/g) ?? []) {
    if (current.length + 1 + part.length > TYPED_WIDTH - 2) {
      lines.push(`${current} \\`);
      current = `    ${part}`;
    } else current = `${current} ${part}`;
  }
  return [...lines, current];
}

function shortJson(text: string): readonly string[] {
  const short = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const left = value.length - SHOWN_ENTRIES;
      const shown = value.slice(0, SHOWN_ENTRIES).map(short);
      return left > 0 ? [...shown, `… ${left} more`] : shown;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, short(one)]));
  };
  return linesOf(JSON.stringify(short(JSON.parse(text)), undefined, 2));
}

/** Signatures are random: hashes are numbered in the order in which they are seen. */
function withStableHashes(text: string): string {
  const numbers = new Map<string, number>();
  return text.replace(HASH, (hash) => {
    const number = numbers.get(hash) ?? numbers.size + 1;
    numbers.set(hash, number);
    return `0x${number.toString(16).padStart(4, '0').repeat(16)}`;
  });
}
