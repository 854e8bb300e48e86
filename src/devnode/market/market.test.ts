import { describe, expect, it } from 'vitest';
import { drawsOf } from '../../domain/draws.ts';
import { checkConservation } from '../../economy/conservation.ts';
import type { Subnet } from '../../economy/subnet.ts';
import { advanceChain, openChain } from '../blocks/chain.ts';
import { presetState } from '../genesis/presets.ts';
import type { ChainState } from '../state/chain-state.ts';
import { stateDigest } from '../state/digest.ts';
import { answerTasks, gateOf, qualityOf } from './answer-tasks.ts';
import { findQuitter, imitate, practise } from './compete.ts';
import { type JudgeInput, judgeMiners } from './judge-miners.ts';
import type { MarketMiner, SubnetMarket } from './market-state.ts';

const miner = (hotkey: string, ...skills: number[]): MarketMiner => ({
  hotkey,
  coldkey: 'cold',
  skills,
  poorEpochs: 0,
});

describe('draws', () => {
  it('are the same for the same numbers, and others for others', () => {
    const first = (...numbers: number[]) => Array.from({ length: 4 }, drawsOf(...numbers).next);
    expect(first(1, 2)).toEqual(first(1, 2));
    expect(first(1, 2)).not.toEqual(first(2, 1));
    expect(first(2 ** 32)).not.toEqual(first(0));
  });

  it('are pinned, so that every machine is seen to draw the same', () => {
    const draws = drawsOf(1, 4, 360);
    expect([draws.below(1_000_000), draws.below(1_000_000), draws.below(1_000_000)]).toEqual([
      192_596, 692_447, 969_815,
    ]);
  });

  it('have the mean and the deviation of a standard normal', () => {
    const draws = drawsOf(7);
    const values = Array.from({ length: 20_000 }, draws.normal);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });
});

describe('answers', () => {
  it('are worth less the further off they are, never less than nothing', () => {
    expect([qualityOf(0), qualityOf(-0.25), qualityOf(3)]).toEqual([1, 0.75, 0]);
  });

  it('come from the four best ranked, in proportion to their rank', () => {
    expect(gateOf([10, 0, 30, 20, 40, 5])).toEqual([0.1, 0, 0.3, 0.2, 0.4, 0]);
    expect(gateOf([0, 0, 0, 0, 0])).toEqual([0.25, 0.25, 0.25, 0.25, 0]);
  });

  it('blended from specialists beat each of them alone', () => {
    const miners = [miner('a', 0.9, 0.2), miner('b', 0.2, 0.9)];
    const gates = [
      [1, 0],
      [0, 1],
    ];
    const work = { tasks: 200, demand: [0.5, 0.5], draws: drawsOf(3) };
    const answers = answerTasks(miners, gates, work);
    expect(answers.routedQuality).toBeGreaterThan(answers.bestSingleQuality + 0.15);
    expect(answers.shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });
});

describe('a validator', () => {
  const miners = [miner('bad', 0.3), miner('good', 0.9), miner('fair', 0.6)];
  const input: JudgeInput = {
    conduct: { kind: 'honest' },
    noise: 0.05,
    kind: 0,
    miners,
    uids: [4, 5, 6],
    lastRow: [],
    incentives: [0, 0, 0, 0, 100, 50, 0],
    draws: drawsOf(5),
  };
  const weights = (over: Partial<JudgeInput>) => new Map(judgeMiners({ ...input, ...over }));

  it('that is honest gives the better miner the higher weight', () => {
    const row = weights({});
    expect(row.get(5)).toBe(65_535);
    expect(row.get(6) ?? 0).toBeGreaterThan(row.get(4) ?? 0);
  });

  it('that is lazy copies what was paid, and judges only while nothing was', () => {
    expect([...weights({ conduct: { kind: 'lazy' } })]).toEqual([
      [4, 65_535],
      [5, 32_768],
    ]);
    const first = weights({ conduct: { kind: 'lazy' }, incentives: [] });
    expect(first.get(5)).toBe(65_535);
  });

  it('that is dishonest puts its crony over all others', () => {
    const row = weights({ conduct: { kind: 'dishonest', crony: 'bad' } });
    expect(row.get(4)).toBe(65_535);
    expect(row.get(5) ?? 0).toBeLessThan(6_554);
  });
});

describe('competition', () => {
  it('makes everyone better, the best included, and nobody perfect', () => {
    const miners = [miner('a', 0.5), miner('b', 0.8)];
    for (let i = 0; i < 400; i += 1) practise(miners, drawsOf(i));
    for (const { skills } of miners) {
      expect(skills[0]).toBeGreaterThan(0.9);
      expect(skills[0]).toBeLessThanOrEqual(0.98);
    }
  });

  it('ends for who earned too little six epochs in a row, and one good epoch forgives', () => {
    const miners = [miner('a', 0.5), miner('b', 0.5)];
    const poor = [0.05, 0.95];
    const tries = Array.from({ length: 5 }, () => findQuitter(miners, poor));
    expect(tries).toEqual(Array.from({ length: 5 }, () => undefined));
    expect(findQuitter(miners, [0.5, 0.5])).toBeUndefined();
    for (let i = 0; i < 5; i += 1) findQuitter(miners, poor);
    expect(findQuitter(miners, poor)).toBe(0);
  });

  it('brings newcomers who imitate one of the best', () => {
    const miners = [miner('a', 0.2), miner('b', 0.9)];
    const [skill = 0] = imitate(miners.slice(1), [1], drawsOf(1));
    expect(skill).toBeGreaterThanOrEqual(0.8);
    expect(skill).toBeLessThan(0.9);
  });
});

describe('the market on the chain', () => {
  const run = (preset: string, blocks: number): ChainState => {
    const chain = openChain({ preset });
    advanceChain(chain, blocks);
    return chain.live.state;
  };

  it('is part of the state: equal runs give equal digests, other seeds other ones', () => {
    const digests = ['arena', 'arena@1', 'arena@2'].map((name) => stateDigest(run(name, 800)));
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
  });

  it('replays from genesis and from a snapshot to the same state', () => {
    const chain = openChain({ preset: 'arena' });
    advanceChain(chain, 1_500);
    const again = openChain({ preset: 'arena' });
    for (let i = 0; i < 15; i += 1) advanceChain(again, 100);
    expect(stateDigest(again.live.state)).toBe(stateDigest(chain.live.state));
    const past = chain.history.at(1_100).state;
    expect(stateDigest(past)).toBe(stateDigest(run('arena', 1_100)));
  });

  it('leaves every rao of TAO and alpha somewhere', () => {
    expect(checkConservation(run('arena', 800).economy)).toEqual([]);
    expect(checkConservation(run('finney', 120).economy)).toEqual([]);
  });

  it('pays miners in TAO that users had, and validators through the epoch', () => {
    const before = presetState('arena').economy;
    const { economy, market } = run('arena', 400);
    const users = market?.users as string;
    expect(economy.balances[users]).toBeLessThan(before.balances[users] as bigint);
    const { neurons } = economy.subnets[64] as Subnet;
    const validators = neurons.filter(({ dividends }) => dividends > 0);
    expect(validators.length).toBeGreaterThanOrEqual(10);
    for (const { weights, further } of validators) {
      expect(weights.length).toBeGreaterThan(0);
      expect(further?.[0]?.weights.length).toBeGreaterThan(0);
    }
    const one = market?.subnets.find(({ netuid }) => netuid === 64) as SubnetMarket;
    expect(one.last).toMatchObject({ tasks: 64, replacedMiners: 0 });
  });
});
