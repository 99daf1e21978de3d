import type { ComponentType, ReactNode } from 'react';
import type { RecordForm } from './useRecordForm.ts';

/** What is drawn in the place of a part's grid; `grid` draws the grid itself, with more buttons beside its own. */
export interface PartViewProps {
  form: RecordForm;
  part: string;
  grid: (tools: ReactNode) => ReactNode;
}

const registered = new Map<string, ComponentType<PartViewProps>>();

/** Parts of this name are drawn by this component, in the forms of all types. */
export const registerPartView = (part: string, Component: ComponentType<PartViewProps>): void => void registered.set(part, Component);

export const partViewOf = (part: string): ComponentType<PartViewProps> | undefined => registered.get(part);
