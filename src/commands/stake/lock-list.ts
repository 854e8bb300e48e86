/** `tao stake lock list`: conviction locks of an account, and how they go on. */
import type { LockFacts, LockRateFacts, SubnetFacts } from '../../chain/facts.ts';
import { readLockRates, readLocks } from '../../chain/queries/read-locks.ts';
import { readAvailability } from '../../chain/queries/read-stakes.ts';
import { readSubnets } from '../../chain/queries/read-subnets.ts';
import type { CommandBody, View, ViewStyle } from '../../cli/spec.ts';
import { alpha, alphaJson, displayRao, formatRao } from '../../domain/amount.ts';
import { COURSE_DAYS, courseData, courseOf, type LockOutlook } from '../../pipeline/lock-course.ts';
import { readAccountArgument } from '../../pipeline/resolve-address.ts';
import { readValidatorNames } from '../../pipeline/validator-names.ts';

type Listed = {
  readonly lock: LockFacts & LockOutlook;
  readonly subnet: SubnetFacts | undefined;
  readonly name: string;
  readonly freeRao: bigint;
  readonly rates: LockRateFacts;
};

export const stakeLockList: CommandBody = {
  run: async (context, raw) => {
    const owner = await readAccountArgument(context, raw);
    const chain = await context.openChain();
    const view = await chain.at('best');
    const [locks, rates, subnets] = await Promise.all([
      readLocks(view, owner.address),
      readLockRates(view),
      readSubnets(view),
    ]);
    const hotkeys = locks.map(({ hotkey }) => hotkey);
    const netuids = locks.map(({ netuid }) => netuid);
    const [names, free] = await Promise.all([
      readValidatorNames(view, hotkeys),
      readAvailability(view, owner.address, netuids),
    ]);
    const listed = locks.map((lock): Listed => {
      const subnet = subnets.find(({ netuid }) => netuid === lock.netuid);
      return {
        lock: { ...lock, isOwnerLock: subnet?.ownerHotkey === lock.hotkey },
        subnet,
        name: names.get(lock.hotkey) ?? '',
        freeRao: free?.find(({ netuid }) => netuid === lock.netuid)?.availableRao ?? 0n,
        rates,
      };
    });
    return {
      data: {
        address: owner.address,
        block: { number: view.number, hash: view.hash },
        unlockBlocks: rates.unlockBlocks,
        maturityBlocks: rates.maturityBlocks,
        locks: listed.map(lockData),
      },
      view: (style) => renderLocks(listed, style),
    };
  },
};

function lockData({ lock, subnet, name, freeRao, rates }: Listed) {
  const { netuid } = lock;
  return {
    netuid,
    subnet: subnet?.name ?? '',
    hotkey: lock.hotkey,
    validator: name,
    isPerpetual: lock.isPerpetual,
    isOwnerLock: lock.isOwnerLock,
    locked: alphaJson(alpha(netuid, lock.lockedRao)),
    unlocked: alphaJson(alpha(netuid, freeRao)),
    conviction: alphaJson(alpha(netuid, lock.convictionBits >> 64n)),
    course: courseData(lock, rates),
  };
}

function renderLocks(listed: readonly Listed[], { isTerminal }: ViewStyle): View {
  if (listed.length === 0) {
    return [{ kind: 'hint', text: 'No lock. tao stake lock add makes one.' }];
  }
  const down = (rao: bigint) => (isTerminal ? displayRao(rao, 2) : formatRao(rao));
  const up = (rao: bigint) => (isTerminal ? displayRao(rao, 2, 'up') : formatRao(rao));
  const right = (header: string) => ({ header, align: 'right' }) as const;
  return [
    {
      kind: 'table',
      columns: [
        right('Netuid'),
        { header: 'Hotkey', kind: 'address' },
        right('Conviction'),
        right('Free'),
        right('Locked'),
        ...COURSE_DAYS.map((days) => right(`${days} days`)),
      ],
      rows: listed.map(({ lock, freeRao, rates }) => [
        lock.netuid.toString(),
        lock.hotkey,
        down(lock.convictionBits >> 64n),
        down(freeRao),
        { text: up(lock.lockedRao), tone: 'strong' },
        ...courseOf(lock, rates).map(({ lockedRao }) => up(lockedRao)),
      ]),
    },
    {
      kind: 'hint',
      text: 'In alpha: what is locked now and, if nothing is added, after so many days (estimates).',
    },
  ];
}
