/** How `tao wallet check` looks: one record a key; on a terminal the findings in full below. Pure. */
import type { View, ViewPart, ViewStyle } from '../../cli/spec.ts';

export type CheckedKey = {
  readonly key: string;
  readonly path: string;
  readonly address: string | null;
  readonly secret: string;
  readonly encryption: string;
  readonly mode: string | null;
  readonly proof: string;
  readonly findings: readonly {
    readonly severity: 'error' | 'warning';
    readonly code: string;
    readonly message: string;
  }[];
};

export type WalletCheck = {
  readonly keys: readonly CheckedKey[];
  readonly errors: number;
  readonly warnings: number;
  readonly repaired: readonly string[];
};

export function viewCheck(check: WalletCheck, style: ViewStyle): View {
  const { keys, errors, repaired } = check;
  if (keys.length === 0) {
    return [{ kind: 'hint', text: 'No wallet here. tao wallet create makes one.' }];
  }
  const table: ViewPart = {
    kind: 'table',
    columns: [
      { header: 'Key' },
      { header: 'Address', kind: 'address' },
      { header: 'Secret' },
      { header: 'Encryption' },
      { header: 'Mode' },
      { header: 'Proof' },
      { header: 'Findings' },
    ],
    rows: keys.map(({ key, address, secret, encryption, mode, proof, findings }) => [
      key,
      address ?? '',
      secret,
      encryption,
      mode ?? '',
      proof,
      findings.map(({ code }) => code).join(','),
    ]),
  };
  if (!style.isTerminal) return [table];
  return [
    table,
    ...findingLines(check),
    ...repaired.map((path): ViewPart => ({ kind: 'line', text: `Written again: ${path}` })),
    errors === 0
      ? { kind: 'line', text: { text: 'No errors found.', tone: 'good' } }
      : { kind: 'line', text: { text: `Errors found: ${errors}.`, tone: 'bad' } },
    ...openingHint(check),
  ];
}

function findingLines({ keys }: WalletCheck): readonly ViewPart[] {
  return keys.flatMap(({ key, findings }) =>
    findings.map(({ severity, message }): ViewPart => {
      const tone = severity === 'error' ? 'bad' : 'warn';
      return { kind: 'line', text: { text: `${severity}: ${key}: ${message}`, tone } };
    }),
  );
}

function openingHint({ keys }: WalletCheck): readonly ViewPart[] {
  if (!keys.some(({ proof }) => proof === 'not-opened')) return [];
  const text = 'Encrypted keys were not opened; add --unlock to prove that they fit their address.';
  return [{ kind: 'hint', text }];
}
