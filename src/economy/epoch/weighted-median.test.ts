import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnMedian } from './column-median.ts';
import { scratch } from './scratch.ts';
import { weightedMedian } from './weighted-median.ts';

type Vote = { score: number; stake: number };

/** By sorting, as the definition has it. */
function byDefinition(votes: readonly Vote[], minority: number): number {
  const ascending = [...votes].sort((a, b) => a.score - b.score);
  for (const { score } of ascending) {
    const upTo = votes.reduce((sum, vote) => sum + (vote.score <= score ? vote.stake : 0), 0);
    if (minority < upTo) return score;
  }
  return ascending.at(-1)?.score ?? 0;
}

function select(votes: readonly Vote[], minority: number): number {
  votes.forEach(({ score, stake }, index) => {
    scratch.candidateScore[index] = score;
    scratch.candidateVotes[index] = stake;
  });
  const reach = votes.reduce((sum, { stake }) => sum + stake, 0);
  return weightedMedian(votes.length, { minority, below: 0, reach });
}

/** Makes a column of the votes, rows in reverse, and asks for its median. */
function medianOfColumn(votes: readonly Vote[], absent: number, minority: number): number {
  votes.forEach(({ score, stake }, entry) => {
    const row = votes.length - 1 - entry;
    scratch.columnRow[entry] = row;
    scratch.columnWeight[entry] = score;
    scratch.rowVotes[row] = stake;
  });
  const total = absent + votes.reduce((sum, { stake }) => sum + stake, 0);
  return columnMedian(votes.length, { total, minority });
}

const score = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 }),
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom(0, 2 ** 32, 2 ** 31),
);
const stake = fc.oneof(fc.integer({ min: 0, max: 2 ** 30 }), fc.constantFrom(0, 1, 5));
const votesArb = (maxLength: number) => fc.array(fc.record({ score, stake }), { maxLength });
const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 1));

describe('weightedMedian', () => {
  it('is the first score with more than the minority at or below it', () => {
    fc.assert(
      fc.property(votesArb(20), share, (votes, part) => {
        const total = votes.reduce((sum, vote) => sum + vote.stake, 0);
        const minority = Math.floor(total * part);
        expect(select(votes, minority)).toBe(byDefinition(votes, minority));
      }),
      { numRuns: 2_000, seed: 11 },
    );
  });

  it('of nobody is zero', () => {
    expect(select([], 0)).toBe(0);
  });

  it('counts stake below the candidates', () => {
    scratch.candidateScore.set([7, 8, 9]);
    scratch.candidateVotes.set([1, 1, 1]);
    expect(weightedMedian(3, { minority: 11, below: 10, reach: 13 })).toBe(8);
  });

  it('takes the lower score when the minority is just short of it, the upper at equality', () => {
    const votes = [
      { score: 3, stake: 5 },
      { score: 4, stake: 5 },
    ];
    expect(select(votes, 4)).toBe(3);
    expect(select(votes, 5)).toBe(4);
  });
});

describe('columnMedian', () => {
  it('counts rows without an entry as zero, in short and in long columns', () => {
    fc.assert(
      fc.property(votesArb(60), stake, share, (votes, absent, part) => {
        const total = votes.reduce((sum, vote) => sum + vote.stake, 0) + absent;
        const minority = Math.floor(total * part);
        const voting = votes.filter((vote) => vote.stake > 0);
        const all = absent > 0 ? [...voting, { score: 0, stake: absent }] : voting;
        expect(medianOfColumn(votes, absent, minority)).toBe(byDefinition(all, minority));
      }),
      { numRuns: 3_000, seed: 12 },
    );
  });

  it('finds far outliers on both sides of the sampled range', () => {
    const votes = Array.from({ length: 40 }, (_, index) => ({
      score: 1_000 + (index % 8),
      stake: 1,
    }));
    votes[1] = { score: 2 ** 32, stake: 100 };
    expect(medianOfColumn(votes, 0, 60)).toBe(2 ** 32);
    votes[1] = { score: 3, stake: 100 };
    expect(medianOfColumn(votes, 0, 60)).toBe(3);
    votes[2] = { score: 2 ** 32 - 1, stake: 300 };
    votes[3] = { score: 2 ** 32, stake: 1 };
    expect(medianOfColumn(votes, 0, 200)).toBe(2 ** 32 - 1);
  });

  it('is the least score when the minority is less than nothing', () => {
    const votes = Array.from({ length: 20 }, (_, index) => ({ score: 50 - index, stake: 2 }));
    expect(medianOfColumn(votes, 0, -1)).toBe(31);
    expect(medianOfColumn(votes.slice(0, 3), 0, -1)).toBe(48);
    expect(medianOfColumn(votes, 1, -1)).toBe(0);
  });

  it('leaves out rows without votes, whatever they say', () => {
    const votes = Array.from({ length: 32 }, (_, index) => ({
      score: index % 2 === 0 ? 10 + index : 2 ** 32 - index,
      stake: index % 2 === 0 ? 1 : 0,
    }));
    expect(medianOfColumn(votes, 0, 16)).toBe(40);
    expect(medianOfColumn(votes, 0, 7)).toBe(24);
    expect(
      medianOfColumn(
        votes.map((vote) => ({ ...vote, stake: 0 })),
        0,
        0,
      ),
    ).toBe(0);
  });
});
