/** docs/output-contract.md from the specs. Pure. */
import { EXIT_CODES } from '../src/cli/exit-codes.ts';
import { usageLine } from '../src/cli/render-help.ts';
import type { CommandSpec, FieldSpec } from '../src/cli/spec.ts';
import { markdownTable } from './markdown-table.ts';

const EFFECTS = {
  reads: 'Reads only.',
  'writes-local': 'Changes files on this machine; submits nothing.',
  'moves-funds': 'Moves funds: plan, consent, signature, submission.',
} as const;

const INTRODUCTION = `# Output contract

Generated from the command specs by \`npm run generate\`.

**stdout is the result and nothing else.** Plans, questions, progress, warnings, hints and errors as text go to stderr;
\`--quiet\` and \`--verbose\` change stderr only. With \`--json\` an error is a document on stdout, like a result.

| | terminal | pipe or file | \`--json\` |
| --- | --- | --- | --- |
| table | headed and aligned; addresses shortened when it is too wide | one tab-separated record a line, no header, nothing shortened | list in \`data\` |
| rows | aligned label and value | label, tab, value | fields of \`data\` |
| receipt | \`✓ Verb  subject\` and aligned details | the same, without colour | fields of \`data\` |
| single value | the value alone on its line | the same | field of \`data\` |
| hint | stderr | not printed | not printed |
| warning | stderr | stderr | \`warnings\` |
| error | stderr | stderr | \`error\`, on stdout |

Control characters in texts from the chain are shown as \`\\ufffd\`; in JSON they are escaped, so the value is complete.
A closed pipe ends output quietly. A result that cannot be written (full disk) ends with \`OUTPUT_NOT_WRITABLE\`.

## The document

One document a run, on one line in a pipe and indented on a terminal:

\`\`\`
{"schema": "stake.add/1", "ok": true,  "data": {…},  "warnings": ["…"], "meta": {…}}
{"schema": "stake.add/1", "ok": false, "error": {…}, "warnings": [],    "meta": {…}}
\`\`\`

* \`schema\` is name and major version. Within a major, fields are only added. A command line that names no command has \`tao/1\`.
* \`meta\` has \`version\` of the tool, \`command\`, and \`network\` once the command has connected to one. No times: the same
  state gives the same document.
* \`error\` has \`code\` (see errors.md), \`message\`, \`details\` (lines), \`hint\` (text or null), \`retry\`, \`exitCode\` and \`data\`.
* Amounts are never numbers. TAO is \`{"rao": "2500000000", "tao": "2.5"}\`; alpha is
  \`{"netuid": 8, "rao": "…", "alpha": "…"}\`: base units and exact decimal, both texts.

## Leaving early

A command that moves funds has another \`data\` when it is told to stop before the chain:

* \`--dry-run\`: \`isDryRun\` true, and \`plan\` with command, summary, call, fee and the plan's own figures.
* \`--unsigned-out FILE\`: \`isDryRun\` false, \`plan\`, and \`file\` with path, kind, from, nonce, genesisHash, specVersion, expiresAt,
  expiresAtBlock, metadata (hash, signedHash) and hash (null).
* \`--signed-out FILE\`: the same with the hash of the signed transaction, and \`transaction\`, whose state is \`signed\`.

## Exit codes
`;

export function outputContract(specs: readonly CommandSpec[]): string {
  return `${[
    INTRODUCTION,
    ...markdownTable(
      ['Exit', 'Meaning'],
      EXIT_CODES.map(([code, meaning]) => [`${code}`, meaning]),
    ),
    '',
    '## Commands',
    '',
    ...specs.flatMap(commandSection),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function commandSection(spec: CommandSpec): readonly string[] {
  return [
    `### ${spec.path.join(' ')}`,
    '',
    `\`${usageLine(spec)}\``,
    '',
    `${spec.summary}. ${EFFECTS[spec.effect]} Schema \`${spec.schema}\`.`,
    '',
    ...markdownTable(['Field of `data`', 'Type', 'Meaning'], spec.fields.map(fieldRow)),
    '',
  ];
}

function fieldRow(field: FieldSpec): readonly string[] {
  const unit = field.unit === undefined ? '' : `, ${field.unit}`;
  return [`\`${field.name}\``, `${field.type}${unit}`, field.summary];
}
