import { describe, expect, it } from 'vitest';
import { createEpochWorkspace, reserveLinks, reserveUids } from './workspace.ts';

describe('an epoch workspace', () => {
  it('keeps its buffers while they suffice', () => {
    const workspace = createEpochWorkspace(2, 5);
    const before = { ...workspace };
    reserveUids(workspace, 5);
    reserveLinks(workspace, { weights: 10, bonds: 10, stored: 20 });
    expect(workspace.byUid).toBe(before.byUid);
    expect(workspace.weights).toBe(before.weights);
    expect(workspace.bonds).toBe(before.bonds);
    expect(workspace.stored).toBe(before.stored);
  });

  it('grows what is too small and nothing else', () => {
    const workspace = createEpochWorkspace(2, 5);
    const before = { ...workspace };
    reserveLinks(workspace, { weights: 11, bonds: 10, stored: 20 });
    expect(workspace.weights.value).toHaveLength(11);
    expect(workspace.bonds).toBe(before.bonds);
    expect(workspace.stored).toBe(before.stored);
    reserveLinks(workspace, { weights: 11, bonds: 12, stored: 23 });
    expect(workspace.bonds.row).toHaveLength(12);
    expect(workspace.stored.target).toHaveLength(23);
  });

  it('grows everything by uid, keeping room for links', () => {
    const workspace = createEpochWorkspace(2, 5);
    reserveUids(workspace, 6);
    expect(workspace.byUid.stake).toHaveLength(6);
    expect(workspace.weights.first).toHaveLength(6);
    expect(workspace.bonds.end).toHaveLength(6);
    expect(workspace.stored.start).toHaveLength(7);
    expect(workspace.weights.value).toHaveLength(10);
    expect(workspace.stored.value).toHaveLength(20);
  });
});
