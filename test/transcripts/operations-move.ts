/** Stake goes from one place to another, is given away or bound. Data only. */
import { bobStakesFirst } from '../helpers/front-run.ts';
import { queueIsFull, storageChanges } from './changes.ts';
import { asks, asksFor, type Mistake, type Operation } from './operation.ts';
import { BASALT, DUNLIN, POSITION, STRANGER, TAO } from './people.ts';

const DELEGATOR = '//Delegator2';
const tradingStops = storageChanges(
  'trading on the subnet is switched off',
  'SubtokenEnabled',
  [1],
  false,
);

/** What is wrong with the amount of a line that ends before it. */
const amounts = (line: string): readonly Mistake[] => [
  ['No amount', line],
  ['An amount below zero', `${line} --amount -1`],
  ['Too many decimals', `${line} --amount 0.1234567891`],
  ['Less than the chain takes', `${line} --amount 0.001`],
  ['More than there is', `${line} --amount 9000`],
];

const move = `stake move ${POSITION} --to ${DUNLIN}`;
const swap = `stake swap ${POSITION} --to-netuid 8`;
const transfer = `stake transfer ${POSITION} --to ${STRANGER}`;
const autoSet = 'stake auto set --netuid 1 --hotkey';
const lockAdd = `stake lock add ${POSITION}`;
const lockMove = 'stake lock move --netuid 1 --to';
const aLock = [`${lockAdd} --amount 500 --yes`];

export const moving: readonly Operation[] = [
  {
    name: 'stake-move',
    title: 'Move stake to another validator',
    about: 'On the same subnet alpha stays alpha: no price, no pool.',
    wallet: DELEGATOR,
    line: `${move} --amount 100`,
    question: asks('Move 100 alpha?'),
    refusal: tradingStops,
    more: [
      {
        heading: 'To another subnet as well',
        line: `${move} --to-netuid 4 --amount 100 --yes`,
        on: 'terminal',
      },
    ],
    mistakes: [
      ...amounts(move),
      ['To where it is', `stake move ${POSITION} --to ${BASALT} --amount 1`],
      ['No such hotkey', `stake move ${POSITION} --to ${STRANGER} --amount 1`],
      ['No such position', `stake move --netuid 8 --hotkey ${BASALT} --to ${DUNLIN} --amount 1`],
    ],
  },
  {
    name: 'stake-swap',
    title: 'Swap stake to another subnet',
    about: 'Alpha of one subnet becomes alpha of another, with the same validator.',
    wallet: DELEGATOR,
    line: `${swap} --amount 50`,
    question: asks('Swap 50 alpha?'),
    refusal: {
      because: 'somebody else buys so much there that the price goes past the limit',
      adapt: bobStakesFirst({ netuid: 8, hotkey: BASALT, amountRao: 20_000n * TAO }),
    },
    mistakes: [
      ...amounts(swap),
      ['To where it is', `stake swap ${POSITION} --to-netuid 1 --amount 1`],
      ['No such subnet', `stake swap ${POSITION} --to-netuid 99 --amount 1`],
      ['More than the limit bears', `stake swap ${POSITION} --to-netuid 0 --amount 7000`],
      ['A limit past the market', '+--limit-price 1'],
    ],
  },
  {
    name: 'stake-transfer',
    title: 'Give stake to another account',
    about: 'It then belongs to that account. A destination that is new is typed back.',
    wallet: DELEGATOR,
    line: `${transfer} --amount 10`,
    question: asksFor(STRANGER.slice(-8)),
    refusal: storageChanges(
      'the owner of the subnet forbids such transfers',
      'TransferToggle',
      [1],
      false,
    ),
    mistakes: [
      ...amounts(transfer),
      ['To oneself', `stake transfer ${POSITION} --to ${DELEGATOR} --amount 1`],
      ['Confirmed with something else', '+--confirm 5Grwv'],
      ['A yes is not enough', '+--yes'],
    ],
  },
  {
    name: 'stake-auto-set',
    title: 'Choose where mined alpha is staked',
    about: 'What a miner earns on a subnet is staked with the hotkey that is set here.',
    wallet: '//Owner1',
    line: `${autoSet} ${BASALT}`,
    question: asks('Change the auto-stake?'),
    refusal: queueIsFull,
    mistakes: [
      ['No hotkey', 'stake auto set --netuid 1'],
      ['A hotkey that is not on the subnet', `${autoSet} ${STRANGER}`],
      ['No such subnet', `stake auto set --netuid 99 --hotkey ${BASALT}`],
    ],
  },
  {
    name: 'stake-lock-add',
    title: 'Lock alpha',
    about: 'Locked alpha gives a hotkey conviction, and cannot be unstaked until it has decayed.',
    wallet: DELEGATOR,
    line: `${lockAdd} --amount 100`,
    question: asks('Lock 100 alpha?'),
    refusal: queueIsFull,
    mistakes: [
      ['No amount', lockAdd],
      ['An amount below zero', `${lockAdd} --amount -1`],
      ['Too many decimals', `${lockAdd} --amount 0.1234567891`],
      ['More than there is', `${lockAdd} --amount 9000`],
      ['On root', `stake lock add --netuid 0 --hotkey ${BASALT} --amount 1`],
      ['No such hotkey', `stake lock add --netuid 1 --hotkey ${STRANGER} --amount 1`],
    ],
  },
  {
    name: 'stake-lock-move',
    title: 'Let a lock speak for another hotkey',
    about: 'The alpha stays where it is; its conviction is counted for the other hotkey.',
    wallet: DELEGATOR,
    before: aLock,
    line: `${lockMove} ${DUNLIN}`,
    question: asks('Move the lock?'),
    refusal: queueIsFull,
    mistakes: [
      ['No hotkey', 'stake lock move --netuid 1'],
      ['To where it is', `${lockMove} ${BASALT}`],
      ['No such hotkey', `${lockMove} ${STRANGER}`],
      ['No lock there', `stake lock move --netuid 4 --to ${DUNLIN}`],
    ],
  },
  {
    name: 'stake-lock-perpetual',
    title: 'Stop the decay of a lock',
    about: 'A perpetual lock keeps what it holds until the decay is switched on again.',
    wallet: DELEGATOR,
    before: aLock,
    line: 'stake lock perpetual on --netuid 1',
    question: asks('Make the lock perpetual?'),
    refusal: queueIsFull,
    mistakes: [
      ['Neither on nor off', 'stake lock perpetual maybe --netuid 1'],
      ['As it is', 'stake lock perpetual off --netuid 1'],
      ['No subnet', 'stake lock perpetual on'],
    ],
  },
];
