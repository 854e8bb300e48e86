/** The result of --dry-run: the plan as data and as rows, the same rows the consent screen shows. */
import type { CommandResult } from '../cli/spec.ts';
import { tao, taoJson } from '../domain/amount.ts';
import type { Transacted } from './transact.ts';

export function plannedResult(planned: Extract<Transacted, { kind: 'planned' }>): CommandResult {
  const { plan, feeRao, rows } = planned;
  return {
    data: {
      isDryRun: true,
      plan: {
        command: plan.command,
        summary: plan.summary,
        call: `${plan.call.pallet}.${plan.call.name}`,
        fee: taoJson(tao(feeRao)),
        ...plan.data,
      },
    },
    warnings: plan.warnings,
    view: () => [
      { kind: 'rows', rows },
      { kind: 'hint', text: 'Nothing was signed or sent. Leave out --dry-run to do it.' },
    ],
  };
}
