import { z } from 'zod';

/** The archives this program writes; it reads those of this and all earlier formats. */
export const archiveFormat = 1;

/** Where things lie inside an archive. */
export const entryNames = {
  manifest: 'manifest.json',
  schema: 'schema.txt',
  table: (name: string): string => `data/${name}.ndjson`,
  file: (hash: string): string => `files/${hash.slice(0, 2)}/${hash}`,
} as const;

/**
 * What is never taken along: open sessions, what was begun at the door, counted wrong passwords and what devices were asked, because
 * none of it may come alive again, and the marks of jobs that were running.
 */
export const leftOutTables: readonly string[] = ['sessions', 'viewings', 'tickets', 'throttles', 'device_challenges', 'job_runs'];
/** The same in words for whoever opens the archive, with what does not lie in the database. Only under a lock the server's root goes along. */
export const leftOut = (carriesRoot: boolean): string[] => [
  ...leftOutTables,
  'search index',
  'uploads of imports',
  'logs',
  carriesRoot ? 'TLS keys other than the root' : 'TLS keys and the root that clients trust',
  'key of second steps',
];

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const countSchema = z.int().min(0);

/** The list of contents of an archive, its first page and its seal in one. */
export const manifestSchema = z.strictObject({
  product: z.literal('tradepost'),
  format: z.int().min(1),
  /** The program that wrote it, and the last migration its database had seen. */
  version: z.string().max(60),
  schema: z.int().min(1),
  engine: z.enum(['sqlite', 'postgres']),
  company: z.strictObject({ code: z.string().max(30), name: z.string().max(200), timeZone: z.string().max(60) }),
  /** The moment of the snapshot, UTC. */
  takenAt: z.string().max(40),
  tables: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z0-9_]{0,80}$/),
        rows: countSchema,
        /** The last number the table gave, for those that count up: none is ever given twice. */
        last: countSchema.nullable(),
      }),
    )
    .max(2000),
  files: z.strictObject({
    count: countSchema,
    bytes: countSchema,
    /** Files whose bytes the disk had lost already when the archive was written. */
    missing: z.array(hashSchema).max(100_000),
  }),
  /** The last row of the audit chain: an anchor outside the database. */
  auditHead: z.strictObject({ seq: countSchema, hash: hashSchema }).nullable(),
  leftOut: z.array(z.string().max(60)).max(100),
  entries: z.array(z.strictObject({ name: z.string().max(200), bytes: countSchema, sha256: hashSchema })).max(5_000_000),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestEntry = Manifest['entries'][number];
