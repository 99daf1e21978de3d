import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { DatabaseRow } from '../codec.ts';
import type { Reading, ReadingAnswer } from './sqliteReading.ts';
import { exact, storable } from './sqliteRows.ts';

// A thread of its own with a connection that only reads.
const port = parentPort;
if (port === null) throw new Error('the reading beside runs as a worker thread');
const database = new Database(String(workerData), { readonly: true });
database.pragma('busy_timeout = 2000');
database.pragma('temp_store = MEMORY');
database.pragma('cache_size = -24576');
port.on('message', (reading: Reading) => port.postMessage(answerTo(reading)));

function answerTo({ id, statements }: Reading): ReadingAnswer {
  try {
    const readAll = database.transaction(() =>
      statements.map(({ sql, bindings }) => database.prepare(sql).all(bindings.map(storable)).map(exact) as DatabaseRow[]),
    );
    return { id, rows: readAll() };
  } catch (fault) {
    return { id, fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
  }
}
