/**
 * The figures of mainnet on 2026-08-10 that the preset `finney` starts from: issuance, root stake,
 * every subnet's EMA price and switch, and the pools that were published. Data only.
 */

export const ISSUANCE_RAO = 11_219_409_114_200_811n;
export const ROOT_STAKE_RAO = 5_413_546_520_000_000n;

export type SubnetFigures = {
  readonly netuid: number;
  /** Millionths of a TAO per alpha. */
  readonly emaMicroTao: number;
  readonly emissionEnabled: boolean;
};

/** `netuid:price`, the price in millionths of a TAO; a minus where TAO emission was off. */
const SUBNETS = `
  1:8054 2:4216 3:25630 4:57038 5:13702 6:2964 7:3321 8:29832 9:33401 10:6398- 11:7657 12:4999-
  13:6294 14:10195- 15:21038 16:3094- 17:9592 18:5150 19:10228 20:2892- 21:3186 22:3353 23:4562
  24:4405 25:10332- 26:4317- 27:2477- 28:16706 29:3131- 30:4021- 31:5064- 32:3187 33:5635
  34:12238 35:2785 36:1670 37:3596- 38:11619 39:6459 40:6692 41:5026 42:2774- 43:5369- 44:42633
  45:2634- 46:4547 47:2858- 48:4478 49:7034 50:4823 51:73255 52:6780- 53:33180 54:4743 55:2857
  56:16981 57:5359- 58:8788- 59:2019 60:4075 61:8461 62:12264 63:8203 64:86481 65:2534 66:3033
  67:6518 68:24419 69:9912- 70:1371- 71:3849 72:2701- 73:3274- 74:3809 75:19342 76:2632 77:6135-
  78:2605 79:7527 80:14918 81:7893 82:4499 83:10613- 84:2521- 85:5342 87:3704- 88:4539 89:3664
  90:25303- 91:9309 92:3914- 93:9760 94:3750 95:57053- 96:8541 97:25306 98:2965 99:4781 100:5732
  101:4636 102:8691 103:9532- 104:4384- 105:7274 106:3108 107:61580 108:4023- 109:3304- 110:7370
  111:4958- 112:2535 113:2730- 114:11642 115:3533- 116:7126- 117:2574 118:9272 119:3091-
  120:59987 121:4739 122:4685- 123:2703 124:10121 125:3280- 126:5165 127:2883 128:2938-
`;

/** All subnets but root, ascending. */
export const subnetFigures: readonly SubnetFigures[] = SUBNETS.trim()
  .split(/\s+/)
  .map((word) => {
    const [netuid = '', price = ''] = word.split(':');
    return {
      netuid: Number.parseInt(netuid, 10),
      emaMicroTao: Number.parseInt(price, 10),
      emissionEnabled: !price.endsWith('-'),
    };
  });

export type PoolFigures = {
  readonly netuid: number;
  readonly name: string;
  /** Hundredths of a TAO in the pool, of alpha in it, and of alpha outside it. */
  readonly tao: bigint;
  readonly alpha: bigint;
  readonly out: bigint;
};

/** The twelve pools whose reserves were published. */
export const poolFigures: readonly PoolFigures[] = [
  { netuid: 64, name: 'Chutes', tao: 22_003_908n, alpha: 256_249_519n, out: 332_762_107n },
  { netuid: 51, name: 'lium.io', tao: 14_098_741n, alpha: 191_668_946n, out: 366_893_554n },
  { netuid: 107, name: 'Minos', tao: 1_918_440n, alpha: 31_270_951n, out: 140_606_178n },
  { netuid: 120, name: 'Affine', tao: 8_437_764n, alpha: 138_909_616n, out: 255_699_184n },
  { netuid: 4, name: 'Targon', tao: 13_677_760n, alpha: 240_874_263n, out: 349_834_862n },
  { netuid: 44, name: 'Score', tao: 6_959_655n, alpha: 165_174_169n, out: 399_829_027n },
  { netuid: 9, name: 'iota', tao: 6_092_617n, alpha: 182_142_227n, out: 395_112_146n },
  { netuid: 53, name: 'engy', tao: 3_510_727n, alpha: 109_709_666n, out: 458_036_457n },
  { netuid: 8, name: 'Vanta', tao: 8_121_894n, alpha: 272_161_573n, out: 301_960_715n },
  { netuid: 3, name: 'deprecated', tao: 7_414_925n, alpha: 291_624_340n, out: 281_914_161n },
  { netuid: 97, name: 'Albedo', tao: 1_105_713n, alpha: 44_456_720n, out: 93_214_463n },
  { netuid: 68, name: 'NOVA', tao: 4_615_392n, alpha: 189_001_999n, out: 360_934_949n },
];
