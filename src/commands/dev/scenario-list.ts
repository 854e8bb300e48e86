/** `tao dev scenario list`: what can be rehearsed. */
import type { CommandBody } from '../../cli/spec.ts';
import { scenarios } from '../../devnode/scenarios/catalogue.ts';

export const devScenarioList: CommandBody = {
  run: async () => ({
    data: {
      scenarios: scenarios.map(({ name, summary, expect, epochs, observations }) => ({
        name,
        summary,
        expect,
        epochs,
        observations: observations.length,
      })),
    },
    view: () => [
      {
        kind: 'table',
        columns: [
          { header: 'Name' },
          { header: 'Epochs', align: 'right' },
          { header: 'What happens' },
        ],
        rows: scenarios.map(({ name, epochs, summary }) => [name, epochs.toString(), summary]),
      },
      { kind: 'hint', text: `Run one with: tao dev scenario run ${scenarios[0]?.name ?? ''}` },
    ],
  }),
};
