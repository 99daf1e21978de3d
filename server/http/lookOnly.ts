import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Route } from './route.ts';

/** Where a person sets a second step up: open to whoever has to, and from wherever they are let in. */
export const secondStepDoors: readonly string[] = [
  '/api/second-step',
  '/api/second-step/code',
  '/api/second-step/code/confirm',
  '/api/second-step/keys',
  '/api/second-step/keys/confirm',
];

/** Doors that are knocked at with a body and change nothing of the company's, and those of the session itself. */
const readingDoors: readonly string[] = [
  'post /api/records/:type/list',
  'post /api/pick/:type',
  'post /api/records/:type/costs',
  'post /api/reports/:name',
  'post /api/reports/:name/documents',
  'post /api/notices/read',
  'post /api/session/password',
  'post /api/sign-out',
  ...secondStepDoors.map((path) => `post ${path}`),
];

/** Doors that are only read from and hand something out to take along. */
const takingDoor = /\/(workbook|paper|file|rejected)$|\.(xlsx|pdf)$|^\/api\/(print|imports)\//;

/** Refuses 'access.lookOnly' at every door that writes, prints or gives files out, for whoever may only look from where they are. */
export function refuseUnlessLooking({ method, path }: Route): void {
  if (method === 'get' ? takingDoor.test(path) : !readingDoors.includes(`${method} ${path}`)) throw new Refusal('access.lookOnly');
}
