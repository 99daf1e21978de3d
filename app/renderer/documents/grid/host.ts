import type { Titles, WireField } from '../../../../shared/contracts/wire.ts';
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import type { FieldRefusal } from '../../../../shared/kernel/refusal.ts';
import type { DraftAction, RowValues } from '../form/draft.ts';

/** The part of a form that a grid shows and changes. */
export interface GridHost {
  type: string;
  part: string;
  fields: Readonly<Record<string, WireField>>;
  rows: readonly AnyRow[];
  titles: Titles;
  /** The values of the document's head. */
  head: Readonly<Record<string, Value>>;
  isEditable: boolean;
  /** What a new row begins with. */
  fresh: RowValues;
  rowsMax: number;
  digits: number;
  baseDigits: number;
  problems: ReadonlyMap<string, FieldRefusal>;
  problemText(refusal: FieldRefusal): string;
  dispatch(action: DraftAction): void;
  tellProblem(place: string, code: string | null): void;
}
