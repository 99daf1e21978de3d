import type { DefinitionAnswer, RecordAnswer, WireField } from '../../../../shared/contracts/wire.ts';
import { isGiven, isWritable } from './input.ts';

/** Answers whether a field of the head (by name) or a part (by its name) may be changed now, by this person, in this state. */
export interface Editability {
  readonly any: boolean;
  field(name: string, field: WireField): boolean;
  part(name: string): boolean;
}

export function editabilityOf(definition: DefinitionAnswer, answer: RecordAnswer | null): Editability {
  const may = answer ? (answer.may ?? definition.operations).includes('change') : definition.operations.includes('create');
  const rule = answer?.state === undefined ? 'all' : (definition.states?.[answer.state]?.editable ?? 'all');
  const isOpen = (name: string) => may && (rule === 'all' || (rule !== 'none' && rule.includes(name)));
  return {
    any: may && (rule === 'all' || (rule !== 'none' && rule.length > 0)),
    field: (name, field) => isOpen(name) && isWritable(field) && !(field.fixed && answer !== null && isGiven(answer.values[name])),
    part: (name) => isOpen(name),
  };
}
