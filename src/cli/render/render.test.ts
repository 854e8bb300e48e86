import { describe, expect, it } from 'vitest';
import type { OutputStream } from '../context.ts';
import type { Column } from '../spec.ts';
import { openCanvas, pad } from './canvas.ts';
import { displayWidth } from './display-width.ts';
import { neutralise, neutraliseJson, neutraliseLines } from './neutralise.ts';
import { renderView } from './print-view.ts';
import { renderReceipt, renderRows } from './rows.ts';
import { renderTable } from './table.ts';

function canvasOf(stream: Partial<OutputStream>) {
  const base = { write: () => undefined, isTerminal: true, width: 80, colorLevel: 0 } as const;
  return openCanvas({ ...base, ...stream });
}

const pipe = await canvasOf({ isTerminal: false });
const terminal = await canvasOf({});
const narrow = await canvasOf({ width: 40 });
const colored = await canvasOf({ colorLevel: 1 });

const hotkey = '5F3sa2TJAWMqDhXG6jhV4N8ko9SxwGy8TpaNS1repo5EYjQk';

describe('display width', () => {
  it.each([
    ['abc', 3],
    ['', 0],
    ['日本', 4],
    ['e\u0301', 1],
    ['👩‍💻', 2],
    ['🇩🇪', 2],
    ['ａ', 2],
    ['…', 1],
    ['✓', 1],
  ])('of %s is %d', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('decides padding, on either side', () => {
    expect(pad(terminal, '日', 4)).toBe('日  ');
    expect(pad(terminal, '日', 4, 'right')).toBe('  日');
    expect(pad(terminal, 'long', 2)).toBe('long');
  });
});

describe('neutralising', () => {
  it('replaces control characters and keeps emoji sequences', () => {
    expect(neutralise('a\u001b[31mb\r\n\u0085\u202e\u2066c\u{e0041}')).toBe(
      'a\ufffd[31mb\ufffd\ufffd\ufffd\ufffd\ufffdc\ufffd',
    );
    expect(neutralise('👩‍💻 ü 日本')).toBe('👩‍💻 ü 日本');
    expect(neutraliseLines('a\nb\u0007')).toBe('a\nb\ufffd');
  });

  it('keeps the value of a JSON text', () => {
    const value = { 'k\u202e': ['\u009b2J', '\u007f', '\u{e0041}', 'é'] };
    const text = neutraliseJson(JSON.stringify(value, undefined, 2));
    expect(JSON.parse(text)).toEqual(value);
    expect(text).toContain('\\u009b');
    expect(text).toContain('\\udb40\\udc41');
  });
});

describe('a table', () => {
  const columns: readonly Column[] = [
    { header: 'Subnet', align: 'right' },
    { header: 'Hotkey', kind: 'address' },
    { header: 'Name' },
    { header: 'Stake', align: 'right' },
  ];
  const rows = [
    ['8', hotkey, '日本の鍵', '41.07'],
    ['64', hotkey, { text: 'Zoë', tone: 'good' as const }, '1,204.5'],
  ];

  it('is headed and aligned on a terminal that is wide enough', () => {
    expect(renderTable(columns, rows, { ...terminal, width: 100 })).toEqual([
      'Subnet  Hotkey                                            Name        Stake',
      `     8  ${hotkey}  日本の鍵    41.07`,
      `    64  ${hotkey}  Zoë       1,204.5`,
    ]);
  });

  it('shortens addresses, and only those, on one that is not', () => {
    expect(renderTable(columns, rows, narrow)).toEqual([
      'Subnet  Hotkey     Name        Stake',
      '     8  5F3s…YjQk  日本の鍵    41.07',
      '    64  5F3s…YjQk  Zoë       1,204.5',
    ]);
  });

  it('breaks headings before it breaks texts, and neither within a word', () => {
    const record: readonly Column[] = [
      { header: 'Id' },
      { header: 'Earned (alpha)', align: 'right' },
      { header: 'What' },
    ];
    const what = 'Stake 2.5 TAO with Basalt in subnet 8';
    expect(renderTable(record, [['a1', '41.07', what]], { ...terminal, width: 50 })).toEqual([
      '     Earned',
      'Id  (alpha)  What',
      `a1    41.07  ${what}`,
    ]);
    const toned = { text: what, tone: 'warn' as const };
    expect(renderTable(record, [['a1', '41.07', toned], ['b2']], narrow)).toEqual([
      '     Earned',
      'Id  (alpha)  What',
      'a1    41.07  Stake 2.5 TAO with Basalt',
      '             in subnet 8',
      'b2',
    ]);
    expect(renderTable(record, [['a1', '41.07', toned]], { ...colored, width: 40 })[3]).toBe(
      `             ${'\u001b[33m'}in subnet 8${'\u001b[39m'}`,
    );
  });

  it('goes on below with its keys where nothing else helps', () => {
    const keyed: readonly Column[] = [
      { header: 'Netuid', align: 'right', isKey: true },
      { header: 'Hotkey', kind: 'address', isKey: true },
      { header: 'Entry cost', align: 'right' },
      { header: 'Value now', align: 'right' },
      { header: 'Since' },
    ];
    const row = ['8', hotkey, '1,179.290616', '1,177.225996', '7'];
    expect(renderTable(keyed, [row], narrow)).toEqual([
      'Netuid  Hotkey       Entry cost',
      '     8  5F3s…YjQk  1,179.290616',
      '',
      'Netuid  Hotkey        Value now  Since',
      '     8  5F3s…YjQk  1,177.225996  7',
    ]);
    // A long one in the middle takes a block of its own, and no third one is opened after it.
    const hashed = ['8', hotkey, '0.5', `0x${'ab'.repeat(12)}`, '7'];
    const withHash = keyed.map((one) => (one.header === 'Value now' ? { header: 'Hash' } : one));
    expect(renderTable(withHash, [hashed], { ...terminal, width: 46 })).toEqual([
      'Netuid  Hotkey     Entry cost  Since',
      '     8  5F3s…YjQk         0.5  7',
      '',
      'Netuid  Hotkey     Hash',
      `     8  5F3s…YjQk  0x${'ab'.repeat(12)}`,
    ]);
    const long = [['8', 'short', 'x'.repeat(60), '1']];
    expect(renderTable(columns, long, narrow)).toEqual([
      'Subnet  Hotkey  Stake',
      '     8  short       1',
      '',
      'Subnet  Name',
      `     8  ${'x'.repeat(60)}`,
    ]);
  });

  it('has no line wider than the terminal, whatever the width, and loses no word', () => {
    const widths = Array.from({ length: 60 }, (_, index) => index + 34);
    const texts = ['Stake 2.5 TAO with Basalt in subnet 8', '日本 の 鍵 です'];
    const many: readonly Column[] = [...columns, { header: 'What was done' }, { header: 'Then' }];
    const cells = texts.map((text) => ['8', hotkey, 'Zoë', '41.07', text, text]);
    for (const width of widths) {
      const lines = renderTable(many, cells, { ...terminal, width });
      expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
      const seen = lines.join(' ').split(/ +/);
      for (const word of texts.flatMap((text) => text.split(' '))) {
        expect(seen.filter((one) => one === word).length).toBeGreaterThanOrEqual(2);
      }
    }
  });

  it('tells a time to the minute on a terminal and in full in a pipe', () => {
    const timed: readonly Column[] = [{ header: 'When (UTC)', kind: 'time' }, { header: 'Block' }];
    const when = [
      ['2026-11-22T08:15:59Z', '7'],
      ['', '8'],
    ];
    expect(renderTable(timed, when, terminal)).toEqual([
      'When (UTC)        Block',
      '2026-11-22 08:15  7',
      '                  8',
    ]);
    expect(renderTable(timed, when, pipe)).toEqual(['2026-11-22T08:15:59Z\t7', '\t8']);
  });

  it('is one full record a line in a pipe, whatever is in its cells', () => {
    const evil = [['1', hotkey, 'a\tb\nc', '2'], ['2']];
    expect(renderTable(columns, evil, { ...pipe, width: 10 })).toEqual([
      `1\t${hotkey}\ta\ufffdb\ufffdc\t2`,
      '2\t\t\t',
    ]);
  });

  it('is nothing when it has no rows', () => {
    expect(renderTable(columns, [], terminal)).toEqual([]);
  });

  it('colours by tone without moving a column', () => {
    const [header = '', , second = ''] = renderTable(columns, rows, { ...colored, width: 100 });
    expect(header).toContain('\u001b[2mSubnet\u001b[22m');
    expect(second).toContain('\u001b[32mZoë     \u001b[39m  1,204.5');
  });
});

describe('rows and receipts', () => {
  it('line up with each other', () => {
    expect(renderRows([['Network', 'dev']], terminal)).toEqual(['  Network         dev']);
    const receipt = {
      verb: 'Staked',
      subject: '2.5 TAO',
      details: [['Received', '41.07 alpha']] as const,
    };
    const lines = ['✓ Staked          2.5 TAO', '  Received        41.07 alpha'];
    expect(renderReceipt(receipt, terminal)).toEqual(lines);
    expect(renderReceipt(receipt, pipe)).toEqual(lines);
    expect(renderReceipt(receipt, colored)[0]).toBe(
      '\u001b[32m✓\u001b[39m Staked          2.5 TAO',
    );
  });

  it('widen for a long label and become records in a pipe', () => {
    const rows = [['A label of some length', 'x'] as const, ['B', 'y'] as const];
    expect(renderRows(rows, terminal)).toEqual([
      '  A label of some length  x',
      '  B                       y',
    ]);
    expect(renderRows(rows, pipe)).toEqual(['A label of some length\tx', 'B\ty']);
  });
});

describe('a view', () => {
  const view = [
    { kind: 'line', text: 'One' },
    { kind: 'line', text: { text: 'Two', tone: 'strong' } },
    { kind: 'rows', rows: [['Three', '3']] },
    { kind: 'table', columns: [{ header: 'H' }], rows: [] },
    { kind: 'table', columns: [{ header: 'H' }], rows: [['v']] },
    { kind: 'hint', text: 'Next' },
  ] as const;

  it('sets blocks apart on a terminal and not in a pipe', () => {
    expect(renderView(view, terminal)).toBe('One\nTwo\n\n  Three           3\n\nH\nv\n');
    expect(renderView(view, pipe)).toBe('One\nTwo\nThree\t3\nv\n');
  });
});
