/** `tao stake auto show`: where the incentive of the own miners is staked. */
import { readAutoStakes } from '../../chain/queries/read-auto-stake.ts';
import { readSubnets } from '../../chain/queries/read-subnets.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { readAccountArgument } from '../../pipeline/resolve-address.ts';
import { readValidatorNames } from '../../pipeline/validator-names.ts';

export const stakeAutoShow: CommandBody = {
  run: async (context, raw) => {
    const owner = await readAccountArgument(context, raw);
    const chain = await context.openChain();
    const view = await chain.at('best');
    const [destinations, subnets] = await Promise.all([
      readAutoStakes(view, owner.address),
      readSubnets(view),
    ]);
    const names = await readValidatorNames(
      view,
      destinations.map(({ hotkey }) => hotkey),
    );
    const rows = destinations.map(({ netuid, hotkey }) => ({
      netuid,
      subnet: subnets.find((subnet) => subnet.netuid === netuid)?.name ?? '',
      hotkey,
      validator: names.get(hotkey) ?? '',
    }));
    return {
      data: {
        address: owner.address,
        block: { number: view.number, hash: view.hash },
        destinations: rows,
      },
      view: () =>
        rows.length === 0
          ? [
              {
                kind: 'hint',
                text: 'None is set: incentive stays with the hotkey that earns it. tao stake auto set changes that.',
              },
            ]
          : [
              {
                kind: 'table',
                columns: [
                  { header: 'Netuid', align: 'right' },
                  { header: 'Subnet' },
                  { header: 'Validator' },
                  { header: 'Hotkey', kind: 'address' },
                ],
                rows: rows.map((row) => [
                  row.netuid.toString(),
                  row.subnet,
                  row.validator,
                  row.hotkey,
                ]),
              },
            ],
    };
  },
};
