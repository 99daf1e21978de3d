/** An expected "no": a code, the facts behind it and, where it concerns fields, which. */
export class Refusal extends Error {
  readonly code: string;
  readonly facts: Facts;
  readonly fields: FieldRefusal[];

  constructor(code: string, facts: Facts = {}, fields: FieldRefusal[] = []) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.facts = facts;
    this.fields = fields;
  }
}

/** What the words of a refusal are filled with: plain values, so that they cross the wire unchanged. */
export type Facts = Record<string, string | number | boolean | null | undefined | readonly (string | number)[]>;

/** One field that stands in the way. The path reads 'name' or 'lines.2.quantity'. */
export interface FieldRefusal {
  path: string;
  code: string;
  facts?: Facts;
}
