import { describe, expect, it } from 'vitest';
import { stateDigest } from '../state/digest.ts';
import { PRESET_NAMES, presetDigests, presetState } from './presets.ts';

describe('the digests of the presets', () => {
  it.each([...PRESET_NAMES, 'small/448'])('that of %s is the digest of its state', (name) => {
    expect(presetDigests[name]).toBe(stateDigest(presetState(name)));
  });
});
