/** A chain opened over a scripted one, for tests of what is read from it. */
import { resolveNetwork } from '../../src/chain/known-networks.ts';
import { createNoCache } from '../../src/chain/metadata-cache.ts';
import { openChain } from '../../src/chain/open-chain.ts';
import { createRpcClient } from '../../src/chain/rpc-client.ts';
import type { BlockView, Chain } from '../../src/chain/types.ts';
import { createManualClock } from './manual-clock.ts';
import { createScriptedChain, type ScriptedChain } from './scripted-chain.ts';
import { encodeAnswer, encodeStorage } from './scripted-events.ts';
import type { Answer, ScriptedNode } from './scripted-node.ts';

export type OpenScripted = {
  readonly chain: Chain;
  readonly view: BlockView;
  readonly node: ScriptedNode;
  readonly scripted: ScriptedChain;
  /** Puts a storage value there, in friendly shapes. */
  readonly put: (pallet: string, item: string, keys: readonly unknown[], value: unknown) => void;
  /** Sets what a runtime API answers; `args` are what the call must carry, when given. */
  readonly answer: (api: string, method: string, value: unknown, args?: readonly unknown[]) => void;
  /** Calls since the last time it was asked. */
  readonly newCalls: () => readonly string[];
};

export async function openScripted(
  answers: Readonly<Record<string, Answer>> = {},
): Promise<OpenScripted> {
  const scripted = createScriptedChain();
  const node = scripted.createNode(answers);
  const clock = createManualClock();
  const rpc = createRpcClient(node.channel, { clock, timeoutMs: 1_000 });
  const target = resolveNetwork('ws://node.example');
  const chain = await openChain({ rpc, target, metadataCache: createNoCache(), clock });
  const view = await chain.at('best');
  let seen = node.calls().length;
  return {
    chain,
    view,
    node,
    scripted,
    put: (pallet, item, keys, value) => {
      const key = chain.runtime.storage(pallet, item).key(...keys);
      scripted.storage.set(key, encodeStorage(pallet, item, value));
    },
    answer: (api, method, value, args) => {
      const reply = encodeAnswer(api, method, value);
      const wanted =
        args === undefined ? undefined : chain.runtime.api(api, method).encodeArgs(...args);
      scripted.apis.set(`${api}_${method}`, (given) =>
        wanted === undefined || given === wanted ? reply : undefined,
      );
    },
    newCalls: () => {
      const calls = node.calls().slice(seen);
      seen = node.calls().length;
      return calls;
    },
  };
}

/** A view whose runtime lacks some features, for tests of fallbacks. */
export function withoutFeatures(view: BlockView, missing: readonly string[]): BlockView {
  const { runtime } = view;
  const { has } = runtime;
  const keep = (check: (pallet: string, name: string) => boolean) => (a: string, b: string) =>
    !missing.includes(`${a}.${b}`) && check(a, b);
  const reduced = {
    ...has,
    api: keep(has.api),
    storage: keep(has.storage),
    constant: keep(has.constant),
    call: keep(has.call),
  };
  return { ...view, runtime: { ...runtime, has: reduced } };
}
