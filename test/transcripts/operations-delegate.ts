/** Validators, rewards and balances. Data only. */
import { balanceFalls, queueIsFull, storageChanges } from './changes.ts';
import { asks, asksFor, type Operation } from './operation.ts';
import { ALICE, AURORA, BASALT, DUNLIN, STRANGER } from './people.ts';

const take = (percent: string, hotkey: string = BASALT) => `delegate take set ${percent} ${hotkey}`;

export const delegating: readonly Operation[] = [
  {
    name: 'delegate-switch',
    title: 'Switch from one validator to another',
    about:
      'All positions with a validator go to another one, on their subnets, in one transaction.',
    wallet: '//Delegator2',
    before: [
      `stake swap --netuid 1 --hotkey ${BASALT} --to-netuid 8 --amount 500 --tolerance 5 --yes`,
    ],
    line: `delegate switch ${BASALT} ${DUNLIN}`,
    question: asks('Move 2 positions'),
    refusal: storageChanges('trading on one subnet is switched off', 'SubtokenEnabled', [8], false),
    mistakes: [
      ['To where it is', `delegate switch ${BASALT} ${BASALT}`],
      ['Nothing there', `delegate switch ${DUNLIN} ${BASALT}`],
      ['No such hotkey', `delegate switch ${BASALT} ${STRANGER}`],
      ['No such subnet', '+--netuid 99'],
    ],
  },
  {
    name: 'delegate-take-set',
    title: 'Set the take of a hotkey',
    about: 'For owners of a hotkey: the share of what its nominators earn that stays with it.',
    wallet: '//Basalt',
    line: take('5'),
    question: asks('take'),
    refusal: storageChanges(
      'the lowest take the chain allows is raised',
      'MinDelegateTake',
      [],
      6553,
    ),
    mistakes: [
      ['No take', 'delegate take set'],
      ['More than is allowed', take('30')],
      ['Too many decimals', take('5.123')],
      ['Somebody else’s hotkey', take('5', AURORA)],
      ['No such hotkey', take('5', STRANGER)],
    ],
  },
  {
    name: 'rewards-claim',
    title: 'Claim root dividends',
    about: 'What root stake has earned on the subnets is paid out.',
    wallet: '//Delegator1',
    before: ['dev advance --tempos 3'],
    line: 'rewards claim',
    question: asks('Claim'),
    refusal: queueIsFull,
    mistakes: [
      ['No such subnet', 'rewards claim --netuid 99'],
      [
        'Six subnets',
        'rewards claim --netuid 1 --netuid 2 --netuid 3 --netuid 4 --netuid 5 --netuid 8',
      ],
      ['A hotkey with nothing', `rewards claim --hotkey ${STRANGER}`],
    ],
  },
  {
    name: 'rewards-claim-type',
    title: 'Choose what a claim pays',
    about: 'Root dividends are swapped for TAO, or kept as alpha of some subnets.',
    wallet: '//Delegator4',
    line: 'rewards claim-type keep-subnets --netuid 8',
    question: asks('?'),
    refusal: queueIsFull,
    mistakes: [
      ['Not a type', 'rewards claim-type sell'],
      ['No subnets', 'rewards claim-type keep-subnets'],
      ['Subnets that do not matter', 'rewards claim-type keep --netuid 1'],
      ['No such subnet', 'rewards claim-type keep-subnets --netuid 99'],
      ['As it is', 'rewards claim-type swap'],
    ],
  },
  {
    name: 'wallet-transfer',
    title: 'Send TAO',
    about: 'To a wallet, a name of the address book or an address. One that is new is typed back.',
    wallet: '//Alice',
    line: `wallet transfer --to ${STRANGER} --amount 2.5`,
    question: asksFor(STRANGER.slice(-8)),
    refusal: balanceFalls(ALICE),
    mistakes: [
      ['No amount', `wallet transfer --to ${STRANGER}`],
      ['Nobody to send to', 'wallet transfer --amount 1'],
      ['An amount below zero', `wallet transfer --to ${STRANGER} --amount -1`],
      ['Too many decimals', `wallet transfer --to ${STRANGER} --amount 0.1234567891`],
      ['More than there is', `wallet transfer --to ${STRANGER} --amount 5000000`],
      ['To oneself', 'wallet transfer --to //Alice --amount 1'],
      ['A name that is not known', 'wallet transfer --to exchange --amount 1'],
      ['A yes is not enough', '+--yes'],
    ],
  },
];
