/** How `tao config list` looks. */
import type { SettingSource } from '../../cli/context.ts';
import type { View } from '../../cli/spec.ts';

export type ConfigListing = {
  readonly path: string;
  readonly settings: readonly {
    readonly key: string;
    readonly value: string;
    readonly source: SettingSource;
    readonly environment: string;
  }[];
};

export function viewConfigList(listing: ConfigListing): View {
  return [
    {
      kind: 'table',
      columns: [{ header: 'Preference' }, { header: 'Value' }, { header: 'Source' }],
      rows: listing.settings.map(({ key, value, source }) => [key, value, source]),
    },
    { kind: 'hint', text: `Change one with tao config set KEY VALUE; stored in ${listing.path}` },
  ];
}
