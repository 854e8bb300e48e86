/**
 * The accounts of the dev chain's presets, each with the development key it belongs to: the
 * well-known phrase and the name as derivation path. Public keys only.
 */
import type { Account } from '../../economy/state.ts';

/** By derivation path; `//Aurora//hot` is the hotkey of the coldkey `//Aurora`. */
export const devAccounts = {
  '//Alice': '0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d',
  '//Bob': '0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48',
  '//Charlie': '0x90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22',
  '//Dave': '0x306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20',
  '//Eve': '0xe659a7a1628cdd93febc04a4e0646ea20e9f5f0ce097d9a05290d4a9e054df4e',
  '//Ferdie': '0x1cbd2d43530a44705ad088af313e18f80b53ef16b36177cd4b77b846f2a5f07c',
  '//One': '0xac859f8a216eeb1b320b4c76d118da3d7407fa523484d0a980126d3b4d0d220a',
  '//Two': '0x1254f7017f0b8347ce7ab14f96d818802e7e9e0c0d1b7c9acb3c726b080e7a03',
  '//Three': '0x9026941b7aa2328a8c5ea4e25bb747a2bf92a066fae0cc3722faf58cf44d3502',
  '//Aurora': '0x76b8c55ea2688ba0d254add8c9dd3aacf5a05e87c4fec2204b1855428bf7f327',
  '//Aurora//hot': '0x50dce1f33380b4dd771580f9c29ad6da5bb0de6bc65320911d52026cb4af9f7b',
  '//Basalt': '0xce6b582ddde17670cac84ec9de09dffbf78eeea333d21a41455a2edd06532358',
  '//Basalt//hot': '0xec423d1b448bf2207e8c89e92723ed516819f7eacba59b6a7cd52a3bfd38b125',
  '//Cobalt': '0x62ef52ed38a684d0d7a1273b35ab830edf3033f6f563ebe9073e54fdb8cc2713',
  '//Cobalt//hot': '0x3ab77112388aa7eb538cf621a6b0edc023ec8fd2428352c9d91426680b0d1a03',
  '//Dunlin': '0x2a70bd31f6361b98985deef54b131ec34c325f5abc0e8cfd481249de2cb09d4e',
  '//Dunlin//hot': '0x6a490f1cc1641cb82638b9d252e1992be6b3f12c74ba853aadd4e9e2672e3342',
  '//Ember': '0x3e4f03cf3750e564db605f84ffef5053e1d13aa4f4a9e6d377a9098ed340c91b',
  '//Ember//hot': '0x041caab7b4903fd9a21af0f1be5228f7802a4611b49cb786f47fa344fe97530d',
  '//Fjord': '0x6e9cd94d1cde2a1e7b5e849b034061e8a8bd6446f16db4fc00ea1fe271413c3a',
  '//Fjord//hot': '0xd29d5423e78f6ccea0f1c2cdc28e349856a947de22a3055043843dc4dc509309',
  '//Owner1': '0x8a12b1eba7ffeb9d34bfefe7412b98afb4f74f4fee50b8a9b43a56ab7b146656',
  '//Owner1//hot': '0x208a9831d2554b7a95727add3705ca0c8962946d52afa95aea4ce599306e744c',
  '//Miner11//hot': '0xf01bca0daafaad27fb40d8eeff0801f9a6a17a512b92db58f46ff77a93a49167',
  '//Miner12//hot': '0x228daf1477bfecc99865eab275fcf2f22d20aa3ecd55566b596f92bec791d676',
  '//Miner13//hot': '0x7231a7c4199cc9b1bf4f021d96ef3a7caa215a1758af94f97af13b432ae5256b',
  '//Miner14//hot': '0x9a08fcf5adbb7a215ef54471018062ecba56ab736319cb513f4242832ccb8e6c',
  '//Owner4': '0x4a72c4c7290f8bdc29d9fdfc71d8b6c25b73176e80f645598fffe33b69e5d14e',
  '//Owner4//hot': '0x6e96abf0b235bad724311a4e9a6bd82b3276fd5b02bcfbf05e8569a7a0be1b6d',
  '//Miner41//hot': '0x3cdb0ba735261754eeb43f8fa2c7f8e016bcc3b2d5b09af7dfa3f07c0cea8e1e',
  '//Miner42//hot': '0x0c9d04ab097159427b926fc986e940b76b0a9f10f875e841c2a7efe16adb322e',
  '//Miner43//hot': '0x74ca80f38013a10d9bb0d04c1c73c6579f716448a87b90e843bae73b745bbb1e',
  '//Miner44//hot': '0x1cd7cb18452d733ee9846cb98c48c58c4603c985b30ecf1fb21e0f144595d741',
  '//Owner8': '0x06d03cc9df8557f1aaf29c2f22b5f05c99fc8cbdfdad0a99ca96def20280b804',
  '//Owner8//hot': '0xc27c2858e3694afdfb8d75e3c4cc136cb0d6c017b9b4b6b513652bb1745cea2d',
  '//Miner81//hot': '0xbc2f99d9732339374acbd40f67df4fa5144340429fc8d829bab8a2712dd83640',
  '//Miner82//hot': '0x82eaee9ff621a27c242d63a7ee7d7b6e555fcff41aef1cfdae8d4533d9386676',
  '//Miner83//hot': '0x4676e0160950a8b72b047f850fe6fe231e14c2ccae4516670e78d66b230b937b',
  '//Miner84//hot': '0x8440f7784a69d11f634d54d3fd38ce600fe2a962af69c2c57dab1eeccbf4d60e',
  '//Miner1': '0xa64a73d8ce608b2df9c1480754edb78fbf322c51027f149caeae087b7c980a08',
  '//Miner4': '0xbc4f22bddac2dbf5228bdca7c19a18988c9cbfe3ab1d44b7715f112d1e7acd52',
  '//Miner8': '0x5e848c80cb8a066e86e252a563187a7011d61db35a0cfa5d22da0addafe44d4c',
  '//Delegator1': '0x7ac53de8ac099bc926c31c06b9e7eca23469f9d19e6490d57dc7d7b2fa379f4e',
  '//Delegator2': '0x24d1fa3bfe366d5dd91213916d228d59ce9b02a7631b7bf3ca0e366782acf132',
  '//Delegator3': '0xd64bf3ea192e67e4b4bc71ffd52ef322ba89c8d1c068b58a5a56e0a510daec56',
  '//Delegator4': '0x4ef4268a32ad0974ba11a68b50a5f24430b337ec85f2de444bb3ca9cf1392d07',
  '//Delegator5': '0xc6d54fdb8e4f237822b96c7c30ed849520f7cf2e90ce4f2ba535c3d48dc76462',
  '//Fiona': '0x803881365b012575aae75f0e236d8a08d245c2674e31d27d66aae7c2612e4c73',
  '//RootHolders': '0x2c67eaa77aec2f6db777199ecaa6932baba738e8f308d73fc5855db5555f8a14',
} as const satisfies Record<string, Account>;

export type DevAccountName = keyof typeof devAccounts;

/** Holds the TAO of the real network that nobody on the dev chain owns. Nobody has its key. */
export const ELSEWHERE: Account = moduleAccount('devchain');

/** Blocks are authored by these in turn, as on the real node's local chain. */
export const authorities: readonly Account[] = [
  devAccounts['//One'],
  devAccounts['//Two'],
  devAccounts['//Three'],
];

/** The account that holds a subnet's TAO: `modl`, the pallet's id, the netuid, zeros. */
export function subnetAccount(netuid: number): Account {
  return moduleAccount('subtensr', [netuid & 0xff, netuid >> 8]);
}

function moduleAccount(id: string, sub: readonly number[] = []): Account {
  const bytes = [...[...`modl${id}`].map((char) => char.charCodeAt(0)), ...sub];
  return `0x${bytes
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .padEnd(64, '0')}`;
}
