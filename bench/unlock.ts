/**
 * Times what stands between a password and a signature: deriving the file key, opening files with
 * it, loading the key crypto in a fresh process, and signing. Also what the derivation does to
 * the event loop and to memory. Medians.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { hashRaw } from '@node-rs/argon2';
import { deriveNaclKey, openNacl, sealNacl } from '../src/signing/keyfile/nacl.ts';
import { openKeyfile } from '../src/signing/keyfile/open-keyfile.ts';
import { serializeSecret } from '../src/signing/keyfile/serialize-keyfile.ts';
import { createUnlocker } from '../src/signing/keyfile/unlocker.ts';
import { keyFromMnemonic } from '../src/signing/keys/key-material.ts';
import { createKeySigner } from '../src/signing/keys/key-signer.ts';
import { DEV_MNEMONIC } from '../src/signing/keys/secret-uri.ts';
import { verifySignature } from '../src/signing/keys/verify-signature.ts';
import { bundleCode } from './support/bundle.ts';

const DERIVATIONS = 5;
const STARTS = 9;
const RUNS = 201;
const MIB = 1024 * 1024;

/** Prints the figures; takes about half a minute. */
export async function run(): Promise<void> {
  await benchDerivation();
  await benchAgainstBare();
  await benchOpening();
  await benchLoading();
}

async function benchDerivation(): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const times: number[] = [];
  let peakBytes = 0;
  const before = process.memoryUsage.rss();
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 20);
  for (let round = 0; round < DERIVATIONS; round += 1) {
    delay.enable();
    times.push(await timed(() => deriveNaclKey(`password ${round}`)));
    delay.disable();
  }
  clearInterval(watch);
  const after = process.memoryUsage.rss();
  console.log(`file key from a password (argon2i, 8 passes, 512 MiB): ${ms(median(times))}`);
  console.log(`  event loop meanwhile, 99th percentile delay: ${ms(delay.percentile(99) / 1e6)}`);
  console.log(`  memory before, peak, after: ${[before, peakBytes, after].map(mib).join(', ')}`);
}

/** Opening an encrypted key file, from password to key, beside the bare argon2 call, in turn. */
async function benchAgainstBare(): Promise<void> {
  const password = 'hello-btcli';
  const fileKey = await deriveNaclKey(password);
  const key = await keyFromMnemonic(DEV_MNEMONIC, { scheme: 'sr25519' });
  const content = sealNacl(serializeSecret(key), fileKey, Uint8Array.from(randomBytes(24)));
  const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < DERIVATIONS; round += 1) {
    bare.push(
      await timed(() =>
        hashRaw(password, {
          algorithm: 1,
          version: 1,
          salt: Uint8Array.from(randomBytes(16)),
          timeCost: 8,
          memoryCost: 524_288,
          parallelism: 1,
          outputLen: 32,
        }),
      ),
    );
    // A fresh unlocker each time: one that is kept derives a password once.
    const unlocker = createUnlocker({ random });
    ours.push(await timed(async () => openKeyfile(await unlocker.open(content, password))));
    unlocker.dispose();
  }
  const ratio = (median(ours) / median(bare)).toFixed(2);
  console.log(
    `key file opened: ${ms(median(ours))}, bare argon2: ${ms(median(bare))}, ${ratio} times`,
  );
}

async function benchOpening(): Promise<void> {
  const fileKey = Uint8Array.from(randomBytes(32));
  const key = await keyFromMnemonic(DEV_MNEMONIC, { scheme: 'sr25519' });
  const content = sealNacl(serializeSecret(key), fileKey, Uint8Array.from(randomBytes(24)));
  const payload = Uint8Array.from(randomBytes(200));
  const signer = await createKeySigner(key);
  const signature = await signer.signPayload(payload);
  const { publicKey, scheme } = signer;
  const rows: [string, () => unknown][] = [
    ['decrypt a key file with a known file key', () => openNacl(content, fileKey)],
    ['decrypt, derive from the words, check', () => openKeyfile(openNacl(content, fileKey))],
    ['sign 200 bytes, sr25519', () => signer.signPayload(payload)],
    ['verify', () => verifySignature({ scheme, publicKey, signature, bytes: payload })],
  ];
  for (const [name, work] of rows) {
    const times: number[] = [];
    for (let round = 0; round < RUNS; round += 1) times.push(await timed(work));
    console.log(`${name}: ${ms(median(times))}`);
  }
}

/** Fresh processes over a bundle made like the released one, against an empty script. */
async function benchLoading(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tao-bench-'));
  try {
    writeFileSync(join(folder, 'empty.mjs'), '');
    const entries = {
      'load the wallet folder code': keepAll('wallet/wallet-store.ts'),
      'load the signer (@polkadot/keyring)': keepAll('keys/key-signer.ts'),
      'load the signer, derive a key, sign': SIGN_ONCE,
    };
    const bare = medianRunMs(join(folder, 'empty.mjs'));
    console.log(`an empty script: ${ms(bare)}`);
    for (const [name, contents] of Object.entries(entries)) {
      const outfile = join(folder, 'bench.mjs');
      writeFileSync(outfile, await bundleCode(contents, { minify: true }));
      console.log(`${name}: ${ms(medianRunMs(outfile) - bare)} over it`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Imports a module so that the bundler cannot leave it out. */
function keepAll(path: string): string {
  return `import * as kept from '../src/signing/${path}'; globalThis.kept = { ...kept };`;
}

const SIGN_ONCE = `
import { keyFromUri } from '../src/signing/keys/key-material.ts';
import { createKeySigner } from '../src/signing/keys/key-signer.ts';
const signer = await createKeySigner(await keyFromUri('//Alice', 'sr25519'));
await signer.signPayload(new Uint8Array(200));
`;

/** Median wall time of fresh processes, without settings that slow every start. */
function medianRunMs(script: string): number {
  const { NODE_EXTRA_CA_CERTS: _unset, ...env } = process.env;
  const times = Array.from({ length: STARTS }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return performance.now() - start;
  });
  return median(times);
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

function mib(bytes: number): string {
  return `${Math.round(bytes / MIB)} MiB`;
}
