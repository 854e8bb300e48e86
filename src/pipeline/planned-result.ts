/**
 * The result of a run that left before the chain: the plan as data and as rows, the same rows the
 * consent screen shows, and the file it left with.
 */
import type { CommandResult, ViewPart } from '../cli/spec.ts';
import { tao, taoJson } from '../domain/amount.ts';
import type { TxRecord } from '../ledger/types.ts';
import { artifactData, expiryText, type WrittenArtifact } from './offline/artifact-file.ts';
import type { EarlyExit } from './perform.ts';
import type { Left } from './transact.ts';
import { receiptRows, transactionData } from './tx-result.ts';

export function plannedResult(left: Left): CommandResult {
  if (!('plan' in left)) return heldResult(left.exit.record);
  const { plan, feeRao, carrierFeeRao, rows, exit } = left;
  const data = {
    isDryRun: exit.kind === 'dry-run',
    plan: {
      command: plan.command,
      summary: plan.summary,
      call: `${plan.call.pallet}.${plan.call.name}`,
      fee: taoJson(tao(feeRao)),
      carrierFee: carrierFeeRao === undefined ? null : taoJson(tao(carrierFeeRao)),
      ...plan.data,
    },
  };
  const result = exitResult(exit);
  // Before a signature the gate has shown them.
  const unseen = exit.kind === 'signed' ? [] : [...plan.warnings, ...left.warnings];
  return {
    data: { ...data, ...result.data },
    warnings: [...unseen, ...result.warnings],
    view: () => [{ kind: 'rows', rows: [...rows, ...result.rows] }, ...result.after],
  };
}

type ExitResult = {
  readonly data: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
  readonly rows: readonly (readonly [string, string])[];
  readonly after: readonly ViewPart[];
};

function exitResult(exit: EarlyExit): ExitResult {
  if (exit.kind === 'dry-run') {
    const { refusal } = exit;
    return {
      data: {},
      warnings:
        refusal === undefined ? [] : [`The spending policy would stop it. ${refusal.message}`],
      rows: [],
      after: [hint('Nothing was signed or sent. Leave out --dry-run to do it.')],
    };
  }
  const { file } = exit;
  const common = { warnings: [], rows: fileRows(file) };
  if (exit.kind === 'unsigned') {
    const next = `Nothing is signed. tao tx sign ${file.path} --out FILE signs it, with or without network.`;
    return { ...common, data: { file: artifactData(file) }, after: [hint(next)] };
  }
  const { record } = exit;
  return {
    ...common,
    rows: [...common.rows, ...receiptRows(record)],
    data: { file: artifactData(file), transaction: transactionData(record) },
    after: [hint(`Signed, and not sent. tao tx submit ${file.path} sends it.`)],
  };
}

function fileRows({ path, artifact }: WrittenArtifact): readonly (readonly [string, string])[] {
  return [
    ['File', path],
    ['Nonce', `${artifact.nonce}`],
    ['Expires', expiryText(artifact)],
    ['Metadata', artifact.metadata?.hash ?? 'none in the file'],
  ];
}

/** A request id that was signed into a file before: it is reported, not signed again and not sent. */
function heldResult(record: TxRecord): CommandResult {
  return {
    data: { isDryRun: false, transaction: transactionData(record), isRepeat: true },
    warnings: ['This request id was signed into a file before; nothing was signed or sent now.'],
    view: () => [
      { kind: 'rows', rows: [['What', record.summary], ...receiptRows(record)] },
      hint(`tao tx submit with that file sends it; so does tao tx resume ${record.id}.`),
    ],
  };
}

function hint(text: string): ViewPart {
  return { kind: 'hint', text };
}
