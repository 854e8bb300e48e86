/**
 * Explains what the coldkeys hold in the end by the journal alone: free TAO to the rao, stake by
 * its flows and by how a position grew that nobody touched.
 */
import { readAccounts } from '../../src/chain/queries/read-accounts.ts';
import { readStakes } from '../../src/chain/queries/read-stakes.ts';
import type { TxRecord } from '../../src/ledger/types.ts';
import type { World } from './world.ts';

/** Rao of rounding per block in which a position changed: pools and this replay divide. */
const ROUNDING_RAO = 20n;

export type Standing = {
  readonly blockNumber: number;
  readonly freeRao: ReadonlyMap<string, bigint>;
};

export async function readStanding(world: World, coldkeys: readonly string[]): Promise<Standing> {
  const view = await world.chain.at('best');
  const facts = await readAccounts(view, coldkeys);
  return {
    blockNumber: view.number,
    freeRao: new Map(coldkeys.map((coldkey, index) => [coldkey, facts[index]?.freeRao ?? 0n])),
  };
}

/** What the journal does not explain; empty when it explains everything. */
export async function explain(
  world: World,
  records: readonly TxRecord[],
  before: Standing,
): Promise<readonly string[]> {
  const included = records
    .filter(({ outcome }) => outcome?.blockNumber !== undefined)
    .sort((a, b) => blockOf(a) - blockOf(b));
  const coldkeys = [...before.freeRao.keys()];
  const after = await readStanding(world, coldkeys);
  const balances = coldkeys.flatMap((coldkey) => {
    const moved = included
      .filter((record) => blockOf(record) > before.blockNumber)
      .reduce((sum, record) => sum + freeChange(record, coldkey), 0n);
    const off = (after.freeRao.get(coldkey) ?? 0n) - (before.freeRao.get(coldkey) ?? 0n) - moved;
    return off === 0n ? [] : [`${coldkey}: ${off} rao of TAO are not explained`];
  });
  return [...balances, ...(await explainStakes(world, included, coldkeys))];
}

function blockOf({ outcome }: TxRecord): number {
  return outcome?.blockNumber ?? 0;
}

type Recorded = {
  readonly pallet: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
};

/** How the free TAO of a coldkey changed by a transaction, rao. */
function freeChange({ outcome }: TxRecord, coldkey: string): bigint {
  let change = 0n;
  for (const { pallet, name, fields } of (outcome?.events ?? []) as readonly Recorded[]) {
    if (pallet !== 'Balances') continue;
    const amountRao = BigInt(fields.amount ?? 0);
    const isOwn = fields.who === coldkey;
    if ((name === 'Transfer' && fields.to === coldkey) || (name === 'Deposit' && isOwn)) {
      change += amountRao;
    }
    if ((name === 'Transfer' && fields.from === coldkey) || (name === 'Withdraw' && isOwn)) {
      change -= amountRao;
    }
  }
  return change;
}

async function explainStakes(
  world: World,
  included: readonly TxRecord[],
  coldkeys: readonly string[],
): Promise<readonly string[]> {
  const view = await world.chain.at('best');
  const [held, untouched] = await Promise.all([
    readStakes(view, coldkeys),
    readStakes(view, [world.witness]),
  ]);
  return held.flatMap(({ coldkey, hotkey, netuid, alphaRao }) => {
    const isIt = (one: { readonly hotkey: string; readonly netuid: number }): boolean =>
      one.hotkey === hotkey && one.netuid === netuid;
    let expected = 0n;
    let growth = 1n;
    let changes = 1n;
    const growTo = (next: bigint): void => {
      expected = (expected * next) / growth;
      growth = next;
      changes += 1n;
    };
    for (const { outcome } of included) {
      const flows = (outcome?.flows ?? []).filter((flow) => flow.coldkey === coldkey && isIt(flow));
      if (flows.length === 0) continue;
      growTo(world.witnessed.get(outcome?.blockNumber ?? 0)?.find(isIt)?.alphaRao ?? 0n);
      for (const flow of flows) {
        expected += flow.direction === 'in' ? flow.alphaRao : -flow.alphaRao;
      }
    }
    growTo(untouched.find(isIt)?.alphaRao ?? 0n);
    const off = alphaRao > expected ? alphaRao - expected : expected - alphaRao;
    if (off <= changes * ROUNDING_RAO) return [];
    return [`${coldkey} at ${hotkey} on ${netuid}: ${alphaRao} rao held, ${expected} explained`];
  });
}
