/**
 * What a type's text stands for, structurally: the one source for codecs and for the registry of
 * the metadata. Resolution is by name and memoized; recursive types resolve lazily.
 */
import type { TypeDeclaration } from './declare.ts';
import { parseExpression } from './expressions.ts';
import { genericType } from './generic-types.ts';
import { outerType } from './outer-types.ts';
import { perProfile, type RuntimeProfile } from './profiles/profile.ts';
import { baseProfile } from './runtime.ts';
import { fieldsOf, PRIMITIVES, type Primitive, type Shape } from './shape.ts';

const knownIn = perProfile(() => new Map<string, Shape>());

/** The shape of a type. An unknown name is a defect in the declarations and throws. */
export function shapeOf(text: string, profile: RuntimeProfile = baseProfile): Shape {
  const known = knownIn(profile);
  const found = known.get(text);
  if (found !== undefined) return found;
  const shape = resolve(text, profile);
  known.set(text, shape);
  return shape;
}

function resolve(text: string, profile: RuntimeProfile): Shape {
  const declared = profile.types[text];
  if (declared !== undefined) return fromDeclaration(declared);
  const outer = outerType(text, profile);
  if (outer !== undefined) return outer;
  const expression = parseExpression(text);
  if (expression.kind !== 'name') return expression;
  if ((PRIMITIVES as readonly string[]).includes(text)) {
    return { kind: 'primitive', name: text as Primitive };
  }
  const generic = genericType(expression.name, expression.args);
  if (generic === undefined) throw new TypeError(`Undeclared type: ${text}`);
  return generic;
}

function fromDeclaration(declared: TypeDeclaration): Shape {
  const params = declared.params.map((text) => {
    const [name = '', type] = text.split('=');
    return { name, type };
  });
  const path = declared.path.split('::');
  if (declared.kind === 'struct') {
    return { kind: 'struct', path, fields: fieldsOf(declared.fields), params };
  }
  const variants = Object.entries(declared.variants).map(([name, [index, fields]]) => ({
    name,
    index,
    fields: fieldsOf(fields),
  }));
  return { kind: 'enum', path, variants, params };
}
