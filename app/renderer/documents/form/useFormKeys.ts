import { type RefObject, useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { RecordForm } from './useRecordForm.ts';

interface FormKeys {
  form: RecordForm;
  box: RefObject<HTMLElement | null>;
  isEmbedded: boolean;
  onPrint?: () => void;
}

/** The keys of every form: save, print, new, copy, undo and redo, and Esc one step back. */
export function useFormKeys(keys: FormKeys): void {
  const navigate = useNavigate();
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || isElsewhere(latest.current, event)) return;
      const act = actionOf(event, latest.current, navigate);
      if (!act) return;
      event.preventDefault();
      // What is being typed in a field is taken first, as if the field had been left.
      if (event.key !== 'Escape') settleField();
      setTimeout(act);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [navigate]);
}

type Navigate = ReturnType<typeof useNavigate>;

function actionOf(event: KeyboardEvent, { form, isEmbedded, onPrint }: FormKeys, navigate: Navigate): (() => void) | null {
  const { type } = form.definition;
  const save = () => void (form.isDirty || form.answer === null ? form.save() : undefined);
  if (event.key === 'F8') return save;
  if (event.key === 'F9' && onPrint) return onPrint;
  if (event.key === 'Escape' && !isEmbedded) return () => void navigate(-1);
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  switch (event.key.toLowerCase()) {
    case 's':
      return save;
    case 'z':
      return () => form.dispatch({ type: event.shiftKey ? 'redo' : 'undo' });
    case 'y':
      return () => form.dispatch({ type: 'redo' });
    case 'n':
      return isEmbedded ? null : () => void navigate(`/record/${type}/new`);
    case 'd':
      return isEmbedded || form.answer === null ? null : () => void navigate(`/record/${type}/new?copy=${form.answer?.id}`);
    default:
      return null;
  }
}

/** A dialog above the form has the keys to itself; a form inside a dialog answers only there. */
function isElsewhere({ box, isEmbedded }: FormKeys, event: KeyboardEvent): boolean {
  const dialog = (event.target as HTMLElement | null)?.closest?.('.ant-modal, .ant-drawer');
  if (isEmbedded) return !dialog?.contains(box.current?.firstElementChild ?? box.current);
  return dialog !== null && dialog !== undefined;
}

function settleField(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement) && !(field instanceof HTMLTextAreaElement)) return;
  field.blur();
  field.focus();
}
