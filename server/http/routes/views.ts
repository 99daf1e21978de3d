import { z } from 'zod';
import { look, transact } from '../../engine/transact.ts';
import { changeView, createView, deleteView, listViews, setViewDefaults } from '../../features/views/savedViews.ts';
import { once } from '../once.ts';
import { type Route, route } from '../route.ts';
import { isPlain } from './queryParts.ts';
import { definitionOf, idOf } from './records.ts';

const name = z.string().trim().min(1).max(80).refine(isPlain);
const content = z.record(z.string().max(80), z.unknown());

/** How people keep the ways they look at a list. */
export const viewRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/views/:type',
    access: { operation: 'read' },
    summary: 'Own and shared views of a list',
    handle: async (ask) => ({ json: { rows: await look(ask.company, ask.actor, (work) => listViews(work, definitionOf(ask))) } }),
  }),
  route({
    method: 'post',
    path: '/api/views/:type',
    access: { operation: 'read' },
    summary: 'Keep a view',
    body: z.strictObject({ name, shared: z.boolean().default(false), content }),
    creates: true,
    handle: async (ask) => ({ json: await once(ask, (work) => createView(work, definitionOf(ask), ask.body)), status: 201 }),
  }),
  route({
    method: 'patch',
    path: '/api/views/:type/:id',
    access: { operation: 'read' },
    summary: 'Change an own view',
    body: z.strictObject({
      version: z.int().positive(),
      name: name.optional(),
      shared: z.boolean().optional(),
      content: content.optional(),
    }),
    handle: async (ask) => {
      const { version, ...input } = ask.body;
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
      const of = { type: definitionOf(ask).type, id: idOf(ask), version };
      return { json: await transact(ask.company, ask.actor, (work) => changeView(work, of, given)) };
    },
  }),
  route({
    method: 'put',
    path: '/api/views/:type/:id/positions',
    access: { right: 'settings.change' },
    summary: 'Make a shared view the one that people of some positions begin with',
    body: z.strictObject({ positions: z.array(z.int().positive()).max(200) }),
    handle: async (ask) => {
      const of = { type: definitionOf(ask).type, id: idOf(ask) };
      await transact(ask.company, ask.actor, (work) => setViewDefaults(work, of, ask.body.positions));
      return { json: {} };
    },
  }),
  route({
    method: 'delete',
    path: '/api/views/:type/:id',
    access: { operation: 'read' },
    summary: 'Throw an own view away',
    handle: async (ask) => {
      await transact(ask.company, ask.actor, (work) => deleteView(work, { type: definitionOf(ask).type, id: idOf(ask) }));
      return { json: {} };
    },
  }),
];
