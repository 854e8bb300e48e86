/** Parses the text of a type, such as `Vec<(u64, AccountId32)>`, into its parts. Pure. */

export type Expression =
  | { readonly kind: 'name'; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'tuple'; readonly of: readonly string[] }
  | { readonly kind: 'array'; readonly of: string; readonly length: number };

/** A field's type and the alias the runtime's source uses for it. */
export type TypedAs = { readonly type: string; readonly alias: string | undefined };

/** Splits `u64 as TaoBalance`. */
export function parseTyped(text: string): TypedAs {
  const at = text.indexOf(' as ');
  return at < 0
    ? { type: text, alias: undefined }
    : { type: text.slice(0, at), alias: text.slice(at + 4) };
}

/** Parses one type. A text that is none is a defect in the declarations and throws. */
export function parseExpression(text: string): Expression {
  if (text.startsWith('(') && text.endsWith(')')) {
    return { kind: 'tuple', of: splitList(text.slice(1, -1)) };
  }
  const array = /^\[(.+); (\d+)\]$/.exec(text);
  if (array !== null) {
    return {
      kind: 'array',
      of: array[1] as string,
      length: Number.parseInt(array[2] as string, 10),
    };
  }
  const open = text.indexOf('<');
  if (open < 0) return { kind: 'name', name: text, args: [] };
  if (!text.endsWith('>')) throw new TypeError(`Not a type: ${text}`);
  return { kind: 'name', name: text.slice(0, open), args: splitList(text.slice(open + 1, -1)) };
}

function splitList(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] as string;
    if ('<([{'.includes(char)) depth += 1;
    else if ('>)]}'.includes(char)) depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = text.slice(start).trim();
  if (last !== '') parts.push(last);
  return parts;
}
