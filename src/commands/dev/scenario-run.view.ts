/** The report of a scenario as data and as text. Pure. */
import type { Text, View, ViewStyle } from '../../cli/spec.ts';
import type { Judged } from '../../devnode/scenarios/judge-observations.ts';
import { unitOf } from '../../devnode/scenarios/record-figures.ts';
import type { ScenarioReport } from '../../devnode/scenarios/run-scenario.ts';
import { EPOCH_BLOCKS, type Scenario } from '../../devnode/scenarios/scenario.ts';
import { formatRao } from '../../domain/amount.ts';

const EXACT_DECIMALS = 9;
const SHOWN_DIGITS = 6;

/** JSON-safe: every figure is a decimal string. */
export function reportData(report: ScenarioReport): unknown {
  const { scenario, seed, preset, blocks, passed, happened, phases } = report;
  return {
    scenario,
    seed,
    preset,
    blocks,
    passed,
    happened,
    phases,
    figures: report.means.map(({ figure, means }) => ({
      name: figure,
      unit: unitOf(figure),
      means: means.map(exact),
    })),
    observations: report.observations.map(({ text, left, is, right, passed: held }) => ({
      text,
      left: exact(left),
      is,
      right: exact(right),
      passed: held,
    })),
    epochs: report.epochs.map((figures, index) => ({
      epoch: index + 1,
      block: (index + 1) * EPOCH_BLOCKS,
      figures: Object.fromEntries(
        Object.entries(figures).map(([name, value]) => [
          name,
          typeof value === 'bigint' ? formatRao(value) : exact(value),
        ]),
      ),
    })),
  };
}

/** On a terminal all of it; in a pipe the figures, then the observations, a record a line. */
export function renderReport(
  report: ScenarioReport,
  scenario: Scenario,
  { isTerminal }: ViewStyle,
): View {
  const { phases, means, observations, happened } = report;
  const number = isTerminal ? shown : exact;
  const figures: View = [
    {
      kind: 'table',
      columns: [
        { header: 'Figure' },
        ...phases.map(({ name, from, to }) => ({
          header: `${name} (${from}–${to})`,
          align: 'right' as const,
        })),
        { header: 'Unit' },
      ],
      rows: means.map((row) => [row.figure, ...row.means.map(number), unitOf(row.figure)]),
    },
    {
      kind: 'table',
      columns: [{ header: 'Result' }, { header: 'Observation' }, { header: 'Measured' }],
      rows: observations.map((one) => [resultText(one), one.text, comparison(one, number)]),
    },
  ];
  if (!isTerminal) return figures;
  return [
    {
      kind: 'rows',
      rows: [
        ['Scenario', `${scenario.name}: ${scenario.summary}`],
        ['Expected', scenario.expect],
        ['Chain', `${report.preset}, ${report.blocks} blocks, in memory`],
        ...happened.map(({ block, text }): [string, string] => [`Block ${block}`, text]),
      ],
    },
    ...figures,
    { kind: 'line', text: verdict(report) },
  ];
}

function resultText({ passed }: Judged): Text {
  return passed ? { text: 'PASS', tone: 'good' } : { text: 'FAIL', tone: 'bad' };
}

function comparison(
  { left, is, right, within }: Judged,
  number: (value: number) => string,
): string {
  const range = is === 'about' && within !== undefined ? ` ± ${exact(within * 100)} %` : '';
  return `${number(left)} ${is} ${number(right)}${range}`;
}

function verdict({ passed, observations }: ScenarioReport): Text {
  const held = observations.filter((one) => one.passed).length;
  const text = `${held} of ${observations.length} observations held.`;
  return { text, tone: passed ? 'good' : 'bad' };
}

function exact(value: number): string {
  return value.toFixed(EXACT_DECIMALS).replace(/\.?0+$/, '');
}

function shown(value: number): string {
  const whole = Math.abs(value) >= 1 ? Math.trunc(Math.abs(value)).toString().length : 1;
  return value.toFixed(Math.max(0, SHOWN_DIGITS - whole));
}
