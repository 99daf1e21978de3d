import { inject } from 'vitest';

/**
 * An empty PostgreSQL database for one test file; the server behind it is started by the first who asks.
 * @returns address with user and password
 */
export const newPostgresDatabase = (): Promise<string> => ask('/new');

/** A copy of a database that nobody is connected to; `drop` removes it again. */
export async function copyOfPostgresDatabase(url: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const copy = await ask('/copy', nameOf(url));
  return { url: copy, drop: async () => void (await ask('/drop', nameOf(copy))) };
}

/** The database of the whole run that `make` fills, the first time somebody asks for this name. */
export async function preparedPostgresDatabase(name: string, make: (url: string) => Promise<void>): Promise<string> {
  const { url, isToBeMade } = JSON.parse(await ask('/prepared', name)) as { url: string; isToBeMade?: true };
  if (isToBeMade) {
    try {
      await make(url);
    } finally {
      // Half made, it fails those who wait with what is missing; unsaid, they would wait for ever.
      await ask('/made', JSON.stringify({ name, url }));
    }
  }
  return url;
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

async function ask(path: string, of = ''): Promise<string> {
  const answer = await fetch(`${inject('postgresDoor')}${path}?of=${encodeURIComponent(of)}`, { method: 'POST' });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
