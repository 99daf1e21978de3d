import { Health } from '../../server/vitals/health.ts';

/** The health of a server that is whole. */
export function readyHealth(): Health {
  const health = new Health();
  health.ready(() => []);
  return health;
}
