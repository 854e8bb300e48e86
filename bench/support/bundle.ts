/** One file out of an entry and all it imports, made as the released ones are. */
import { join } from 'node:path';
import { type OutputOptions, rolldown } from 'rolldown';

const ENTRY = join(import.meta.dirname, '..', 'entry-of-a-bench.ts');
const NATIVE = ['libsql', '@node-rs/argon2'];

export type BundleOptions = Pick<OutputOptions, 'format' | 'minify'>;

/** The code of `contents`, whose imports are meant from this folder's parent. */
export async function bundleCode(contents: string, options: BundleOptions = {}): Promise<string> {
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'node',
    external: NATIVE,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === ENTRY ? id : null),
        load: (id) => (id === ENTRY ? { code: contents, moduleType: 'ts' } : null),
      },
    ],
  });
  try {
    const { output } = await bundle.generate({ format: 'esm', codeSplitting: false, ...options });
    return output[0].code;
  } finally {
    await bundle.close();
  }
}
