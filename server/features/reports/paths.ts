import type { Knex } from 'knex';
import { type Definition, fieldAt, linksOf } from '../../../shared/kernel/definition.ts';
import type { ReportSource } from '../../../shared/reports/defineReport.ts';
import { isVisible } from '../../access/trim.ts';
import { reachesAll, restrict } from '../../access/visibility.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';

/** One field on the way from a source to what it is told apart by. */
interface Step {
  readonly definition: Definition;
  readonly field: string;
  readonly isSeen: boolean;
}

/** The definition whose records a source is read from and whose rights decide: the document's, or that of the ledger's subject. */
export function homeOf(work: Work, source: ReportSource): Definition | undefined {
  const { catalogue } = work.company;
  if (source.kind === 'documents') return catalogue.find(source.type);
  const ledger = catalogue.ledgers.find(({ name }) => name === source.ledger);
  return ledger && catalogue.find(ledger.subject);
}

/** The fields on the way; undefined when the path leads nowhere. Places, days of a ledger and the record itself need no field. */
export function stepsOf(work: Work, source: ReportSource, path: string): Step[] | undefined {
  const home = homeOf(work, source);
  if (!home) return undefined;
  const names = path.split('.');
  if (source.kind !== 'documents') {
    if (names[0] !== 'subject') return names.length === 1 && ['place', 'other', 'day'].includes(path) ? [] : undefined;
    return walk(work, home, names.slice(1));
  }
  if (path === 'id') return [];
  const [head = '', name = '', ...rest] = names;
  if (!home.parts[head]) return walk(work, home, names);
  const first = { definition: home, field: `${head}.${name}`, isSeen: isVisible(work.actor, home, `${head}.${name}`) };
  const target = behind(work, home, first.field);
  if (rest.length === 0) return fieldAt(home, first.field) ? [first] : undefined;
  const beyond = target && walk(work, target, rest);
  return beyond && [first, ...beyond];
}

function walk(work: Work, from: Definition, names: readonly string[]): Step[] | undefined {
  const [name, ...rest] = names;
  if (name === undefined) return [];
  if (!from.fields[name]) return undefined;
  const isSeen = isVisible(work.actor, from, name) && work.actor.reach(from.type, 'read') !== 'none';
  const step = { definition: from, field: name, isSeen };
  if (rest.length === 0) return [step];
  const target = behind(work, from, name);
  const beyond = target && walk(work, target, rest);
  return beyond && [step, ...beyond];
}

function behind(work: Work, from: Definition, path: string): Definition | undefined {
  const field = fieldAt(from, path);
  const to = field && linksOf({ field })[0]?.[1].to;
  return to === undefined ? undefined : work.company.catalogue.find(to);
}

/** Joins what stands behind links, each once, for one query; gives the column a path ends at. */
export class Joins {
  readonly #work: Work;
  readonly #query: Knex.QueryBuilder;
  readonly #joined = new Set<string>();

  constructor(work: Work, query: Knex.QueryBuilder) {
    this.#work = work;
    this.#query = query;
  }

  /** The column at the end of a way that begins at this one (a column that holds the id of a record of the type). */
  column(start: { column: string; type: string }, names: readonly string[]): string {
    let { column, type } = start;
    for (const name of names) {
      const definition = this.#work.company.catalogue.get(type);
      const alias = `${column.replace('.', '_')}_of`;
      this.#join(alias, column, definition);
      const field = definition.fields[name];
      column = `${alias}.${columnOf(name)}`;
      type = (field && linksOf({ field })[0]?.[1].to) ?? '';
    }
    return column;
  }

  #join(alias: string, link: string, definition: Definition): void {
    if (this.#joined.has(alias)) return;
    this.#joined.add(alias);
    this.#query.leftJoin({ [alias]: tableOf(definition) }, (join) => {
      join.on(`${alias}.id`, link);
      // What may not be read tells nothing apart.
      if (!reachesAll(this.#work, definition, 'read')) join.on(this.#work.tx.raw('?? in ?', [`${alias}.id`, this.#visible(definition)]));
    });
  }

  #visible(definition: Definition): Knex.QueryBuilder {
    const table = tableOf(definition);
    const ids = this.#work.tx(table).select(`${table}.id`);
    restrict(this.#work, definition, ids, 'read');
    return ids;
  }
}
