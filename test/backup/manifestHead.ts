import type { Manifest } from '../../server/backup/manifest.ts';

/** What a manifest says of an archive without anything in it. */
export const headOf = (): Omit<Manifest, 'entries'> => ({
  product: 'tradepost',
  format: 1,
  version: '0.1.0',
  schema: 1,
  engine: 'sqlite',
  company: { code: 'test', name: '远航商贸', timeZone: 'Asia/Shanghai' },
  takenAt: '2026-11-22T00:00:00.000Z',
  tables: [],
  files: { count: 0, bytes: 0, missing: [] },
  auditHead: null,
  leftOut: [],
});
