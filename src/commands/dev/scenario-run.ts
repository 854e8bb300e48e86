/** `tao dev scenario run`: rehearses a scenario in memory and reports what could be observed. */
import { parseWholeOption } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { findScenario } from '../../devnode/scenarios/catalogue.ts';
import { runScenario } from '../../devnode/scenarios/run-scenario.ts';
import { renderReport, reportData } from './scenario-run.view.ts';
import { DEFAULT_SCENARIO_SEED, MAX_SCENARIO_SEED } from './specs-scenario.ts';

export const devScenarioRun: CommandBody = {
  run: async (context, raw) => {
    const scenario = findScenario(raw.arguments.name?.[0] ?? '');
    const seed = parseWholeOption(raw, 'seed', MAX_SCENARIO_SEED) ?? DEFAULT_SCENARIO_SEED;
    const progress = context.streams.progress(`Running ${scenario.name}`);
    try {
      const report = await runScenario(scenario, {
        seed,
        onEpoch: async (passed) => {
          progress.update(`Running ${scenario.name}: epoch ${passed} of ${scenario.epochs}`);
          // Lets a Ctrl-C through between two epochs.
          await context.clock.sleep(0, context.signal);
        },
      });
      return {
        data: reportData(report),
        view: (style) => renderReport(report, scenario, style),
        exitCode: report.passed ? 0 : 1,
      };
    } finally {
      progress.stop();
    }
  },
};
