/** `tao delegate list`: validators at one block, sorted and filtered. */
import { readDelegate, readDelegates } from '../../chain/queries/read-delegates.ts';
import { readSubnet } from '../../chain/queries/read-subnets.ts';
import { readValidatorField } from '../../chain/queries/read-validators.ts';
import type { BlockView } from '../../chain/types.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, View } from '../../cli/spec.ts';
import { displayRao, formatRao } from '../../domain/amount.ts';
import { parseNetuid, ROOT_NETUID } from '../../domain/netuid.ts';
import { formatTakePercent } from '../../domain/take.ts';
import { requireSubnet } from '../../pipeline/plan-stake.ts';
import { type ListChoices, readListChoices, selectValidators } from './list-choices.ts';
import {
  readOwnStakes,
  trustPercent,
  type ValidatorRow,
  validatorData,
  yieldMethod,
  yieldText,
} from './validator-rows.ts';

type Listed = ValidatorRow & {
  readonly permits: readonly number[];
  readonly nominators: number | undefined;
};

export const delegateList: CommandBody = {
  run: async (context, raw) => {
    const choices = readListChoices(raw);
    const netuidText = optionText(raw, 'netuid');
    const netuid = netuidText === undefined ? ROOT_NETUID : parseNetuid(netuidText);
    const chain = await context.openChain();
    const view = await chain.at('best');
    requireSubnet(await readSubnet(view, netuid), netuid);
    const [field, delegates] = await Promise.all([
      readValidatorField(view, netuid),
      readDelegates(view),
    ]);
    const rows = await readOwnStakes(view, netuid, field.validators);
    const chosen = selectValidators(rows, choices);
    const permits = new Map(delegates.map((each) => [each.hotkey, each.validatorPermits]));
    const counts = await countNominators(view, chosen.shown, choices);
    const listed: readonly Listed[] = chosen.shown.map((row) => ({
      ...row,
      permits: permits.get(row.hotkey) ?? (row.hasPermit ? [netuid] : []),
      nominators: counts.get(row.hotkey),
    }));
    return {
      data: {
        block: { number: view.number, hash: view.hash },
        netuid,
        total: chosen.matching,
        delegates: listed.map((row) => ({
          ...validatorData(netuid, row),
          permits: row.permits,
          nominators: row.nominators ?? null,
        })),
      },
      view: (style) =>
        renderDelegates(listed, { netuid, matching: chosen.matching, choices, style }),
    };
  },
};

/** One call a validator, since the chain lists nominators one validator at a time. */
async function countNominators(
  view: BlockView,
  rows: readonly ValidatorRow[],
  { countsNominators }: ListChoices,
): Promise<ReadonlyMap<string, number | undefined>> {
  if (!countsNominators) return new Map();
  const found = await Promise.all(rows.map(({ hotkey }) => readDelegate(view, hotkey)));
  return new Map(rows.map(({ hotkey }, index) => [hotkey, found[index]?.nominators]));
}

function renderDelegates(
  rows: readonly Listed[],
  about: {
    readonly netuid: number;
    readonly matching: number;
    readonly choices: ListChoices;
    readonly style: { readonly isTerminal: boolean };
  },
): View {
  const { netuid, matching, choices, style } = about;
  if (rows.length === 0) {
    return [{ kind: 'hint', text: 'No validator there. tao subnet list shows the subnets.' }];
  }
  const unit = netuid === ROOT_NETUID ? 'TAO on root' : `alpha of ${netuid}`;
  const amount = (rao: bigint) => (style.isTerminal ? displayRao(rao, 3) : formatRao(rao));
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Name', isKey: true },
        { header: 'Hotkey', kind: 'address', isKey: true },
        { header: 'Take (%)', align: 'right' },
        { header: `Stake (${unit})`, align: 'right' },
        { header: 'Own', align: 'right' },
        { header: 'Trust (%)', align: 'right' },
        { header: 'Net APR (%)', align: 'right' },
        ...(choices.countsNominators ? [{ header: 'Nominators', align: 'right' } as const] : []),
        { header: 'Validates' },
      ],
      rows: rows.map((row) => [
        row.name,
        row.hotkey,
        formatTakePercent(row.takeU16),
        amount(row.stakeRao),
        amount(row.ownStakeRao),
        trustPercent(row) ?? '',
        yieldText(row.seen),
        ...(choices.countsNominators ? [row.nominators?.toString() ?? ''] : []),
        row.permits.join(' '),
      ]),
    },
    { kind: 'hint', text: `Net APR: ${yieldMethod(netuid)}; seen, not promised, not compounded.` },
    ...(matching > rows.length
      ? ([{ kind: 'hint', text: `${rows.length} of ${matching}; --limit 0 shows all.` }] as const)
      : []),
  ];
}
