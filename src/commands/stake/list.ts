/** `tao stake list`: positions at one block, at spot and sold, of one account or of every wallet. */
import { optionText, parseWholeOption } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { alpha, alphaJson, tao, taoJson } from '../../domain/amount.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { formatTakePercent } from '../../domain/take.ts';
import { readAccountList } from '../../pipeline/account-list.ts';
import { type Position, readPositions } from '../../pipeline/read-positions.ts';
import type { NamedAddress } from '../../pipeline/resolve-address.ts';
import { renderPositions, sharePercent } from './list.view.ts';
import { type ListOrder, sortPositions } from './sort-positions.ts';

/** Largest block number the chain can have: u32. */
const MAX_BLOCK = 4_294_967_295;

export type AccountPositions = NamedAddress & {
  readonly positions: readonly Position[];
  readonly valueRao: bigint;
  /** Every position sold alone; undefined when one of them cannot be quoted. */
  readonly exitRao: bigint | undefined;
};

export const stakeList: CommandBody = {
  run: async (context, raw) => {
    const accounts = await readAccountList(context, raw);
    const blockNumber = parseWholeOption(raw, 'at-block', MAX_BLOCK);
    const chain = await context.openChain();
    const view = await chain.at(blockNumber ?? 'best');
    const coldkeys = accounts.map(({ address }) => address);
    const positions = await readPositions(view, coldkeys, readNetuids(raw));
    const order = (optionText(raw, 'sort') ?? 'netuid') as ListOrder;
    const groups = accounts.map((account) =>
      groupOf(
        account,
        sortPositions(
          positions.filter(({ coldkey }) => coldkey === account.address),
          order,
        ),
      ),
    );
    const block = { number: view.number, hash: view.hash };
    return {
      data: {
        // Of one account its address; with --all each position has its own.
        address: raw.options.all === true ? null : (coldkeys[0] ?? null),
        block,
        accounts: groups.map((group) => ({
          name: group.name,
          address: group.address,
          value: taoJson(tao(group.valueRao)),
          exitValue: group.exitRao === undefined ? null : taoJson(tao(group.exitRao)),
        })),
        positions: groups.flatMap((group) => group.positions.map(positionData)),
        totalValue: taoJson(tao(sumOf(groups, (group) => group.valueRao) ?? 0n)),
        totalExitValue: exitJson(sumOf(groups, (group) => group.exitRao)),
      },
      view: (style) => renderPositions(groups, { style, block, isAll: raw.options.all === true }),
    };
  },
};

/** NETUID_INVALID. */
function readNetuids(raw: RawInput): readonly number[] | undefined {
  const texts = raw.options.netuid;
  if (texts === undefined || texts === true) return undefined;
  return (typeof texts === 'string' ? [texts] : texts).map(parseNetuid);
}

function groupOf(account: NamedAddress, positions: readonly Position[]): AccountPositions {
  return {
    ...account,
    positions,
    valueRao: sumOf(positions, ({ valueRao }) => valueRao) ?? 0n,
    exitRao: sumOf(positions, ({ exit }) => exit?.amountOutRao),
  };
}

function positionData(position: Position) {
  const { netuid, exit, alphaRao } = position;
  return {
    address: position.coldkey,
    netuid,
    subnet: position.subnet,
    hotkey: position.hotkey,
    validator: position.validator,
    takePercent: formatTakePercent(position.takeU16),
    isRegistered: position.isRegistered,
    stake: alphaJson(alpha(netuid, alphaRao)),
    unlocked: alphaJson(alpha(netuid, position.unlockedRao)),
    poolSharePercent: sharePercent(position),
    price: taoJson(tao(position.priceRaoPerAlpha)),
    value: taoJson(tao(position.valueRao)),
    exitValue: exitJson(exit?.amountOutRao),
    exitFee: exit === undefined ? null : alphaJson(alpha(netuid, exit.feeRao)),
    exitSource: exit?.source ?? null,
  };
}

function exitJson(rao: bigint | undefined) {
  return rao === undefined ? null : taoJson(tao(rao));
}

/** Undefined when one of them is. */
function sumOf<T>(items: readonly T[], raoOf: (item: T) => bigint | undefined): bigint | undefined {
  return items.reduce<bigint | undefined>((sum, item) => {
    const rao = raoOf(item);
    return sum === undefined || rao === undefined ? undefined : sum + rao;
  }, 0n);
}
