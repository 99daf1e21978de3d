import { createContext, useContext } from 'react';
import type { Language } from '../../../../shared/language/languages.ts';

/** What a text of a template may merge and a column may show, with their labels. */
export interface PrintNames {
  merge: { name: string; label: string; kind: string }[];
  lines: { name: string; label: string }[];
}

/** The language whose texts are being edited, and the names that may be used. */
export interface Editing {
  language: Language;
  names: PrintNames;
}

export const EditingContext = createContext<Editing>({ language: 'zh-CN', names: { merge: [], lines: [] } });
export const useEditing = (): Editing => useContext(EditingContext);
