/** docs/errors.md from the catalogue. Pure. */
import { EXIT_CODES } from '../src/cli/exit-codes.ts';
import type { CatalogueEntry } from '../src/errors/catalogue.ts';
import { markdownTable } from './markdown-table.ts';

export function errorsDocument(catalogue: Readonly<Record<string, CatalogueEntry>>): string {
  const entries = Object.entries(catalogue);
  const sections = EXIT_CODES.flatMap(([exitCode, meaning]) => {
    const rows = entries
      .filter(([, entry]) => entry.exitCode === exitCode)
      .map(([code, entry]) => [`\`${code}\``, entry.retry, entry.meaning]);
    if (rows.length === 0) return [];
    return [
      `## Exit ${exitCode}`,
      '',
      meaning,
      '',
      ...markdownTable(['Code', 'Repeat', 'When'], rows),
      '',
    ];
  });
  return `${[
    '# Errors',
    '',
    'Generated from `src/errors/catalogue.ts` by `npm run generate`.',
    '',
    'Text on stderr says what failed, then details, and last the fix with the code in brackets.',
    'With `--json` the same error is a document on stdout, and `error.code` is one of these.',
    'The exit code is that of the table unless the command’s help says otherwise.',
    '',
    'Repeat says whether running the same command again is right: `never` (it would fail the same way),',
    '`safe` (nothing was submitted), `after-check` (look first, with `tao tx list`).',
    '',
    ...sections,
  ]
    .join('\n')
    .trimEnd()}\n`;
}
