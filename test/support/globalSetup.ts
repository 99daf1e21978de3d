import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type RunningPostgres, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test file asks for an empty PostgreSQL database. */
    postgresDoor: string;
  }
}

/** Offers one PostgreSQL server to the whole run, started by the first test file that asks: most runs need none. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let running: Promise<RunningPostgres> | undefined;
  const door = createServer(async (_request, answer) => {
    running ??= startPostgres();
    try {
      answer.end(await (await running).newDatabase());
    } catch (error) {
      answer.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  project.provide('postgresDoor', `http://127.0.0.1:${(door.address() as AddressInfo).port}`);
  return async () => {
    await new Promise((resolve) => door.close(resolve));
    await (await running?.catch(() => undefined))?.stop();
  };
}
