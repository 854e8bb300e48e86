/**
 * A runtime as the dev chain presents it: everything declared, of one spec version. Others are laid
 * over the base as data, so that a client can be shown two shapes of one chain.
 */
import type {
  ApiDeclarations,
  CallDeclarations,
  ConstantDeclarations,
  EventDeclarations,
  PalletDeclaration,
  StorageDeclarations,
  TypeDeclarations,
} from '../declare.ts';

export type RuntimeProfile = {
  readonly name: string;
  readonly specVersion: number;
  /** By index. */
  readonly pallets: readonly PalletDeclaration[];
  readonly types: TypeDeclarations;
  readonly apis: ApiDeclarations;
};

/** What a pallet has that the base's does not. What is not named stays. */
export type PalletOverlay = {
  readonly withoutCalls?: readonly string[];
  readonly calls?: CallDeclarations;
  /** The whole list: order is index. */
  readonly events?: EventDeclarations;
  /** The whole list: order is index. */
  readonly errors?: readonly string[];
  readonly withoutStorage?: readonly string[];
  readonly storage?: StorageDeclarations;
  readonly constants?: ConstantDeclarations;
};

export type ApiOverlay = {
  readonly version?: number;
  readonly without?: readonly string[];
  readonly methods?: ApiDeclarations[string]['methods'];
};

export type ProfileOverlay = Pick<RuntimeProfile, 'name' | 'specVersion'> & {
  readonly pallets: Readonly<Record<string, PalletOverlay>>;
  readonly types: TypeDeclarations;
  readonly apis: Readonly<Record<string, ApiOverlay>>;
};

/** The profile that an overlay makes of another. Naming what is not there is a defect and throws. */
export function overlaid(base: RuntimeProfile, overlay: ProfileOverlay): RuntimeProfile {
  const { name, specVersion } = overlay;
  const known = new Set(base.pallets.map((pallet) => pallet.name));
  for (const pallet of Object.keys(overlay.pallets)) {
    if (!known.has(pallet)) throw new TypeError(`No pallet ${pallet} to lay over`);
  }
  return {
    name,
    specVersion,
    pallets: base.pallets.map((pallet) => overlaidPallet(pallet, overlay.pallets[pallet.name])),
    types: { ...base.types, ...overlay.types },
    apis: overlaidApis(base.apis, overlay.apis),
  };
}

/** A value made once per profile. */
export function perProfile<T>(make: (profile: RuntimeProfile) => T): (of: RuntimeProfile) => T {
  const made = new Map<RuntimeProfile, T>();
  return (profile) => {
    const found = made.get(profile);
    if (found !== undefined) return found;
    const value = make(profile);
    made.set(profile, value);
    return value;
  };
}

function overlaidPallet(
  base: PalletDeclaration,
  overlay: PalletOverlay | undefined,
): PalletDeclaration {
  if (overlay === undefined) return base;
  return {
    ...base,
    calls: { ...without(base.calls, overlay.withoutCalls), ...overlay.calls },
    events: overlay.events ?? base.events,
    errors: overlay.errors ?? base.errors,
    storage: { ...without(base.storage, overlay.withoutStorage), ...overlay.storage },
    constants: { ...base.constants, ...overlay.constants },
  };
}

function overlaidApis(base: ApiDeclarations, overlays: ProfileOverlay['apis']): ApiDeclarations {
  const names = [...Object.keys(base), ...Object.keys(overlays)];
  return Object.fromEntries(
    names.map((name) => {
      const { version = 1, methods = {} } = base[name] ?? {};
      const overlay = overlays[name] ?? {};
      const list = { ...without(methods, overlay.without), ...overlay.methods };
      return [name, { version: overlay.version ?? version, methods: list }];
    }),
  );
}

function without<T>(
  record: Readonly<Record<string, T>>,
  names: readonly string[] = [],
): Readonly<Record<string, T>> {
  for (const name of names) {
    if (!Object.hasOwn(record, name)) throw new TypeError(`No ${name} to take away`);
  }
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
