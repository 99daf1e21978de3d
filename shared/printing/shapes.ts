import type { FieldRefusal } from '../kernel/refusal.ts';

/** Looks at a value from outside and notes what is wrong with it. */
export type Shape = (value: unknown, path: string, findings: Findings) => void;

/** Looking stops once `max` refusals are found: nobody reads more, and a hostile value shall not cost more. */
export interface Findings {
  refusals: FieldRefusal[];
  max: number;
}

/** An object with these keys and no others; a key whose shape is `optional` may be missing. */
export function object(keys: Record<string, Shape>): Shape {
  return (value, path, findings) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(path, ['object'], findings);
    for (const key of Object.keys(value)) {
      if (Object.hasOwn(keys, key)) continue;
      findings.refusals.push({ path: join(path, key.slice(0, 60)), code: 'print.unknownKey', facts: { key: key.slice(0, 60) } });
      if (findings.refusals.length >= findings.max) return;
    }
    for (const [key, shape] of Object.entries(keys)) {
      if (findings.refusals.length >= findings.max) return;
      shape(Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined, join(path, key), findings);
    }
  };
}

export function optional(shape: Shape): Shape {
  return (value, path, findings) => {
    if (value !== undefined) shape(value, path, findings);
  };
}

export function list(shape: Shape, max: number, min = 0): Shape {
  return (value, path, findings) => {
    if (!Array.isArray(value)) return wrong(path, ['list'], findings);
    if (value.length > max) findings.refusals.push({ path, code: 'print.tooMany', facts: { max } });
    else if (value.length < min) findings.refusals.push({ path, code: 'print.tooFew', facts: { min } });
    else {
      for (const [index, item] of value.entries()) {
        if (findings.refusals.length >= findings.max) return;
        shape(item, join(path, String(index)), findings);
      }
    }
  };
}

export function oneOf(values: readonly (string | number)[]): Shape {
  return (value, path, findings) => {
    if (values.some((allowed) => allowed === value)) return;
    wrong(path, values.slice(0, 20), findings);
  };
}

export function integer(min: number, max: number): Shape {
  return (value, path, findings) => {
    if (!Number.isInteger(value)) wrong(path, ['integer'], findings);
    else if ((value as number) < min || (value as number) > max) {
      findings.refusals.push({ path, code: 'print.outOfRange', facts: { min, max } });
    }
  };
}

export const flag: Shape = (value, path, findings) => {
  if (typeof value !== 'boolean') wrong(path, ['true', 'false'], findings);
};

function wrong(path: string, expected: readonly (string | number)[], findings: Findings): void {
  findings.refusals.push({ path, code: 'print.wrongShape', facts: { expected } });
}

const join = (path: string, key: string) => (path === '' ? key : `${path}.${key}`);
