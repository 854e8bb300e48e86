/** `tao delegate compare`: validators of one subnet side by side, after take. */
import { readProjectionInputs } from '../../chain/queries/read-projection-inputs.ts';
import { readSubnet } from '../../chain/queries/read-subnets.ts';
import { readValidatorField } from '../../chain/queries/read-validators.ts';
import type { BlockView } from '../../chain/types.ts';
import type { CommandBody, View } from '../../cli/spec.ts';
import { shortAddress } from '../../domain/address.ts';
import { displayRao, formatRao } from '../../domain/amount.ts';
import { formatTakePercent } from '../../domain/take.ts';
import type { ValidatorReason } from '../../domain/validator-reasons.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { estimateRewards } from '../../ledger/estimate/estimate-rewards.ts';
import type { Estimate } from '../../ledger/estimate/estimate-types.ts';
import { hotkeyUnknown, requireSubnet } from '../../pipeline/plan-stake.ts';
import { alphaGainText, breakEvenText, gainData, taoGainText } from './estimate-figures.ts';
import {
  readAmountOption,
  readDaysOption,
  readNetuidOption,
  readValidatorArguments,
} from './hypothesis.ts';
import { readPeers, reasonsOf, reasonText } from './peers.ts';
import { MAX_COMPARED } from './spec-limits.ts';
import {
  readOwnStakes,
  trustPercent,
  type ValidatorRow,
  validatorData,
  yieldMethod,
  yieldText,
} from './validator-rows.ts';

type Compared = {
  readonly row: ValidatorRow;
  readonly reasons: readonly ValidatorReason[];
  readonly estimate: Estimate | undefined;
};

export const delegateCompare: CommandBody = {
  run: async (context, raw) => {
    const amountRao = readAmountOption(raw);
    const days = readDaysOption(raw);
    const hotkeys = await readValidatorArguments(context, raw);
    if (hotkeys.length < 2 || hotkeys.length > MAX_COMPARED) throw wrongNumber(hotkeys.length);
    const netuid = await readNetuidOption(context, raw);
    const chain = await context.openChain();
    const view = await chain.at('best');
    requireSubnet(await readSubnet(view, netuid), netuid);
    const field = await readValidatorField(view, netuid, hotkeys);
    const rows = await readOwnStakes(
      view,
      netuid,
      hotkeys.map((hotkey) => {
        const found = field.validators.find((each) => each.hotkey === hotkey);
        if (found === undefined) throw hotkeyUnknown(hotkey);
        return found;
      }),
    );
    const [peers, estimates] = await Promise.all([
      readPeers(view, field),
      amountRao === undefined ? [] : estimateEach(view, { netuid, hotkeys, amountRao, days }),
    ]);
    const compared = rows.map((row, index) => ({
      row,
      reasons: reasonsOf(row, peers),
      estimate: estimates[index],
    }));
    return {
      data: {
        block: { number: view.number, hash: view.hash },
        netuid,
        validators: compared.map(({ row, reasons, estimate }) => ({
          ...validatorData(netuid, row),
          reasons,
          estimate: estimate === undefined ? null : gainData(estimate),
        })),
        assumptions: compared[0]?.estimate?.assumptions ?? [],
      },
      view: (style) => renderComparison(netuid, compared, style.isTerminal),
    };
  },
};

/** Each from inputs of its own: a validator that earned nothing is not in those of another. */
async function estimateEach(
  view: BlockView,
  stake: {
    readonly netuid: number;
    readonly hotkeys: readonly string[];
    readonly amountRao: bigint;
    readonly days: number;
  },
): Promise<readonly Estimate[]> {
  const { netuid, hotkeys, amountRao, days } = stake;
  const inputs = await Promise.all(
    hotkeys.map((hotkey) => readProjectionInputs(view, netuid, hotkey)),
  );
  return inputs.map((each) => estimateRewards({ inputs: each, amountRao, days }));
}

function renderComparison(
  netuid: number,
  compared: readonly Compared[],
  isTerminal: boolean,
): View {
  const amount = (rao: bigint) => (isTerminal ? displayRao(rao) : formatRao(rao));
  const line = (label: string, of: (each: Compared) => string) => [label, ...compared.map(of)];
  const estimated = (label: string, of: (estimate: Estimate) => string) =>
    compared.every(({ estimate }) => estimate === undefined)
      ? []
      : [line(label, ({ estimate }) => (estimate === undefined ? '' : of(estimate)))];
  return [
    {
      kind: 'table',
      columns: [
        { header: `Subnet ${netuid}` },
        ...compared.map(({ row }) => ({ header: headingOf(row) })),
      ],
      rows: [
        line('Hotkey', ({ row }) => (isTerminal ? shortAddress(row.hotkey) : row.hotkey)),
        line('Take (%)', ({ row }) => formatTakePercent(row.takeU16)),
        line('Net APR seen (%)', ({ row }) => yieldText(row.seen)),
        line('Validator trust (%)', ({ row }) => trustPercent(row) ?? ''),
        line('Permit', ({ row }) => (row.hasPermit ? 'yes' : 'no')),
        line('Stake', ({ row }) => amount(row.stakeRao)),
        line("Owner's own", ({ row }) => amount(row.ownStakeRao)),
        line('Newest weights (block)', ({ row }) => row.lastUpdateBlock?.toString() ?? ''),
        ...estimated('Estimated gain, stake', alphaGainText),
        ...estimated('Estimated gain, sold', taoGainText),
        ...estimated('Break-even', breakEvenText),
      ],
    },
    ...compared.flatMap(({ row, reasons }) =>
      reasons
        .filter(({ isWarning }) => isWarning)
        .map((reason) => hint(`${headingOf(row)}: ${reasonText(reason)}`)),
    ),
    hint(`Net APR seen: ${yieldMethod(netuid)}, not compounded; not a promise.`),
    ...(compared[0]?.estimate?.assumptions ?? []).map((text) => hint(`Assumes: ${text}`)),
  ];
}

const hint = (text: string) => ({ kind: 'hint', text }) as const;

function headingOf({ name, hotkey }: ValidatorRow): string {
  return name === '' ? shortAddress(hotkey) : name;
}

function wrongNumber(count: number): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't compare ${count === 1 ? 'one validator' : `${count} validators`}: it takes 2 to ${MAX_COMPARED} different ones.`,
    hint: 'Name their hotkeys; tao delegate list shows them.',
    data: { count },
  });
}
