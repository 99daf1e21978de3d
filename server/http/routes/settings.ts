import { z } from 'zod';
import { look } from '../../engine/transact.ts';
import { advanceNumbers, readAdvance } from '../../features/numbering/advance.ts';
import { changeSettings, readSettings } from '../../features/settings/companySettings.ts';
import { changeNumbering, readNumbering } from '../../features/settings/numberRules.ts';
import type { Work } from '../../work.ts';
import { once } from '../once.ts';
import { type Ask, type Route, route } from '../route.ts';
import { advanceWish } from './restoring.ts';

const version = z.int().nonnegative();
const settingKey = z.string().max(80);

/** The company's letterhead and parameters, and its number series. */
export const settingsRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/settings',
    access: 'signedIn',
    summary: 'Letterhead and parameters of the company',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, readSettings) }),
  }),
  route({
    method: 'patch',
    path: '/api/settings',
    access: { right: 'settings.change' },
    summary: 'Change letterhead and parameters',
    body: z.strictObject({ version, values: z.record(settingKey, z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])) }),
    creates: true,
    handle: async (ask) => {
      await kept(ask, (work) => changeSettings(work, ask.body.version, ask.body.values));
      return { json: await look(ask.company, ask.actor, readSettings) };
    },
  }),
  route({
    method: 'get',
    path: '/api/numbering',
    access: { right: 'settings.change' },
    summary: 'How documents are numbered, and the next number of each type',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, readNumbering) }),
  }),
  route({
    method: 'patch',
    path: '/api/numbering',
    access: { right: 'settings.change' },
    summary: 'Change how documents are numbered',
    body: z.strictObject({ version, series: z.record(settingKey, z.string().max(200).nullable()) }),
    creates: true,
    handle: async (ask) => {
      await kept(ask, (work) => changeNumbering(work, ask.body.version, ask.body.series));
      return { json: await look(ask.company, ask.actor, readNumbering) };
    },
  }),
  route({
    method: 'get',
    path: '/api/numbering/advance',
    access: { right: 'settings.change' },
    summary: 'How far the number series would be moved on after the last restore',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, readAdvance) }),
  }),
  route({
    method: 'post',
    path: '/api/numbering/advance',
    access: { right: 'settings.change' },
    summary: 'Move number series on: numbers that may stand on papers are left out for good, on record',
    body: z.strictObject({ by: advanceWish, reason: z.string().trim().min(1).max(200) }),
    creates: true,
    handle: async (ask) => {
      await kept(ask, async (work) => void (await advanceNumbers(work, { wish: ask.body.by, reason: ask.body.reason })));
      return { json: await look(ask.company, ask.actor, readAdvance) };
    },
  }),
];

/** A change whose answer got lost may be sent again with the same key and is done once. */
const kept = (ask: Ask<unknown, unknown>, change: (work: Work) => Promise<void>): Promise<object> =>
  once(ask, async (work) => {
    await change(work);
    return {};
  });
