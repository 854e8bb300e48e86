/** Specs of `tao wallet address-book …`: plain data, loads nothing else. */
import type { CommandSpec, FieldSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';

const entryFields: readonly FieldSpec[] = [
  { name: 'name', type: 'string', summary: 'Name' },
  { name: 'address', type: 'string', summary: 'Address' },
  { name: 'note', type: 'string', summary: 'Note, or null' },
];

const addSpec: CommandSpec = {
  path: ['wallet', 'address-book', 'add'],
  summary: 'Name an address',
  description: [
    'The name can then be used wherever an account is wanted, and a transfer to it needs no more than a yes: compare the address with its source first.',
    'The same name and address again change the note.',
  ],
  examples: [
    {
      command: `tao wallet address-book add exchange ${devExamples.delegator} --note deposit`,
      note: 'with a note',
    },
  ],
  arguments: [
    { name: 'name', summary: 'Letters, digits, dots, hyphens and underscores', required: true },
    { name: 'address', summary: 'ss58 address', required: true },
  ],
  options: [{ name: 'note', value: 'TEXT', summary: 'What it is for' }],
  fields: entryFields,
  effect: 'writes-local',
  schema: 'wallet.address-book.add/1',
  load: async () => (await import('./address-book-add.ts')).walletAddressBookAdd,
};

const listSpec: CommandSpec = {
  path: ['wallet', 'address-book', 'list'],
  summary: 'List the names of the address book',
  examples: [{ command: 'tao wallet address-book list', note: 'every name with its address' }],
  fields: entryFields.map((field) => ({ ...field, name: `entries[].${field.name}` })),
  effect: 'reads',
  schema: 'wallet.address-book.list/1',
  load: async () => (await import('./address-book-list.ts')).walletAddressBookList,
};

const removeSpec: CommandSpec = {
  path: ['wallet', 'address-book', 'remove'],
  summary: 'Remove a name from the address book',
  examples: [{ command: 'tao wallet address-book remove exchange', note: 'forget it' }],
  arguments: [{ name: 'name', summary: 'Name of the entry', required: true }],
  fields: entryFields,
  effect: 'writes-local',
  schema: 'wallet.address-book.remove/1',
  load: async () => (await import('./address-book-remove.ts')).walletAddressBookRemove,
};

export const walletAddressBookSpecs: readonly CommandSpec[] = [addSpec, listSpec, removeSpec];
