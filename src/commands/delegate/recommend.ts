/** `tao delegate recommend`: validators by what your stake would earn with each, with the reasons. */
import { readProjectionInputs } from '../../chain/queries/read-projection-inputs.ts';
import { readSubnet } from '../../chain/queries/read-subnets.ts';
import { readValidatorField } from '../../chain/queries/read-validators.ts';
import type { BlockView } from '../../chain/types.ts';
import { parseWholeOption } from '../../cli/option-groups.ts';
import type { CommandBody, View } from '../../cli/spec.ts';
import { formatRao, tao, taoJson } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { ProjectionInputs } from '../../domain/projection-inputs.ts';
import { formatTakePercent } from '../../domain/take.ts';
import type { ValidatorReason } from '../../domain/validator-reasons.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { Estimate } from '../../ledger/estimate/estimate-types.ts';
import { rankValidators } from '../../ledger/estimate/rank-validators.ts';
import { requireSubnet } from '../../pipeline/plan-stake.ts';
import { missingOptions } from '../../pipeline/position-input.ts';
import { alphaGainText, breakEvenText, gainData, taoGainText } from './estimate-figures.ts';
import { readAmountOption, readDaysOption, readNetuidOption } from './hypothesis.ts';
import { readPeers, reasonsOf, reasonText } from './peers.ts';
import { DEFAULT_RECOMMENDED, MAX_CANDIDATES } from './spec-limits.ts';
import { readOwnStakes, type ValidatorRow, validatorData } from './validator-rows.ts';

type Recommended = {
  readonly row: ValidatorRow;
  readonly reasons: readonly ValidatorReason[];
  readonly estimate: Estimate;
};

export const delegateRecommend: CommandBody = {
  run: async (context, raw) => {
    const days = readDaysOption(raw);
    const amountRao = readAmountOption(raw);
    const limit = parseWholeOption(raw, 'limit', MAX_CANDIDATES) ?? DEFAULT_RECOMMENDED;
    if (amountRao === undefined) throw missingOptions(['--amount']);
    const netuid = await readNetuidOption(context, raw);
    const chain = await context.openChain();
    const view = await chain.at('best');
    requireSubnet(await readSubnet(view, netuid), netuid);
    const field = await readValidatorField(view, netuid);
    const earning = field.validators.filter(({ seen }) => seen.gainRao > 0n);
    // Before a first payout everybody who may validate is a candidate.
    const allowed = field.validators.filter(({ hasPermit }) => hasPermit || netuid === ROOT_NETUID);
    const candidates = (earning.length > 0 ? earning : allowed).slice(0, MAX_CANDIDATES);
    if (candidates.length === 0) throw nobodyValidates(netuid);
    const hotkeys = candidates.map(({ hotkey }) => hotkey);
    const [inputs, rows, peers] = await Promise.all([
      readCandidates(view, netuid, hotkeys),
      readOwnStakes(view, netuid, candidates),
      readPeers(view, field),
    ]);
    const ranked = rankValidators({ candidates: inputs, amountRao, days }).slice(0, limit);
    const byHotkey = new Map(rows.map((row) => [row.hotkey, row]));
    const recommended = ranked.flatMap((estimate): readonly Recommended[] => {
      const row = byHotkey.get(estimate.hotkey);
      return row === undefined ? [] : [{ row, reasons: reasonsOf(row, peers), estimate }];
    });
    const assumptions = recommended[0]?.estimate.assumptions ?? [];
    return {
      data: {
        block: { number: view.number, hash: view.hash },
        netuid,
        days,
        amount: taoJson(tao(amountRao)),
        estimated: candidates.length,
        earning: earning.length,
        validators: recommended.map(({ row, reasons, estimate }, index) => ({
          rank: index + 1,
          ...validatorData(netuid, row),
          reasons,
          estimate: gainData(estimate),
        })),
        assumptions,
      },
      view: () => renderRecommended(recommended, { amountRao, days, netuid, assumptions }),
    };
  },
};

/** Inputs list everybody who was paid; of those who were not, each is read with its own. */
async function readCandidates(
  view: BlockView,
  netuid: number,
  hotkeys: readonly string[],
): Promise<readonly ProjectionInputs[]> {
  const [first] = hotkeys;
  if (first === undefined) return [];
  const inputs = await readProjectionInputs(view, netuid, first);
  const known = new Set(inputs.validators.map((validator) => validator.hotkey));
  return Promise.all(
    hotkeys.map((hotkey) =>
      known.has(hotkey) ? { ...inputs, hotkey } : readProjectionInputs(view, netuid, hotkey),
    ),
  );
}

function renderRecommended(
  recommended: readonly Recommended[],
  about: {
    readonly amountRao: bigint;
    readonly days: number;
    readonly netuid: number;
    readonly assumptions: readonly string[];
  },
): View {
  const { amountRao, days, netuid, assumptions } = about;
  return [
    {
      kind: 'table',
      columns: [
        { header: '#', align: 'right' },
        { header: 'Name' },
        { header: 'Hotkey', kind: 'address' },
        { header: 'Take (%)', align: 'right' },
        { header: 'Gain in stake' },
        { header: 'Gain once sold' },
        { header: 'Break-even' },
      ],
      rows: recommended.map(({ row, estimate }, index) => [
        `${index + 1}`,
        row.name,
        row.hotkey,
        formatTakePercent(row.takeU16),
        alphaGainText(estimate),
        taoGainText(estimate),
        breakEvenText(estimate),
      ]),
    },
    ...recommended.flatMap(({ row, reasons }, index) =>
      reasons.map((reason) =>
        hint(`${index + 1} ${row.name === '' ? row.hotkey : row.name}: ${reasonText(reason)}`),
      ),
    ),
    hint(
      `Estimates for ${formatRao(amountRao)} TAO over ${days} days on subnet ${netuid}, after take, entry and exit; by expected gain once sold. Ranges span the scenarios of tao rewards estimate.`,
    ),
    ...assumptions.map((text) => hint(`Assumes: ${text}`)),
  ];
}

const hint = (text: string) => ({ kind: 'hint', text }) as const;

function nobodyValidates(netuid: number): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't recommend a validator on subnet ${netuid}: nobody validates there.`,
    hint: 'Choose another subnet with tao subnet list.',
    data: { netuid },
  });
}
