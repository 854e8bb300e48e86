/** `tao rewards estimate`: the chain's state in, a range out. Never a bare percentage. */
import { readHotkeyOwner } from '../../chain/queries/read-limits.ts';
import { readProjectionInputs } from '../../chain/queries/read-projection-inputs.ts';
import { readSubnet } from '../../chain/queries/read-subnets.ts';
import type { BlockView } from '../../chain/types.ts';
import type { Context } from '../../cli/context.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { parseTao } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { type EstimateRequest, valueOfHeld } from '../../ledger/estimate/course.ts';
import { distributionOf } from '../../ledger/estimate/distribution.ts';
import { estimateRewards } from '../../ledger/estimate/estimate-rewards.ts';
import type { Estimate } from '../../ledger/estimate/estimate-types.ts';
import type { Volatility } from '../../ledger/estimate/volatility.ts';
import { hotkeyUnknown, requireSubnet } from '../../pipeline/plan-stake.ts';
import { readPosition } from '../../pipeline/position-input.ts';
import {
  readHeld,
  readRootAlternative,
  readVolatilities,
  tooLittleRecorded,
} from '../../pipeline/read-estimate-facts.ts';
import { readAccountArgument } from '../../pipeline/resolve-address.ts';
import { estimateData, type RandomRuns, renderEstimate } from './estimate.view.ts';
import { type RunsInput, readDays, readEstimateAmount, readRunsInput } from './estimate-input.ts';

export const rewardsEstimate: CommandBody = {
  run: async (context, raw) => {
    const days = readDays(raw);
    const runs = readRunsInput(raw);
    const asked = await readAsked(context, raw);
    const chain = await context.openChain();
    const view = await chain.at('best');
    const request = await readRequest(view, asked, days);
    const estimate = estimateRewards(request);
    const root = await estimateOnRoot(view, request);
    const randomRuns =
      runs === undefined
        ? undefined
        : await runAtRandom(context, { request, runs, genesisHash: chain.genesisHash });
    const told = { estimate, root, randomRuns, isHeld: request.heldRao !== undefined };
    return {
      data: { block: { number: view.number, hash: view.hash }, estimate: estimateData(told) },
      view: () => renderEstimate(told),
    };
  },
};

type Asked = {
  readonly netuid: number;
  readonly hotkey: string;
  /** What is staked anew, or the account that holds the position already. */
  readonly of: { readonly amountRao: bigint } | { readonly holder: string };
};

/** AMOUNT_*, ADDRESS_*, USAGE_CONFLICT, and what `readPosition` says of missing options. */
async function readAsked(context: Context, raw: RawInput): Promise<Asked> {
  const amount = readEstimateAmount(raw);
  const isHeld = amount?.kind === 'position';
  const wants = isHeld ? { amountUnit: 'TAO', amountText: '0' } : { amountUnit: 'TAO' };
  const { netuid, hotkey, amountText } = await readPosition(context, raw, wants);
  if (!isHeld) return { netuid, hotkey, of: { amountRao: parseTao(amountText).rao } };
  return { netuid, hotkey, of: { holder: (await readAccountArgument(context, raw)).address } };
}

/** SUBNET_UNKNOWN, HOTKEY_UNKNOWN, POSITION_EMPTY. */
async function readRequest(
  view: BlockView,
  { netuid, hotkey, of }: Asked,
  days: number,
): Promise<EstimateRequest> {
  const [subnet, owner] = await Promise.all([
    readSubnet(view, netuid),
    readHotkeyOwner(view, hotkey),
  ]);
  requireSubnet(subnet, netuid);
  if (owner === undefined) throw hotkeyUnknown(hotkey);
  const inputs = await readProjectionInputs(view, netuid, hotkey);
  if ('amountRao' in of) return { inputs, amountRao: of.amountRao, days };
  const heldRao = await readHeld(view, of.holder, { hotkey, netuid });
  return { inputs, amountRao: valueOfHeld(inputs, heldRao), days, heldRao };
}

/** What the same TAO would do on root; undefined where the stake is there already. */
async function estimateOnRoot(
  view: BlockView,
  { inputs, amountRao, days }: EstimateRequest,
): Promise<Estimate | undefined> {
  if (inputs.netuid === ROOT_NETUID) return undefined;
  const root = await readRootAlternative(view, inputs.hotkey);
  return estimateRewards({ inputs: root, amountRao, days });
}

/** LEDGER_TOO_LITTLE, INTERRUPTED. */
async function runAtRandom(
  context: Context,
  wanted: {
    readonly request: EstimateRequest;
    readonly runs: RunsInput;
    readonly genesisHash: string;
  },
): Promise<RandomRuns> {
  const { request, runs } = wanted;
  const { netuid, subnets } = request.inputs;
  const netuids =
    netuid === ROOT_NETUID
      ? subnets.map((subnet) => subnet.netuid).filter((each) => each !== ROOT_NETUID)
      : [netuid];
  const volatilities = await volatilitiesOf(context, { ...wanted, netuids });
  const volatility = volatilities.get(netuid) ?? [...volatilities.values()][0];
  if (volatility === undefined) throw tooLittleRecorded(netuid);
  const progress = context.streams.progress(`0 of ${runs.runs} runs`);
  try {
    const parts = await context.simulate(
      {
        estimate: request,
        variances: [...volatilities].map(([each, found]) => [each, found.variancePerBlock]),
        seed: runs.seed,
        first: 0,
        count: runs.runs,
      },
      (done) => progress.update(`${done} of ${runs.runs} runs`),
    );
    return { distribution: distributionOf(parts), seed: runs.seed, volatility };
  } finally {
    progress.stop();
  }
}

/** One for each subnet whose price matters; a given one goes for all. */
async function volatilitiesOf(
  context: Context,
  wanted: {
    readonly runs: RunsInput;
    readonly netuids: readonly number[];
    readonly genesisHash: string;
  },
): Promise<ReadonlyMap<number, Volatility>> {
  const { volatility } = wanted.runs;
  if (volatility !== undefined) {
    return new Map(wanted.netuids.map((netuid) => [netuid, volatility] as const));
  }
  const ledger = await context.openLedger(wanted.genesisHash);
  return readVolatilities(ledger, wanted.netuids);
}
