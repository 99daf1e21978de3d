import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { exactFromDouble } from './exactNumbers.ts';
import type { Reading, ReadingAnswer, Statement, Table } from './sqliteReading.ts';
import { storable } from './sqliteRows.ts';

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
    const readAll = database.transaction(() => statements.map(tableOf));
    return { id, tables: readAll() };
  } catch (fault) {
    return { id, fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
  }
}

function tableOf({ sql, bindings }: Statement): Table {
  const statement = database.prepare(sql).raw();
  const cells: Table['cells'][number][] = [];
  for (const row of statement.all(bindings.map(storable)) as Table['cells'][]) {
    for (const cell of row) cells.push(typeof cell === 'number' ? exactFromDouble(cell) : cell);
  }
  return { columns: statement.columns().map(({ name }) => name), cells };
}
