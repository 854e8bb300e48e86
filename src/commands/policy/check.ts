/** `tao policy check`: the verdict on a file, as the machine that signs would give it. */
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { displayRao, tao, taoJson } from '../../domain/amount.ts';
import { checkFile } from '../../pipeline/offline/check-file.ts';
import { callData, callRows } from '../../pipeline/offline/explain-call.ts';

/** As the refusal of a signature: a script may rely on it. */
const REFUSED = 7;

export const policyCheck: CommandBody = {
  run: async (context, raw) => {
    const { spending, refusal, warnings } = await checkFile(context, {
      path: raw.arguments.file?.[0] ?? '',
      trustedHash: optionText(raw, 'trust-metadata'),
    });
    const { movesRao, call, policy } = spending;
    const moves = movesRao === undefined ? 'not known here' : `${displayRao(movesRao, 9)} TAO`;
    return {
      data: {
        isAllowed: refusal === undefined,
        rule: refusal?.data.rule ?? null,
        reason: refusal?.message ?? null,
        moves: movesRao === undefined ? null : taoJson(tao(movesRao)),
        call: callData(call),
        hasPolicy: policy !== undefined,
      },
      warnings,
      ...(refusal === undefined ? {} : { exitCode: REFUSED }),
      view: () => [
        {
          kind: 'rows',
          rows: [
            ...callRows(call),
            ['Moves', moves],
            [
              'Policy',
              refusal === undefined
                ? { text: policy === undefined ? 'none is set' : 'allows it', tone: 'good' }
                : { text: 'refuses it', tone: 'bad' },
            ],
            ...(refusal === undefined ? [] : [['Because', refusal.message] as const]),
          ],
        },
      ],
    };
  },
};
