import type { ComponentType } from 'react';
import type { Translate } from '../../api/i18n.ts';
import type { Session } from '../../api/session.tsx';
import type { RecordForm } from './useRecordForm.ts';

/** What a panel beside the form is told: the form, and the line the person stands on. */
export interface PanelProps {
  form: RecordForm;
  part: string | null;
  row: number | null;
}

/** Where a panel stands: beside the form, as a strip above its fields, below all of its tabs (what comes and goes while
 * somebody types must not move the fields), or behind a tab of its own once the record is stored. */
export type PanelPlace = 'side' | 'above' | 'below' | 'tab';
interface Panel {
  name: string;
  place: PanelPlace;
  /** What its tab is called. */
  title?: (t: Translate) => string;
  /** Whether the person at work may see what it shows; everybody may when nothing is said. */
  isFor?: (session: Session) => boolean;
  Component: ComponentType<PanelProps>;
}

const registered = new Map<string, Panel[]>();

/** Puts a panel beside the forms of every type of one of these names, and of every type whose calculation has one of them. */
export function registerPanel(names: readonly string[], panel: Panel): void {
  for (const name of names) {
    const others = (registered.get(name) ?? []).filter((other) => other.name !== panel.name);
    registered.set(name, [...others, panel]);
  }
}

/** The panels of a type at one place, each once. */
export function panelsFor(of: { type: string; calculation?: string }, place: PanelPlace, session: Session): readonly Panel[] {
  const all = [of.calculation ?? '', of.type].flatMap((name) => registered.get(name) ?? []);
  const mine = all.filter((panel) => panel.place === place && (panel.isFor?.(session) ?? true));
  return [...new Map(mine.map((panel) => [panel.name, panel])).values()];
}
