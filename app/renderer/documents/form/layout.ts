import type { DefinitionAnswer, WireField } from '../../../../shared/contracts/wire.ts';
import { isDerived } from '../../../../shared/kernel/fields.ts';

export interface FieldGroup {
  /** The name of the group; '' for the fields that stand first. */
  name: string;
  fields: [string, WireField][];
}

export interface FormLayout {
  /** Above the lines. */
  head: FieldGroup[];
  /** Below the lines: the sums they add up to. */
  foot: FieldGroup | null;
  /** Parts entered line by line in the form itself. */
  entryParts: string[];
  /** Parts with a tab of their own. */
  otherParts: string[];
}

/** The group whose fields are added up from the lines and therefore stand below them. */
const footGroup = 'sums';

/** How a form is laid out, from what the definition says about its fields. The number stands in the page's title already. */
export function layoutOf(definition: DefinitionAnswer): FormLayout {
  const parts = Object.entries(definition.parts);
  const entryParts = parts.filter(([, part]) => part.entry).map(([name]) => name);
  const groups = new Map<string, FieldGroup>([['', { name: '', fields: [] }]]);
  for (const [name, field] of Object.entries(definition.fields)) {
    if (field.hidden || (name === definition.title && isDerived(field))) continue;
    const key = field.group ?? '';
    const group = groups.get(key) ?? { name: key, fields: [] };
    group.fields.push([name, field]);
    groups.set(key, group);
  }
  const all = [...groups.values()].filter((group) => group.fields.length > 0);
  const foot = entryParts.length > 0 ? all.find((group) => group.name === footGroup) : undefined;
  return {
    head: all.filter((group) => group !== foot),
    foot: foot ?? null,
    entryParts,
    otherParts: parts.filter(([, part]) => !part.entry).map(([name]) => name),
  };
}

/** Whether a field wants the whole width of the form. */
export const isWide = (field: WireField): boolean => field.kind === 'note' || (field.kind === 'text' && field.max >= 200);
