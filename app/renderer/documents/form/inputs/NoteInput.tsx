import { Input } from 'antd';
import type { NoteField } from '../../../../../shared/kernel/fields.ts';
import type { InputProps } from './shape.ts';

/** Text of several lines: Enter goes on to the next field, Ctrl+Enter begins a new line. */
export function NoteInput({ field, id, label, value, disabled, status, onChange }: InputProps & { field: NoteField }) {
  return (
    <Input.TextArea
      id={id}
      data-stop
      aria-label={label}
      value={value === null ? '' : String(value)}
      maxLength={field.max}
      disabled={disabled}
      status={status}
      autoSize={{ minRows: 1, maxRows: 8 }}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !event.ctrlKey || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        const area = event.currentTarget;
        area.setRangeText('\n', area.selectionStart, area.selectionEnd, 'end');
        onChange(area.value);
      }}
    />
  );
}
