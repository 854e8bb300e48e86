/** Plans a claim of root dividends: pure. Says what is owed, what is due, and whether claiming pays. */
import type { AutomaticClaims, ClaimRules, ClaimType } from '../chain/queries/read-claims.ts';
import type { Text } from '../cli/spec.ts';
import { alpha, alphaJson, displayRao, formatRao, tao, taoJson } from '../domain/amount.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { TxPlan } from './plan.ts';
import { validatorLabel } from './plan-rows.ts';

/** Chain rule: one claim names 1 to 5 subnets. Pinned by plan-claim.test.ts on the dev chain. */
export const MAX_CLAIMED_SUBNETS = 5;

export type ClaimRequest = {
  /** `all`: those that bring the most, as many as one claim takes. */
  readonly netuids: readonly number[] | 'all';
  /** Under the rules of baskets: the one validator whose fund is claimed. */
  readonly hotkey: string | undefined;
};

/** What is owed on one root position: alpha of one subnet, or shares of the validator's fund. */
export type ClaimRow = {
  readonly hotkey: string;
  readonly name: string;
  /** Undefined: a fund of all subnets. */
  readonly netuid: number | undefined;
  /** Rao of alpha; of a fund, its shares. */
  readonly owedRao: bigint;
  /** In the unit of `owedRao`; of a fund, rao of TAO. */
  readonly thresholdRao: bigint;
  readonly isDue: boolean;
  /**
   * What it brings, rao of TAO: by a simulated sale of all that is due on the subnet, or at spot
   * where the alpha is kept. Undefined: the pool gives nothing for it.
   */
  readonly worthRao: bigint | undefined;
};

export type ClaimPlanFacts = {
  readonly rules: ClaimRules;
  /** Undefined where there is no choice. */
  readonly type: ClaimType | undefined;
  readonly rows: readonly ClaimRow[];
  readonly automatic: AutomaticClaims | undefined;
  /** Whether the runtime can claim the fund of one validator alone. */
  readonly claimsOneHotkey: boolean;
};

export type ChosenClaim = {
  readonly call: TxPlan['call'];
  /** What the call pays out. */
  readonly rows: readonly ClaimRow[];
  /** Subnets with something due that this call leaves for another one. */
  readonly leftNetuids: readonly number[];
};

/** The call and what it pays. CLAIM_NOTHING_DUE, CHAIN_LACKS_CALL, USAGE_CONFLICT, USAGE_INVALID. */
export function chooseClaim(request: ClaimRequest, facts: ClaimPlanFacts): ChosenClaim {
  if (facts.rules === 'none') throw lacksClaims();
  return facts.rules === 'baskets' ? chooseBaskets(request, facts) : chooseSubnets(request, facts);
}

function chooseSubnets(request: ClaimRequest, facts: ClaimPlanFacts): ChosenClaim {
  if (request.hotkey !== undefined) throw cannotChooseHotkey();
  requireClaimable(request);
  const due = facts.rows.filter(
    (row) => row.isDue && (request.netuids === 'all' || isNamed(request.netuids, row)),
  );
  if (due.length === 0) throw nothingDue(facts);
  const ranked = rankNetuids(due);
  const netuids = ranked.slice(0, MAX_CLAIMED_SUBNETS).sort((a, b) => a - b);
  return {
    call: claimCall('claim_root', { subnets: netuids }),
    rows: due.filter((row) => isNamed(netuids, row)),
    leftNetuids: ranked.slice(MAX_CLAIMED_SUBNETS).sort((a, b) => a - b),
  };
}

/** Chain rule: the subnets of the call are ignored, and every fund of the coldkey is paid. */
function chooseBaskets(request: ClaimRequest, facts: ClaimPlanFacts): ChosenClaim {
  const { hotkey } = request;
  if (request.netuids !== 'all') throw cannotChooseSubnets();
  if (hotkey !== undefined && !facts.claimsOneHotkey) throw cannotChooseHotkey();
  const rows = facts.rows.filter(
    (row) => row.isDue && (hotkey === undefined || row.hotkey === hotkey),
  );
  if (rows.length === 0) throw nothingDue(facts);
  const call =
    hotkey === undefined
      ? claimCall('claim_root', { subnets: [0] })
      : claimCall('claim_root_with_hotkey', { hotkey });
  return { call, rows, leftNetuids: [] };
}

function claimCall(name: string, args: Readonly<Record<string, unknown>>): TxPlan['call'] {
  return { pallet: 'SubtensorModule', name, args };
}

function isNamed(netuids: readonly number[], { netuid }: ClaimRow): boolean {
  return netuid !== undefined && netuids.includes(netuid);
}

/** Those that bring the most first. */
function rankNetuids(due: readonly ClaimRow[]): readonly number[] {
  const worth = new Map<number, bigint>();
  for (const { netuid = 0, worthRao = 0n } of due) {
    worth.set(netuid, (worth.get(netuid) ?? 0n) + worthRao);
  }
  return [...worth]
    .sort(([a, first], [b, second]) => (first === second ? a - b : first > second ? -1 : 1))
    .map(([netuid]) => netuid);
}

