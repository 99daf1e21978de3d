import type { Definition, Value } from '../../../../shared/kernel/definition.ts';
import { audienceOf } from '../../../access/audience.ts';
import type { Announcement, Company, Work } from '../../../work.ts';

/** Gathers what an import has to tell, and tells it in one go after the commit. */
export interface Audience {
  /** The same unit of work, whose announcements are gathered too. */
  readonly work: Work;
  /** New records of a type: everybody concerned hears of one of them, which is enough to look at the list again. */
  readonly tellOf: (definition: Definition, records: readonly { id: number; values: Readonly<Record<string, Value>> }[]) => Promise<void>;
}

export function announcingOnce(work: Work): Audience {
  const gathered: Announcement[] = [];
  const company = Object.create(work.company, {
    announce: { value: (changes: readonly Announcement[]) => gathered.push(...changes) },
  }) as Company;
  const waiting: (() => void | Promise<void>)[] = [];
  work.afterCommit(async () => {
    for (const announce of waiting) await announce();
    if (gathered.length > 0) work.company.announce(gathered);
  });
  return {
    work: { ...work, company, afterCommit: (announce) => void waiting.push(announce) },
    tellOf: async (definition, records) => {
      // Records of one owner and department have one audience; one that hangs on another has that one's.
      const through = definition.visibility.by === 'company' ? undefined : definition.visibility.through;
      const concerned = Map.groupBy(records, ({ values }) => [values.owner, values.department, through && values[through]].join());
      for (const [first] of concerned.values()) {
        if (first) gathered.push({ type: definition.type, id: first.id, version: 1, rooms: await audienceOf(work, definition, first) });
      }
    },
  };
}
