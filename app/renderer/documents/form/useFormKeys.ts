import { type RefObject, useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { isPressed, type KeyName } from '../../ui/keyTable.ts';
import { mainStepNow, useAskedStep } from './useAskedStep.tsx';
import type { RecordForm } from './useRecordForm.ts';

interface FormKeys {
  form: RecordForm;
  box: RefObject<HTMLElement | null>;
  isEmbedded: boolean;
  onPrint?: () => void;
}

/** The keys of every form: save, print, new, copy, undo and redo, and one step back. */
export function useFormKeys(keys: FormKeys): void {
  const navigate = useNavigate();
  const takeStep = useAskedStep(keys.form);
  const latest = useRef<Keyed>({ ...keys, takeStep });
  useEffect(() => {
    latest.current = { ...keys, takeStep };
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || isElsewhere(latest.current, event)) return;
      const act = actionOf(event, latest.current, navigate);
      if (!act) return;
      event.preventDefault();
      if (event.key !== 'Escape') settleField();
      setTimeout(act);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [navigate]);
}

type Navigate = ReturnType<typeof useNavigate>;
type Keyed = FormKeys & { readonly takeStep: (step: string) => void };

function actionOf(event: KeyboardEvent, { form, isEmbedded, onPrint, takeStep }: Keyed, navigate: Navigate): (() => void) | null {
  const { type } = form.definition;
  const own: [KeyName, (() => void) | null][] = [
    ['save', () => void (form.isDirty || form.answer === null ? form.save() : undefined)],
    ['print', onPrint ?? null],
    ['undo', () => form.dispatch({ type: 'undo' })],
    ['redo', () => form.dispatch({ type: 'redo' })],
  ];
  const step = mainStepNow(form);
  const ofPage: [KeyName, (() => void) | null][] = [
    ['saveAndTake', step === undefined || form.busy !== null ? null : () => takeStep(step)],
    ['back', () => void navigate(-1)],
    ['create', () => void navigate(`/record/${type}/new`)],
    ['copy', form.answer === null ? null : () => void navigate(`/record/${type}/new?copy=${form.answer?.id}`)],
  ];
  return [...own, ...(isEmbedded ? [] : ofPage)].find(([name]) => isPressed(event, name))?.[1] ?? null;
}

/** A dialog above the form has the keys to itself; a form inside a dialog answers only there. */
function isElsewhere({ box, isEmbedded }: FormKeys, event: KeyboardEvent): boolean {
  const dialog = (event.target as HTMLElement | null)?.closest?.('.ant-modal, .ant-drawer');
  if (isEmbedded) return !dialog?.contains(box.current?.firstElementChild ?? box.current);
  return dialog !== null && dialog !== undefined;
}

/** Takes what is being typed in a field, as if the field had been left. */
export function settleField(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement) && !(field instanceof HTMLTextAreaElement)) return;
  field.blur();
  field.focus();
}
