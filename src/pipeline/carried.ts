/** A transaction that goes sealed inside another one has two fees: its own and its carrier's. */
import { displayRao, tao, taoJson } from '../domain/amount.ts';
import type { Ledger, TxRecord } from '../ledger/types.ts';

/** A record, and with `--shield` that of the transaction it travelled in. */
export type CarriedRecord = TxRecord & { readonly carrier?: TxRecord };

/** In rao; undefined: not charged, or not known yet. */
export type Fees = {
  readonly ownRao?: bigint | undefined;
  readonly carrierRao?: bigint | undefined;
};

/** The command of a carrier's record. */
export const CARRIER_COMMAND = 'shield.carrier';

/** The id of what a carrier carries; undefined for every other record. */
export function carriedId({ command, intent }: TxRecord): string | undefined {
  const { carries } = intent;
  return command === CARRIER_COMMAND && typeof carries === 'string' ? carries : undefined;
}

/** Adds the carrier where there is one. */
export function withCarrier<T extends TxRecord>(
  ledger: Pick<Ledger, 'journal'>,
  record: T,
): T & CarriedRecord {
  if (record.isShielded !== true) return record;
  const carrier = ledger.journal.findCarrier(record.id);
  return carrier === undefined ? record : { ...record, carrier };
}

export function feesOf({ outcome, carrier }: CarriedRecord): Fees {
  return { ownRao: outcome?.feeRao, carrierRao: carrier?.outcome?.feeRao };
}

/** The same rows in a plan and in a receipt; what is not known has none. */
export function feeRows(fees: Fees): readonly (readonly [label: string, value: string])[] {
  const { ownRao, carrierRao } = fees;
  const row = (label: string, rao: bigint | undefined) =>
    rao === undefined ? [] : [[label, `${displayRao(rao, 9, 'up')} TAO`] as const];
  const isBoth = ownRao !== undefined && carrierRao !== undefined;
  return [
    ...row('Fee', ownRao),
    ...row('Carrier fee', carrierRao),
    ...row('Fees in all', isBoth ? ownRao + carrierRao : undefined),
  ];
}

/** `carrier` and `totalFee` of a transaction's data; null where there is none. */
export function carrierData(record: CarriedRecord): Readonly<Record<string, unknown>> {
  const { ownRao, carrierRao } = feesOf(record);
  const { carrier } = record;
  const isKnown = ownRao !== undefined || carrierRao !== undefined;
  return {
    carrier:
      carrier === undefined
        ? null
        : {
            id: carrier.id,
            state: carrier.state,
            hash: carrier.signed?.hash ?? null,
            fee: carrierRao === undefined ? null : taoJson(tao(carrierRao)),
          },
    totalFee: isKnown ? taoJson(tao((ownRao ?? 0n) + (carrierRao ?? 0n))) : null,
  };
}
