import type { RecordInput } from '../../../../shared/contracts/wire.ts';
import { addDays } from '../../../../shared/kernel/days.ts';
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import type { StoredRecord } from '../../../database/rows.ts';
import type { Source } from '../../../engine/become.ts';
import { changeRecord } from '../../../engine/changeRecord.ts';
import { createRecord } from '../../../engine/createRecord.ts';
import { load } from '../../../engine/load.ts';
import { takeStep } from '../../../engine/takeStep.ts';
import type { Actor, Work } from '../../../work.ts';
import { makeFrom } from '../../purchase/makeFrom.ts';

type Values = Readonly<Record<string, Value>>;
interface Paper {
  readonly type: string;
  readonly id: number;
}

/** Somebody at work on a day of the company's past: what they write and do bears that day. */
export interface Desk {
  readonly day: string;
  readonly work: Work;
  create(type: string, values: Values, parts?: RecordInput['parts']): Promise<StoredRecord>;
  read(paper: Paper): Promise<StoredRecord>;
  change(paper: Paper, input: RecordInput): Promise<StoredRecord>;
  /** Takes a paper through steps one after the other, however often it was changed meanwhile. */
  step(paper: Paper, ...names: string[]): Promise<StoredRecord>;
  /** What papers become; of each row as much as is open, or `quantity` of it. */
  follow(
    type: string,
    from: readonly (Paper & Pick<Source, 'rows'>)[],
    values?: Values,
    fill?: (row: AnyRow) => Values,
  ): Promise<StoredRecord>;
}

/** The people of the demo company, who write its papers in one unit of work. */
export class Diary {
  readonly #work: Work;
  readonly #people: ReadonlyMap<string, Actor>;

  constructor(work: Work, people: ReadonlyMap<string, Actor>) {
    this.#work = work;
    this.#people = people;
  }

  get today(): string {
    return this.#work.today;
  }

  /** The desk of a person so many days ago. */
  at(daysAgo: number, login: string): Desk {
    const actor = this.#people.get(login);
    if (!actor) throw new RangeError(`nobody called ${login} works here`);
    const day = addDays(this.#work.today, -daysAgo);
    const now = daysAgo === 0 ? this.#work.now : `${day}T02:30:00.000Z`;
    return deskOf({ ...this.#work, actor, today: day, now });
  }

  /** The id of the one row of a table that has these values. */
  async id(table: string, where: Values): Promise<number> {
    const row = (await this.#work.tx(table).where(where).orderBy('id').first('id')) as { id: number } | undefined;
    if (!row) throw new RangeError(`no row of ${table} is so: ${JSON.stringify(where)}`);
    return row.id;
  }
}

/** What people of the demo company say where a reason is asked for, and the warnings they have read. */
const agreed = '经主管同意';
const confirmed = ['cost.backDated'];

function deskOf(work: Work): Desk {
  const definition = (type: string) => work.company.catalogue.get(type);
  return {
    work,
    day: work.today,
    create: (type, values, parts = {}) => createRecord(work, definition(type), { values: { ...values }, parts }),
    read: (paper) => load(work, definition(paper.type), paper.id),
    change: async (paper, input) => {
      const { version } = await load(work, definition(paper.type), paper.id);
      return changeRecord(work, definition(paper.type), paper.id, { ...input, version });
    },
    step: async (paper, ...names) => {
      let done = await load(work, definition(paper.type), paper.id);
      for (const name of names) {
        const { version } = done;
        done = await takeStep(work, definition(paper.type), paper.id, name, { version, reason: agreed, confirmed });
      }
      return done;
    },
    follow: (type, from, values, fill) =>
      makeFrom(
        work,
        type,
        from.map(({ type: of, id, rows }) => ({ type: of, id, rows })),
        values,
        fill,
      ),
  };
}
