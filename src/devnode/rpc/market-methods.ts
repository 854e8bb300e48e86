/** `dev_*` methods for the market on the subnets and for a runtime upgrade. On this chain only. */
import type { Account } from '../../economy/state.ts';
import { headHash, headNumber } from '../blocks/chain.ts';
import type { Conduct, SubnetMarket } from '../market/market-state.ts';
import { PROFILE_NAMES } from '../metadata/profiles/profiles.ts';
import { type NodeCore, seal } from '../node/core.ts';
import { accountParam, countParam } from './params.ts';
import { invalidParams } from './rpc-error.ts';
import type { Params, RpcMethods } from './session.ts';

export const marketMethods: RpcMethods = {
  /** Per subnet with a market: its last turn and how its validators judge. Skills stay hidden. */
  dev_market: ({ core }) => (core.chain.live.state.market?.subnets ?? []).map(marketFacts),
  /** `[netuid, hotkey, 'honest' | 'lazy' | 'dishonest', crony?]`, from the next block on. */
  dev_setConduct: ({ core }, params) => {
    const netuid = countParam(params, 0);
    const hotkey = accountParam(params, 1);
    const market = core.chain.live.state.market?.subnets.find((one) => one.netuid === netuid);
    if (market === undefined) throw invalidParams(`subnet ${netuid} has no market`);
    if (!market.validators.some((one) => one.hotkey === hotkey)) {
      throw invalidParams('parameter 2 must be a validator of that subnet');
    }
    const conduct = conductParam(params, market);
    seal(core, [{ kind: 'set-conduct', netuid, hotkey, conduct }]);
    return headFacts(core);
  },
  /** `[profile]`: another runtime from the next block on. */
  dev_upgradeRuntime: ({ core }, [profile]) => {
    if (typeof profile !== 'string' || !PROFILE_NAMES.includes(profile)) {
      throw invalidParams(`parameter 1 must be one of ${PROFILE_NAMES.join(', ')}`);
    }
    try {
      seal(core, [{ kind: 'set-profile', profile }]);
    } catch (error) {
      // Refused before anything changed: there is no way back from baskets.
      if (error instanceof RangeError) throw invalidParams(error.message);
      throw error;
    }
    return headFacts(core);
  },
};

function conductParam(params: Params, { miners }: SubnetMarket): Conduct {
  const kind = params[2];
  if (kind === 'honest' || kind === 'lazy') return { kind };
  if (kind !== 'dishonest') {
    throw invalidParams('parameter 3 must be "honest", "lazy" or "dishonest"');
  }
  const crony: Account = accountParam(params, 3);
  if (miners.some(({ hotkey }) => hotkey === crony)) return { kind, crony };
  throw invalidParams('parameter 4 must be a miner of that subnet');
}

function marketFacts({ netuid, demand, turns, validators, last }: SubnetMarket): unknown {
  return {
    netuid,
    demand,
    turns,
    validators: validators.map(({ hotkey, conduct }) => ({ hotkey, conduct: conduct.kind })),
    last: last === undefined ? null : { ...last, paidRao: last.paidRao.toString() },
  };
}

function headFacts({ chain }: NodeCore): { readonly number: number; readonly hash: string } {
  return { number: headNumber(chain), hash: headHash(chain) };
}
