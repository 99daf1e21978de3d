import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type RunningPostgres, startPostgres } from './postgres.ts';
import { openRunFolder } from './runFolder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test file asks for a PostgreSQL database. */
    postgresDoor: string;
    /** A folder for everything that the test files of one run write and share. */
    runFolder: string;
  }
}

/** Offers one PostgreSQL server to the whole run, started by the first test file that asks: most runs need none. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = openRunFolder();
  let running: Promise<RunningPostgres> | undefined;
  const prepared = new Map<string, Prepared>();
  const answers: Readonly<Record<string, (postgres: RunningPostgres, name: string) => Promise<string>>> = {
    '/new': (postgres) => postgres.newDatabase(),
    '/copy': (postgres, name) => postgres.newDatabase(name),
    '/drop': async (postgres, name) => {
      await postgres.dropDatabase(name);
      return '';
    },
    // Whoever asks first for a database prepared under a name makes it; the others wait until it is made.
    '/prepared': async (postgres, name) => {
      const known = prepared.get(name);
      if (known) return JSON.stringify({ url: await known.made });
      const one = Promise.withResolvers<string>();
      prepared.set(name, { made: one.promise, done: one.resolve });
      return JSON.stringify({ url: await postgres.newDatabase(), isToBeMade: true });
    },
    '/made': async (_postgres, text) => {
      const { name, url } = JSON.parse(text) as { name: string; url: string };
      prepared.get(name)?.done(url);
      return '';
    },
  };
  const door = createServer(async (request, answer) => {
    running ??= startPostgres(join(folder.path, 'postgres'));
    try {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://door');
      answer.end(await answers[pathname]?.(await running, searchParams.get('of') ?? ''));
    } catch (error) {
      answer.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  project.provide('postgresDoor', `http://127.0.0.1:${(door.address() as AddressInfo).port}`);
  project.provide('runFolder', folder.path);
  return async () => {
    await new Promise((resolve) => door.close(resolve));
    await (await running?.catch(() => undefined))?.stop();
    folder.remove();
  };
}

interface Prepared {
  readonly made: Promise<string>;
  readonly done: (url: string) => void;
}
