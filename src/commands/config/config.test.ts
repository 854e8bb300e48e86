import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../../test/helpers/files.ts';
import { runCli } from '../../../test/helpers/run-cli.ts';

const PATH = '/home/ada/config/config.json';

describe('tao config list', () => {
  it('shows every preference with where it comes from', async () => {
    const files = createMemoryFiles();
    files.put(PATH, '{"tolerance":"1"}');
    const run = await runCli('config list --color never', {
      files,
      env: { TAO_NETWORK: 'dev' },
      terminal: 'all',
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatchInlineSnapshot(`
      "Preference   Value              Source
      network      dev                environment
      wallet       default            default
      wallet-path  /home/ada/wallets  default
      tolerance    1                  config
      wait         included           default
      timeout      120                default
      era          128                default
      color        never              flag
      "
    `);
    expect(run.stderr).toBe(`Change one with tao config set KEY VALUE; stored in ${PATH}\n`);
  });

  it('is one record a line in a pipe and a list in JSON', async () => {
    const piped = await runCli('config list');
    expect(piped.stdout.split('\n')[0]).toBe('network\tfinney\tdefault');
    const run = await runCli('config list --json');
    expect(run.json().data).toMatchObject({
      path: PATH,
      settings: expect.arrayContaining([
        { key: 'era', value: '128', source: 'default', environment: 'TAO_ERA' },
      ]),
    });
  });
});

describe('tao config set, get and unset', () => {
  it('store, print and remove', async () => {
    const set = await runCli('config set network dev', { terminal: 'all' });
    expect(set.stdout).toBe('✓ Set             network to dev\n');
    const { platform } = set;
    expect(JSON.parse(platform.files.text(PATH))).toEqual({ network: 'dev' });
    const { files } = platform;
    expect((await runCli('config get network', { files })).stdout).toBe('dev\n');
    const unset = await runCli('config unset network --json', { files });
    expect(unset.json().data).toEqual({ key: 'network', path: PATH });
    const after = await runCli('config get network --json', { files });
    expect(after.json().data).toEqual({ key: 'network', value: 'finney', source: 'default' });
  });

  it('warn when the environment wins anyway', async () => {
    const run = await runCli('config set era 64 --json', { env: { TAO_ERA: '128' } });
    expect(run.json().warnings).toEqual([
      'TAO_ERA is set in the environment and wins over this preference.',
    ]);
  });

  it.each([
    [
      'network http://node.example',
      'it must be finney, archive, latent-lite, test, local, dev, or a ws://',
    ],
    ['network wss://me:pw@node.example', 'it must be a URL without a user name'],
    ['network wss://node.example/?token=1', 'preferences hold no secrets'],
    ['tolerance 51', 'from 0 to 50'],
    ['era 100', 'it must be a power of two from 4 to 65536'],
    ['timeout 0', 'from 1 to 3600'],
    ['wait never', 'it must be one of submitted, included, finalized'],
    ['wallet-path relative', 'it must be an absolute path'],
    ['wallet a/b', 'a name without a slash'],
    ['color pink', 'it must be one of auto, always, never'],
  ])('refuse %s and write nothing', async (words, fault) => {
    const run = await runCli(`config set ${words}`);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(fault);
    expect(run.stderr).toContain('[CONFIG_INVALID]');
    expect(run.stderr).not.toContain('pw@');
    expect(run.platform.files.paths()).toEqual([]);
  });

  it('know no other keys, least of all for secrets', async () => {
    for (const [key, hint] of [
      ['netwrok', 'Did you mean network?'],
      ['password', 'Run tao config list to see them.'],
    ]) {
      const run = await runCli(`config set ${key} x`);
      expect([run.exitCode, run.platform.files.paths()]).toEqual([2, []]);
      expect(run.stderr).toContain(`${hint}   [CONFIG_UNKNOWN_KEY]`);
    }
    expect((await runCli('config get')).stderr).toContain('the argument KEY is missing');
  });
});

describe('a damaged preferences file', () => {
  const files = createMemoryFiles();
  files.put(PATH, '{"network"');

  it('is named with exit 9, and its place can still be asked', async () => {
    const run = await runCli('config list', { files });
    expect(run.exitCode).toBe(9);
    expect(run.stderr).toBe(
      `Couldn't read the preferences in ${PATH}.\n  It is not JSON.\n` +
        'Mend or remove that file; preferences hold nothing but defaults.   [CONFIG_CORRUPT]\n',
    );
    const path = await runCli('config path', { files });
    expect([path.exitCode, path.stdout]).toEqual([0, `${PATH}\n`]);
  });
});
