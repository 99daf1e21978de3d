import { inject } from 'vitest';

/**
 * An empty PostgreSQL database for one test file; the server behind it is started by the first who asks.
 * @returns address with user and password
 */
export async function newPostgresDatabase(): Promise<string> {
  const answer = await fetch(inject('postgresDoor'), { method: 'POST' });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
