/** `tao multisig add`: saves who signs for a shared account; nothing goes to the chain. */
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { openMultisigBook, resolveAccount } from '../../pipeline/resolve-address.ts';
import { MAX_SIGNATORIES } from '../../signing/multisig-book.ts';
import { multisigRows } from './saved-multisig.ts';

export const multisigAdd: CommandBody = {
  run: async (context, raw) => {
    const given = raw.options.signatory;
    const texts = Array.isArray(given) ? given : [];
    const thresholdText = optionText(raw, 'threshold');
    if (thresholdText === undefined || texts.length === 0) {
      throw missing([
        ...(thresholdText === undefined ? ['--threshold'] : []),
        ...(texts.length === 0 ? ['--signatory'] : []),
      ]);
    }
    const accounts = await Promise.all(texts.map((text) => resolveAccount(context, text)));
    const multisig = await openMultisigBook(context).add({
      name: raw.arguments.name?.[0] ?? '',
      threshold: parseThreshold(thresholdText),
      signatories: accounts.map(({ address }) => address),
    });
    return {
      data: multisig,
      view: () => [
        {
          kind: 'receipt',
          verb: 'Saved',
          subject: `the multisig ${multisig.name}`,
          details: multisigRows(multisig),
        },
        { kind: 'hint', text: `Compare the address with the other signatories before using it.` },
      ],
    };
  },
};

function missing(options: readonly string[]): TaoError {
  return new TaoError('USAGE_MISSING', {
    message: `Couldn't save the multisig: ${options.join(' and ')} ${options.length === 1 ? 'is' : 'are'} missing.`,
    hint: 'Add --threshold N, and --signatory ACCOUNT once for each of them, your own among them.',
    data: { missing: options },
  });
}

function parseThreshold(text: string): number {
  const threshold = /^\d{1,3}$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  if (threshold >= 1 && threshold <= MAX_SIGNATORIES) return threshold;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --threshold "${text}": it must be a whole number from 1 to ${MAX_SIGNATORIES}.`,
    hint: 'Give how many signatories have to approve.',
    data: { option: 'threshold', value: text },
  });
}
