import type { Titles } from '../../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../../shared/kernel/definition.ts';

/** What every input of a form is given. */
export interface InputProps {
  /** The type of record and the path of the field, for words. */
  type: string;
  path: string;
  id: string;
  label: string;
  value: Value;
  titles: Titles;
  disabled: boolean;
  status: 'error' | '';
  /** The values that stand beside it in the same record or row. */
  beside: Readonly<Record<string, Value | undefined>>;
  /** Decimal digits of the record's currency. */
  digits: number;
  /** A new value; for a link with the name of what was chosen. */
  onChange: (value: Value, titles?: Titles) => void;
  /** Something stands in the field that cannot be read as a value; null when it is in order again. */
  onProblem?: (code: string | null) => void;
  /** Values for this field and those that belong to it, all at once. */
  onFill?: (values: Readonly<Record<string, Value | undefined>>) => void;
  onTaken?: (input: HTMLElement) => void;
}
