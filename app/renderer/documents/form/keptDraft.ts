import type { DefinitionAnswer, Titles } from '../../../../shared/contracts/wire.ts';
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import type { DraftContent } from './calculations.ts';
import { isWritable } from './input.ts';

/** What a window leaves behind when it is closed or killed with something unsaved in it. */
export interface KeptDraft {
  content: DraftContent;
  titles: Titles;
  /** The version it was typed on; 0 for a new record. */
  version: number;
  keptAtMs: number;
}

/** Fields whose values never lie on a disk of the client: what we paid, and banking details. */
const unkept = ['cost', 'purchasePrice', 'bank'];

export const keepDraft = (place: string, definition: DefinitionAnswer, draft: KeptDraft): void => {
  try {
    localStorage.setItem(place, JSON.stringify({ ...draft, content: keptContent(definition, draft.content) }));
  } catch {
    // A full disk or a forbidden store only costs the safety net, never the typing.
  }
};

export const forgetDraft = (place: string): void => localStorage.removeItem(place);

export function readDraft(place: string): KeptDraft | null {
  try {
    const stored = JSON.parse(localStorage.getItem(place) ?? 'null') as KeptDraft | null;
    return stored && typeof stored.keptAtMs === 'number' && stored.content ? stored : null;
  } catch {
    return null;
  }
}

export const draftPlace = (of: { company: string; user: number; type: string; id: number | null }): string =>
  `tradepost.draft.${of.company}.${of.user}.${of.type}.${of.id ?? 'new'}`;

/** The clock of this computer, for the age of a draft. */
export const nowMs = (): number => Math.round(performance.timeOrigin + performance.now());

/** Only what a person can type, without secrets; the rest comes back from the server and the arithmetic. */
function keptContent(definition: DefinitionAnswer, content: DraftContent): DraftContent {
  return {
    values: kept(definition.fields, content.values),
    parts: Object.fromEntries(
      Object.entries(definition.parts).map(([name, part]) => [
        name,
        (content.parts[name] ?? []).map((row): AnyRow => ({ ...kept(part.fields, row), id: row.id })),
      ]),
    ),
  };
}

function kept(fields: DefinitionAnswer['fields'], values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => {
      const field = fields[name];
      return field !== undefined && isWritable(field) && !unkept.includes(field.secret ?? '');
    }),
  );
}
