import type { WireField } from '../../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../../shared/kernel/definition.ts';
import { isDerived } from '../../../../../shared/kernel/fields.ts';
import { FieldValue } from '../../../ui/FieldValue.tsx';
import { ChoiceInput } from './ChoiceInput.tsx';
import { DayInput } from './DayInput.tsx';
import { FileInput } from './FileInput.tsx';
import { FlagInput } from './FlagInput.tsx';
import { LinkInput } from './LinkInput.tsx';
import { NoteInput } from './NoteInput.tsx';
import { NumberInput } from './NumberInput.tsx';
import { SuggestInput } from './SuggestInput.tsx';
import type { InputProps } from './shape.ts';
import { TextInput } from './TextInput.tsx';

interface FieldInputProps extends InputProps {
  field: WireField;
  currency: number | null;
}

/** One field as a person fills it, by its kind; as plain text where it cannot be changed. */
export function FieldInput(props: FieldInputProps) {
  const { field, disabled } = props;
  if (disabled && (isDerived(field) || field.kind === 'instant')) return <ReadOnlyValue {...props} />;
  switch (field.kind) {
    case 'text':
      return field.suggest ? (
        <SuggestInput {...props} field={{ ...field, suggest: field.suggest }} />
      ) : (
        <TextInput {...props} field={field} />
      );
    case 'note':
      return <NoteInput {...props} field={field} />;
    case 'day':
      return <DayInput {...props} />;
    case 'choice':
      return <ChoiceInput {...props} field={field} />;
    case 'dictionary':
    case 'link':
      return <LinkInput {...props} field={field} />;
    case 'flag':
      return <FlagInput {...props} />;
    case 'file':
    case 'picture':
      return <FileInput {...props} field={field} />;
    case 'instant':
      return <ReadOnlyValue {...props} />;
    default:
      return <NumberInput {...props} field={field} />;
  }
}

function ReadOnlyValue({ type, path, field, value, titles, currency }: FieldInputProps) {
  return (
    <span className="tp-read-only">
      <FieldValue type={type} path={path} field={field} value={value as Value} titles={titles} currency={currency} linked />
    </span>
  );
}
