import { expect, test } from 'vitest';
import { Catalogue } from '../../shared/kernel/catalogue.ts';
import { defineDocument } from '../../shared/kernel/defineDocument.ts';
import { day, integer, link } from '../../shared/kernel/fields.ts';
import { proveDefinitions } from '../../shared/kernel/proveDefinitions.ts';
import { customer } from '../../shared/records/customer.ts';

const draft = { editable: 'all', look: 'draft' } as const;
const tied = {
  revision: integer({ derived: true }),
  revisionOf: link('offer', { derived: true }),
  revisedBy: link('offer', { derived: true }),
};
const offer = (fields: Record<string, ReturnType<typeof day> | ReturnType<typeof integer> | ReturnType<typeof link>>, into: string) =>
  defineDocument({
    type: 'offer',
    area: 'sales',
    visibility: { by: 'company' },
    numbering: { series: 'OF{serial:4}', drawnAt: 'create' },
    fields: { day: day({}), ...fields },
    states: { draft, old: { editable: 'none', look: 'void' } },
    steps: { revise: { from: ['draft'], to: 'old', operation: 'change', revisesInto: into } },
  });
const faultsOf = (made: ReturnType<typeof offer>) =>
  proveDefinitions(new Catalogue([made, customer], [])).filter((fault) => fault.startsWith('offer.steps'));

test('revisions that know and count each other hold together', () => {
  expect(faultsOf(offer(tied, 'draft'))).toEqual([]);
});

test('revisions without ties, and a state that is not there, are found', () => {
  expect(faultsOf(offer({}, 'nowhere'))).toEqual([
    'offer.steps.revise: there is no state nowhere',
    'offer.steps.revise: the revisions do not know each other',
    'offer.steps.revise: nobody counts the revisions',
  ]);
});
