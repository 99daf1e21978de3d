import type { Knex } from 'knex';
import { type Definition, linksOf } from '../../../shared/kernel/definition.ts';
import type { Field, LinkField } from '../../../shared/kernel/fields.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { isVisible } from '../../access/trim.ts';
import { restrict } from '../../access/visibility.ts';
import { columnOf, isSorted, partTableOf, sortColumnOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';

/** A field that a list names, found: whose it is and the column that holds it (`table.column`). */
export interface FieldPlace {
  readonly path: string;
  readonly field: Field;
  readonly column: string;
  /** What lists are sorted by: the pinyin key beside a text, else the column itself. */
  readonly sortColumn: string;
  /** The table of the part it is a field of; such a field can only be filtered by. */
  readonly partTable?: string;
  /** A definition's own field: not the database's bookkeeping, not another record's. */
  readonly isOwn: boolean;
}

/**
 * Finds the fields a list names, for one query on one definition: own fields, the record's bookkeeping (`id`, `state`,
 * `createdAt` …), one hop through a link (`customer.region`) and fields of parts (`lines.item`). What does not exist and
 * what the actor may not see is refused alike: 'list.unknownField' {field}.
 */
export class FieldPlaces {
  readonly #work: Work;
  readonly #definition: Definition;
  readonly #table: string;
  readonly #joins = new Map<string, Join>();

  constructor(work: Work, definition: Definition) {
    this.#work = work;
    this.#definition = definition;
    this.#table = tableOf(definition);
  }

  find(path: string): FieldPlace {
    const [head = '', tail, ...rest] = path.split('.');
    const place = rest.length > 0 || !this.#isSeen(head) ? undefined : tail === undefined ? this.#own(head) : this.#behind(head, tail);
    if (!place) throw new Refusal('list.unknownField', { field: path.slice(0, 100) });
    return place;
  }

  /** The place a list is sorted by: for a link the title of what it points to. */
  findForSort(path: string): FieldPlace {
    const place = this.find(path);
    const link = place.isOwn ? this.#linkAt(path) : undefined;
    if (!link) return place;
    const target = this.#work.company.catalogue.get(link.to);
    return this.#through(path, target, target.title, true) ?? place;
  }

  /** Joins everything that was found behind links; call it when all fields were asked for. */
  joinTo(query: Knex.QueryBuilder): void {
    const { tx } = this.#work;
    for (const [alias, { link, target, isTitleOnly }] of this.#joins) {
      query.leftJoin({ [alias]: tableOf(target) }, (join) => {
        join.on(`${alias}.id`, `${this.#table}.${columnOf(link)}`);
        // Whoever sees a record sees the names of what it links to, but no more of it than there.
        if (!isTitleOnly && target.visibility.by !== 'company') join.on(tx.raw('?? in ?', [`${alias}.id`, this.#visibleIds(target)]));
      });
    }
  }

  #visibleIds(target: Definition): Knex.QueryBuilder {
    const table = tableOf(target);
    const ids = this.#work.tx(table).select(`${table}.id`);
    restrict(this.#work, target, ids, 'read');
    return ids;
  }

  #own(name: string): FieldPlace | undefined {
    const field = ownField(this.#definition, name);
    const system = field ? undefined : bookkeeping(this.#definition).get(name);
    const known = field ?? system;
    if (!known) return undefined;
    const column = `${this.#table}.${columnOf(name)}`;
    const sortColumn = isSorted(known) ? `${this.#table}.${sortColumnOf(name)}` : column;
    return { path: name, field: known, column, sortColumn, isOwn: field !== undefined };
  }

  #behind(head: string, tail: string): FieldPlace | undefined {
    const part = Object.hasOwn(this.#definition.parts, head) ? this.#definition.parts[head] : undefined;
    if (part) return this.#inPart(head, tail);
    const link = this.#linkAt(head);
    return link && this.#through(head, this.#work.company.catalogue.get(link.to), tail, false);
  }

  #inPart(part: string, name: string): FieldPlace | undefined {
    const path = `${part}.${name}`;
    const fields = this.#definition.parts[part]?.fields ?? {};
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field || !isVisible(this.#work.actor, this.#definition, path)) return undefined;
    const partTable = partTableOf(this.#definition, part);
    const column = `${partTable}.${columnOf(name)}`;
    return { path, field, column, sortColumn: column, partTable, isOwn: false };
  }

  #through(link: string, target: Definition, name: string, isTitleOnly: boolean): FieldPlace | undefined {
    const field = ownField(target, name);
    if (!field || !isVisible(this.#work.actor, target, name)) return undefined;
    const alias = `${columnOf(link)}_${isTitleOnly ? 'named' : 'linked'}`;
    this.#joins.set(alias, { link, target, isTitleOnly });
    const column = `${alias}.${columnOf(name)}`;
    return {
      path: `${link}.${name}`,
      field,
      column,
      sortColumn: isSorted(field) ? `${alias}.${sortColumnOf(name)}` : column,
      isOwn: false,
    };
  }

  #linkAt(name: string): LinkField | undefined {
    return linksOf(this.#definition.fields).find(([field]) => field === name)?.[1];
  }

  /** A part or field that is hidden as a whole hides what lies behind it. */
  #isSeen(head: string): boolean {
    const isDefined = Object.hasOwn(this.#definition.fields, head) || Object.hasOwn(this.#definition.parts, head);
    return !isDefined || isVisible(this.#work.actor, this.#definition, head);
  }
}

interface Join {
  readonly link: string;
  readonly target: Definition;
  readonly isTitleOnly: boolean;
}

const ownField = (definition: Definition, name: string): Field | undefined =>
  Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;

/** What the database keeps of every record, as fields. */
export function bookkeeping(definition: Definition): ReadonlyMap<string, Field> {
  const person: Field = { kind: 'link', to: 'user' };
  return new Map<string, Field>([
    ['id', { kind: 'integer', required: true }],
    ['version', { kind: 'integer', required: true }],
    ['createdAt', { kind: 'instant', required: true }],
    ['createdBy', person],
    ['changedAt', { kind: 'instant', required: true }],
    ['changedBy', person],
    ['deletedAt', { kind: 'instant' }],
    ['deletedBy', person],
    ...(definition.states
      ? [['state', { kind: 'choice', choices: Object.keys(definition.states), required: true }] as [string, Field]]
      : []),
  ]);
}
