/** TAO becomes stake. Data only. */
import { bobStakesFirst } from '../helpers/front-run.ts';
import { asks, type Operation } from './operation.ts';
import { BASALT, DUNLIN, SLIP, STRANGER, TAO } from './people.ts';

const add = `stake add --netuid 8 --hotkey ${BASALT}`;
const othersBuy = {
  because: 'somebody else buys so much that the price goes past the limit',
  adapt: bobStakesFirst({ netuid: 8, hotkey: BASALT, amountRao: 20_000n * TAO }),
};

export const staking: readonly Operation[] = [
  {
    name: 'stake-add',
    title: 'Stake TAO with a validator',
    about: 'TAO of the wallet becomes alpha of a subnet, held with a validator.',
    wallet: '//Alice',
    line: `${add} --amount 2.5`,
    question: asks('Stake 2.5 TAO?'),
    refusal: othersBuy,
    more: [
      {
        heading: 'What is missing is asked for',
        says: 'On a terminal; elsewhere it is a mistake.',
        line: 'stake add --netuid 8 --percent 0.001',
        on: 'terminal',
        answers: [
          { kind: 'text', question: '', answer: BASALT },
          { kind: 'confirm', question: 'Stake', answer: false },
        ],
      },
      {
        heading: 'A refusal, for a program',
        says: `The error is on stdout, as data; the exit code is the same. Here ${othersBuy.because}.`,
        line: `${add} --amount 2.5 --yes --json`,
        on: 'pipe',
        adapt: othersBuy.adapt,
      },
      {
        heading: 'A mistake, for a program',
        says: 'In the same form.',
        line: `${add} --amount 0.0001 --json`,
        on: 'pipe',
      },
      {
        heading: 'Twice with one request id',
        says: 'The second run reports what the first one did.',
        line: `${add} --amount 2.5 --yes --request-id payroll-42`,
        on: 'pipe',
        after: [
          {
            says: 'The same line again sends nothing:',
            line: `${add} --amount 2.5 --yes --request-id payroll-42`,
          },
        ],
      },
    ],
    mistakes: [
      ['No amount', add],
      ['An amount below zero', `${add} --amount -1`],
      ['A unit with the amount', `${add} --amount 2.5TAO`],
      ['Too many decimals', `${add} --amount 0.1234567891`],
      ['Less than the chain takes', `${add} --amount 0.0001`],
      ['More than there is', `${add} --amount 5000000`],
      ['Two amounts', '+--percent 5'],
      ['No such subnet', `stake add --netuid 99 --hotkey ${BASALT} --amount 1`],
      ['No such hotkey', `stake add --netuid 8 --hotkey ${STRANGER} --amount 1`],
      ['An address with a slip', `stake add --netuid 8 --hotkey ${SLIP} --amount 1`],
      ['A limit past the market', '+--limit-price 0.1'],
      ['A tolerance that is none', '+--tolerance 500'],
      ['A wallet that is not there', '+--wallet savings'],
    ],
  },
  {
    name: 'stake-add-several',
    title: 'Several stakes in one transaction',
    about:
      'One signature, one nonce, one fee; all of them or none, unless `--best-effort` is given.',
    wallet: '//Alice',
    line: `stake add --to ${BASALT}:8=2 --to ${DUNLIN}:8=1.5 --to ${BASALT}:0=5`,
    question: asks('Stake 8.5 TAO'),
    refusal: othersBuy,
    more: [
      {
        heading: 'As much as can be done',
        says: `With \`--best-effort\` what the chain refuses is left out. Between the plan and its block ${othersBuy.because}.`,
        line: `stake add --to ${BASALT}:8=2 --to ${BASALT}:0=5 --best-effort --yes`,
        on: 'terminal',
        adapt: othersBuy.adapt,
      },
    ],
    mistakes: [
      ['A target that is none', `stake add --to ${BASALT}=2`],
      ['A subnet that is not there', `stake add --to ${BASALT}:99=2 --to ${BASALT}:8=1`],
      ['The same target twice', `stake add --to ${BASALT}:8=2 --to ${BASALT}:8=1`],
      ['An amount beside', '+--amount 5'],
      ['One of them too small', `stake add --to ${BASALT}:8=2 --to ${DUNLIN}:8=0.0001`],
      ['More than there is', `stake add --to ${BASALT}:0=600000 --to ${DUNLIN}:0=600000`],
    ],
  },
  {
    name: 'stake-add-shielded',
    title: 'Stake without being seen before',
    about:
      'With `--shield on` the transaction travels encrypted until it is in its block, so that nobody can trade before it.',
    wallet: '//Alice',
    line: `${add} --amount 2.5 --shield on`,
    question: asks('Stake 2.5 TAO?'),
    refusal: othersBuy,
    mistakes: [
      ['Not to be sent', '+--unsigned-out /home/ada/plan.json'],
      ['Valid for longer than it may be', '+--era 64'],
      ['Not a choice', `${add} --amount 2.5 --shield maybe`],
    ],
  },
];
