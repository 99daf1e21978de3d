import type { KeyboardEvent } from 'react';
import { isPressed } from '../../ui/keyTable.ts';

const stops = '[data-stop]:not([disabled]), .ant-checkbox-input[data-stop]:not([disabled])';

/** Goes on to the next field of the form, or back; stays at its ends. */
export function focusNext(from: HTMLElement, by: 1 | -1): void {
  const form = from.closest('[data-form]');
  if (!form) return;
  const fields = [...form.querySelectorAll<HTMLElement>(stops)].filter((field) => field.offsetParent !== null || field === from);
  const next = fields[fields.indexOf(from) + by];
  next?.focus();
}

/** Puts the keyboard into the field at a place of the form ('name'); a cell of a grid is found by the grid itself. */
export function focusPlace(form: HTMLElement | null, place: string): boolean {
  const field = form?.querySelector<HTMLElement>(`[data-place="${CSS.escape(place)}"] ${'[data-stop]'}`);
  field?.focus();
  field?.scrollIntoView({ block: 'nearest' });
  return field !== null && field !== undefined;
}

/** Enter goes to the next field and Shift+Enter back, unless a candidate of the input method is being confirmed. */
export function onFormKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.nativeEvent.isComposing || event.defaultPrevented) return;
  const by = isPressed(event, 'nextField') ? 1 : isPressed(event, 'previousField') ? -1 : null;
  if (by === null) return;
  const target = event.target as HTMLElement;
  if (!target.matches('[data-stop]') || target.tagName === 'BUTTON') return;
  event.preventDefault();
  focusNext(target, by);
}
