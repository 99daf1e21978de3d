import type { Migration } from '../migration.ts';
import { migration as system } from './0001_system.ts';
import { migration as records } from './0002_records.ts';
import { migration as documents } from './0003_documents.ts';

/** Every migration there is, in order. Written by `npm run migration`. */
export const migrations: readonly Migration[] = [system, records, documents];
