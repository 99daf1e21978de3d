import type { Store } from '../../server/database/store.ts';
import type { Actor, Company, Work } from '../../server/work.ts';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';

/** A company around a store, for tests that need no more of it. */
export const companyOn = (store: Store, catalogue: Catalogue): Company => ({
  code: 'test',
  name: '测试公司',
  folder: '',
  catalogue,
  store,
  timeZone: 'Asia/Shanghai',
  announce: () => undefined,
  report: (fault) => {
    throw fault;
  },
});

/** Somebody who may do everything, except for what is said otherwise. */
export const anActor = (of: Partial<Actor> = {}): Actor => ({
  userId: 1,
  name: '王芳',
  departmentId: 1,
  departmentTree: [1],
  departmentPath: [1],
  administrator: false,
  reach: () => 'all',
  special: new Set(),
  fieldAccess: () => 'write',
  ...of,
});

/** Looks at the company's data as an actor. */
export const lookAs = <T>(company: Company, actor: Actor, run: (work: Work) => Promise<T>): Promise<T> =>
  company.store.read((tx) =>
    run({ company, actor, tx, now: '2026-03-01T00:00:00.000Z', today: '2026-03-01', readOnly: true, afterCommit: () => undefined }),
  );
