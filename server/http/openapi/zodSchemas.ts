import { type ZodType, z } from 'zod';

/** A piece of JSON Schema 2020-12, which OpenAPI 3.1 speaks. */
export type Schema = { readonly [key: string]: unknown };
export type Schemas = Readonly<Record<string, Schema>>;

/**
 * A body's schema as a reference to a named one, which is added to `schemas` together with the pieces it repeats or contains
 * itself in: what zod calls `#/$defs/x` is a schema of the document here.
 */
export function schemaFor(body: ZodType, name: string, schemas: Record<string, Schema>): Schema {
  const { $schema: _dialect, $defs, ...whole } = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
  const place = (reference: string): string =>
    reference === '#' ? `#/components/schemas/${name}` : reference.replace(/^#\/\$defs\//, `#/components/schemas/${name}.`);
  schemas[name] = moved(whole, place) as Schema;
  for (const [piece, schema] of Object.entries(($defs ?? {}) as Schemas)) schemas[`${name}.${piece}`] = moved(schema, place) as Schema;
  return { $ref: `#/components/schemas/${name}` };
}

/** The query parameters of a route. */
export function parametersOf(query: ZodType): Schema[] {
  const schema = z.toJSONSchema(query, { io: 'output', unrepresentable: 'any' }) as { properties?: Schemas };
  const input = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' }) as { required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, inner]) => ({
    name,
    in: 'query',
    required: input.required?.includes(name) ?? false,
    schema: inner,
  }));
}

function moved(value: unknown, place: (reference: string) => string): unknown {
  if (Array.isArray(value)) return value.map((inner) => moved(inner, place));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === '$ref' && typeof inner === 'string' ? place(inner) : moved(inner, place),
  ]);
  return Object.fromEntries(entries);
}
