/** Stake becomes TAO. Data only. */
import { storageChanges } from './changes.ts';
import { asks, asksFor, type Operation } from './operation.ts';
import { BASALT, DUNLIN, POSITION, TAO } from './people.ts';

const DELEGATOR = '//Delegator2';
const unstake = `unstake ${POSITION}`;
/** Stake with two validators on one subnet. */
const second = `stake move ${POSITION} --to ${DUNLIN} --amount 2000 --yes`;
const refusal = storageChanges(
  'the pool loses so much TAO that the price falls past the limit',
  'SubnetTAO',
  [1],
  (100_000n * TAO).toString(),
);
const rest = { wallet: DELEGATOR, refusal };

export const unstaking: readonly Operation[] = [
  {
    name: 'unstake',
    title: 'Unstake an amount',
    about: 'Alpha of a position is sold to the pool of its subnet; the TAO is free at once.',
    ...rest,
    line: `${unstake} --amount 100`,
    question: asks('Unstake 100 alpha?'),
    mistakes: [
      ['No amount', unstake],
      ['An amount below zero', `${unstake} --amount -1`],
      ['The unit of the other side', `${unstake} --amount 5TAO`],
      ['Too many decimals', `${unstake} --amount 0.1234567891`],
      ['Less than the chain takes', `${unstake} --amount 0.001`],
      ['More than there is', `${unstake} --amount 9000`],
      ['Two amounts', '+--all'],
      ['A share of more than all', `${unstake} --percent 101`],
      ['No such subnet', `unstake --netuid 99 --hotkey ${BASALT} --amount 1`],
      ['No such position', `unstake --netuid 8 --hotkey ${DUNLIN} --amount 1`],
      ['More than the limit bears', `${unstake} --all --tolerance 0.01`],
      ['A limit past the market', '+--limit-price 1'],
    ],
  },
  {
    name: 'unstake-tao',
    title: 'Unstake what brings some TAO',
    about: 'The amount is meant in TAO: as much alpha is sold as brings it at the price of now.',
    ...rest,
    line: `${unstake} --tao 5`,
    question: asks('Unstake'),
    mistakes: [
      ['More than it is worth', `${unstake} --tao 5000`],
      ['Not a number', `${unstake} --tao much`],
    ],
  },
  {
    name: 'unstake-percent',
    title: 'Unstake a share',
    about: 'The share is rounded down to the rao.',
    ...rest,
    line: `${unstake} --percent 12.5`,
    question: asks('Unstake'),
    mistakes: [
      ['Nothing', `${unstake} --percent 0`],
      ['Not a number', `${unstake} --percent half`],
    ],
  },
  {
    name: 'unstake-position',
    title: 'Unstake all of a position',
    about: 'All of what one validator holds for you on one subnet.',
    ...rest,
    line: `${unstake} --all --tolerance 5`,
    question: asks('Unstake'),
    mistakes: [['What is not there', `unstake --netuid 8 --hotkey ${DUNLIN} --all`]],
  },
  {
    name: 'unstake-subnet',
    title: 'Leave a subnet',
    about: 'All positions on a subnet, with whatever validators, in one transaction.',
    ...rest,
    before: [second],
    line: 'unstake --netuid 1 --all --tolerance 5',
    question: asks('Unstake'),
    mistakes: [
      ['Nothing there', 'unstake --netuid 8 --all'],
      ['No such subnet', 'unstake --netuid 99 --all'],
    ],
  },
  {
    name: 'unstake-validator',
    title: 'Leave a validator',
    about: 'All positions with a validator, on whatever subnets, in one transaction.',
    ...rest,
    before: [`stake swap ${POSITION} --to-netuid 8 --amount 500 --tolerance 5 --yes`],
    line: `unstake --hotkey ${BASALT} --all --tolerance 5`,
    question: asks('Unstake'),
    mistakes: [
      ['Nothing there', `unstake --hotkey ${DUNLIN} --all`],
      ['One price for several subnets', `unstake --hotkey ${BASALT} --all --limit-price 0.1`],
    ],
  },
  {
    name: 'unstake-everything',
    title: 'Leave altogether',
    about: 'Every position of the account, each with a limit of its own. The word is typed back.',
    ...rest,
    line: 'unstake --everything --tolerance 5',
    question: asksFor('everything'),
    mistakes: [
      ['A yes is not enough', '+--yes'],
      ['Everything of something', `+--netuid 1`],
    ],
  },
  {
    name: 'unstake-to-root',
    title: 'Unstake into root stake',
    about: 'What the alpha brings is staked on root with the same validator, in one swap.',
    ...rest,
    line: `${unstake} --amount 100 --to-root`,
    question: asks('Unstake 100 alpha'),
    mistakes: [['From root to root', `unstake --netuid 0 --hotkey ${BASALT} --all --to-root`]],
  },
];
