import { type RefObject, useEffect, useRef } from 'react';
import type { GridHandle } from '../grid/EntryGrid.tsx';
import { firstPlace } from './fieldProblems.ts';
import { focusPlace } from './focus.ts';
import { isGiven } from './input.ts';
import type { RecordForm } from './useRecordForm.ts';

/** Puts the keyboard where it is needed: into the first field of a new form, and into the first one that was refused. */
export function useFormFocus(form: RecordForm, box: RefObject<HTMLElement | null>, grids: RefObject<Map<string, GridHandle>>): void {
  const opened = useRef(form);
  useEffect(() => {
    const { definition, state, answer } = opened.current;
    if (answer !== null) return;
    const wanted = Object.keys(definition.fields).find((name) => definition.fields[name]?.required && !isGiven(state.now.values[name]));
    if (wanted !== undefined && focusPlace(box.current, wanted)) return;
    box.current?.querySelector<HTMLElement>('[data-place] [data-stop]:not([disabled])')?.focus();
  }, [box]);
  const shown = useRef(form.refusal);
  useEffect(() => {
    if (form.refusal === shown.current) return;
    shown.current = form.refusal;
    if (form.refusal === null) return;
    const place = firstPlace(form.problems, form.definition, form.state.now.parts);
    if (place === undefined) return;
    const [part = '', row, field] = place.split('.');
    if (row !== undefined && field !== undefined && grids.current.has(part)) grids.current.get(part)?.focusCell(Number(row), field);
    else requestAnimationFrame(() => focusPlace(box.current, place));
  });
}
