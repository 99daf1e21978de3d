import type { Definition } from '../../../shared/kernel/definition.ts';
import { isVisible } from '../../access/trim.ts';
import type { Work } from '../../work.ts';

/** A type whose records hang on records of another one, by this field of their head. */
export interface LinkedType {
  readonly definition: Definition;
  readonly field: string;
}

/**
 * Every type that hangs on this one and that the actor may read: by the first indexed link of its head to it. Who answers for a
 * record and which records of the same type stand above it is no business between the two.
 */
export function linkedTypes(work: Work, target: Definition): LinkedType[] {
  return work.company.catalogue.definitions.flatMap((definition) => {
    if (definition.type === target.type || work.actor.reach(definition.type, 'read') === 'none') return [];
    const found = Object.entries(definition.fields).find(
      ([name, field]) =>
        field.kind === 'link' &&
        field.to === target.type &&
        field.indexed === true &&
        !ownerships.includes(name) &&
        isVisible(work.actor, definition, name),
    );
    return found ? [{ definition, field: found[0] }] : [];
  });
}

const ownerships = ['owner', 'department'];

/** The field that says what a document comes to: the first money its list shows. Null where there is none or it is not for the actor. */
export function amountFieldOf(work: Work, definition: Definition): string | null {
  if (definition.kind !== 'document') return null;
  const found = Object.entries(definition.fields).find(([, field]) => field.kind === 'money' && field.list === true);
  return found && isVisible(work.actor, definition, found[0]) ? found[0] : null;
}

/** Whether this money of a document is in the document's own currency. */
export function hasOwnCurrency(definition: Definition, name: string): boolean {
  const field = definition.fields[name];
  return field?.kind === 'money' && field.in !== 'base' && definition.fields.currency?.kind === 'link';
}
