import type { Definition } from '../../../shared/kernel/definition.ts';
import type { Work } from '../../work.ts';

/** What a customer orders with: the type whose way is followed to delivery and payment. */
export const orderDefinition = (work: Work): Definition => work.company.catalogue.get('salesOrder');
