import { z } from 'zod';
import { formRulesOf, storeFormRules } from '../../engine/formRules.ts';
import { look, transact } from '../../engine/transact.ts';
import { type Route, route } from '../route.ts';
import { definitionOf } from './records.ts';

/** Which fields a company wants filled, and which it does not want to see. */
export const formRuleRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/form-rules/:type',
    access: { right: 'settings.change' },
    summary: 'The fields of a type that are required or hidden beyond its definition',
    handle: async (ask) => ({ json: { rules: await look(ask.company, ask.actor, (work) => formRulesOf(work, definitionOf(ask).type)) } }),
  }),
  route({
    method: 'put',
    path: '/api/form-rules/:type',
    access: { right: 'settings.change' },
    summary: 'Make fields of a type required or hidden',
    body: z.strictObject({ rules: z.record(z.string().max(60), z.enum(['required', 'hidden'])) }),
    handle: async (ask) => {
      await transact(ask.company, ask.actor, (work) => storeFormRules(work, definitionOf(ask), ask.body.rules));
      return { json: ask.body };
    },
  }),
];