/** `feeRao`: what the chain asks for `chosen.call`. */
export function planClaim(
  chosen: ChosenClaim,
  facts: Pick<ClaimPlanFacts, 'type' | 'automatic'>,
  feeRao: bigint,
): TxPlan {
  const worthRao = totalWorth(chosen.rows);
  const pays = worthRao > feeRao;
  const netuids = [...new Set(chosen.rows.flatMap(({ netuid }) => netuid ?? []))];
  const keeps = facts.type !== undefined && facts.type.kind !== 'swap';
  return {
    command: 'rewards.claim',
    summary: `Claim root dividends worth about ${displayRao(worthRao)} TAO`,
    question: `Claim about ${displayRao(worthRao)} TAO?`,
    call: chosen.call,
    rows: [
      ...chosen.rows.flatMap(claimRows),
      ['Paid as', paidAs(facts.type)],
      ['Worth', { text: `about ${displayRao(worthRao)} TAO`, tone: 'strong' }],
      [
        'Pays',
        pays ? 'yes: it is worth more than the fee' : 'no: the fee is more than it is worth',
      ],
    ],
    warnings: [
      ...(pays ? [] : ['This claim costs more in fees than it is worth now.']),
      ...(keeps ? [] : ['The chain sells the alpha at any price: a claim has no price limit.']),
      ...leftWarning(chosen.leftNetuids),
      ...automaticWarning(facts.automatic),
    ],
    spendRao: 0n,
    touches: { netuids: [0, ...netuids], hotkeys: chosen.rows.map(({ hotkey }) => hotkey) },
    data: {
      claims: chosen.rows.map(claimRowData),
      paidAs: facts.type?.kind ?? null,
      worth: taoJson(tao(worthRao)),
      pays,
      leftNetuids: chosen.leftNetuids,
    },
  };
}

export function totalWorth(rows: readonly ClaimRow[]): bigint {
  return rows.reduce((sum, { worthRao }) => sum + (worthRao ?? 0n), 0n);
}

/** One owed dividend for machines. */
export function claimRowData(row: ClaimRow): Readonly<Record<string, unknown>> {
  const { netuid, owedRao, thresholdRao } = row;
  const isFund = netuid === undefined;
  return {
    hotkey: row.hotkey,
    validator: row.name,
    netuid: netuid ?? null,
    owed: isFund ? null : alphaJson(alpha(netuid, owedRao)),
    shares: isFund ? owedRao.toString() : null,
    threshold: isFund ? taoJson(tao(thresholdRao)) : alphaJson(alpha(netuid, thresholdRao)),
    isDue: row.isDue,
    worth: row.worthRao === undefined ? null : taoJson(tao(row.worthRao)),
  };
}

function claimRows(row: ClaimRow): readonly (readonly [string, Text])[] {
  const { hotkey, name, netuid, owedRao, thresholdRao, worthRao } = row;
  const what =
    netuid === undefined ? 'the fund' : `${formatRao(owedRao)} alpha of subnet ${netuid}`;
  const worth = worthRao === undefined ? '' : `, about ${displayRao(worthRao)} TAO`;
  return [
    ['Claim', `${what}${worth}`],
    ['  With', validatorLabel(hotkey, name)],
    ['  Due from', `${formatRao(thresholdRao)}${netuid === undefined ? '' : ' alpha'} on`],
  ];
}

/** How the chain pays a claim, in words. */
export function paidAs(type: ClaimType | undefined): string {
  if (type === undefined || type.kind === 'swap') {
    return 'root stake: the alpha is sold, without pool fee';
  }
  if (type.kind === 'keep') return 'alpha stake on each subnet';
  const subnets = `subnet${type.netuids.length === 1 ? '' : 's'} ${type.netuids.join(', ')}`;
  return `alpha stake on ${subnets}; root stake for the others`;
}

function leftWarning(netuids: readonly number[]): readonly string[] {
  if (netuids.length === 0) return [];
  return [`One claim takes ${MAX_CLAIMED_SUBNETS} subnets; claim again for ${netuids.join(', ')}.`];
}

function automaticWarning(automatic: AutomaticClaims | undefined): readonly string[] {
  if (automatic?.isMember !== true || automatic.perBlock === 0) return [];
  const blocks = Math.ceil(automatic.members / automatic.perBlock);
  return [
    `The chain also claims for this account by lot, about every ${blocks} blocks, and free of fees.`,
  ];
}

function nothingDue({ rows }: ClaimPlanFacts): TaoError {
  return new TaoError('CLAIM_NOTHING_DUE', {
    message: "Couldn't claim: no root dividend has reached its threshold.",
    hint: 'Run tao rewards claim --dry-run later to see what is owed.',
    data: { claims: rows.map(claimRowData) },
  });
}

function lacksClaims(): TaoError {
  return new TaoError('CHAIN_LACKS_CALL', {
    message: "Couldn't claim: this runtime has no root dividends that we know how to claim.",
    hint: 'Update taostake, or use a node whose runtime has claim_root.',
    data: { call: 'SubtensorModule.claim_root' },
  });
}

function cannotChooseHotkey(): TaoError {
  return new TaoError('CHAIN_LACKS_CALL', {
    message: "Couldn't claim from one validator: this runtime claims from all of them at once.",
    hint: 'Leave out --hotkey.',
    data: { call: 'SubtensorModule.claim_root_with_hotkey' },
  });
}

function cannotChooseSubnets(): TaoError {
  return new TaoError('USAGE_CONFLICT', {
    message: "Couldn't claim single subnets: on this runtime a validator's fund is paid whole.",
    hint: 'Leave out --netuid.',
  });
}

/** USAGE_INVALID for more subnets than one claim takes: known without the chain. */
export function requireClaimable({ netuids }: Pick<ClaimRequest, 'netuids'>): void {
  if (netuids === 'all' || netuids.length <= MAX_CLAIMED_SUBNETS) return;
  throw tooManySubnets(netuids.length);
}

function tooManySubnets(count: number): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't claim ${count} subnets at once: the chain takes ${MAX_CLAIMED_SUBNETS}.`,
    hint: `Name at most ${MAX_CLAIMED_SUBNETS} with --netuid, or none for the most valuable ones.`,
    data: { option: 'netuid', count },
  });
}
