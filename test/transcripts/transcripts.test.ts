/** Each operation is played again and compared with its document; see README.md beside it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { operations } from './operations.ts';
import { playOperation } from './play.ts';

it.each(operations.map((operation) => [operation.name, operation] as const))(
  '%s.md is what is seen; npm run generate -- --transcripts writes it',
  async (name, operation) => {
    const document = readFileSync(join(import.meta.dirname, `${name}.md`), 'utf8');
    expect(await playOperation(operation)).toBe(document);
  },
);
