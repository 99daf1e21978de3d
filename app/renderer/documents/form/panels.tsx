import type { ComponentType } from 'react';
import type { RecordForm } from './useRecordForm.ts';

/** What a panel beside the form is told: the form, and the line the person stands on. */
export interface PanelProps {
  form: RecordForm;
  part: string | null;
  row: number | null;
}

/** Where a panel stands: beside the form, or as a strip above its fields. */
export type PanelPlace = 'side' | 'above';
interface Panel {
  name: string;
  place: PanelPlace;
  Component: ComponentType<PanelProps>;
}

const registered = new Map<string, Panel[]>();

/** Puts a panel beside the forms of every type whose definition names this calculation. */
export function registerPanel(calculations: readonly string[], panel: Panel): void {
  for (const calculation of calculations) {
    const others = (registered.get(calculation) ?? []).filter(({ name }) => name !== panel.name);
    registered.set(calculation, [...others, panel]);
  }
}

export const panelsFor = (calculation: string | undefined, place: PanelPlace): readonly Panel[] =>
  (registered.get(calculation ?? '') ?? []).filter((panel) => panel.place === place);
