import { type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import type { DefinitionAnswer, ListRow, Titles } from '../../../../shared/contracts/wire.ts';
import type { Field } from '../../../../shared/kernel/fields.ts';
import { type Session, useSession } from '../../api/session.tsx';
import { FieldValue } from '../../ui/FieldValue.tsx';
import { formatMoney, formatQuantity, isNumeric } from '../../ui/format.ts';
import { usePreference } from '../../ui/preference.ts';
import { StateTag } from '../../ui/StateTag.tsx';
import type { TableColumn } from '../../ui/table/DataTable.tsx';
import { textWidthPx } from '../../ui/textWidth.ts';

/** Which columns a person chose, in which order and how wide; kept per type. */
export interface ColumnChoice {
  keys: string[];
  widthsPx?: Record<string, number>;
  frozen: number;
}

export const stateKey = 'state';

/** Everything the list could show, in the order of the definition. */
export function choosableColumns(definition: DefinitionAnswer): string[] {
  const fields = Object.entries(definition.fields).filter(([, field]) => field.hidden !== true && field.kind !== 'file');
  const names = fields.map(([name]) => name);
  if (definition.states === undefined) return names;
  return [...names.slice(0, 1), stateKey, ...names.slice(1)];
}

/** The columns a list begins with: what the definition lists, the title always. */
export function firstColumns(definition: DefinitionAnswer): string[] {
  return choosableColumns(definition).filter(
    (name) => name === stateKey || name === definition.title || definition.fields[name]?.list === true,
  );
}

/** The person's columns of a type and how to change or reset them. */
export function useColumnChoice(definition: DefinitionAnswer): [ColumnChoice, (choice: ColumnChoice | null) => void] {
  const initial = useMemo(() => ({ keys: firstColumns(definition), frozen: 1 }), [definition]);
  const [choice, keep] = usePreference<ColumnChoice>(`columns.${definition.type}`, initial);
  const known = useMemo(() => new Set(choosableColumns(definition)), [definition]);
  const usable = useMemo(() => ({ ...choice, keys: choice.keys.filter((key) => known.has(key)) }), [choice, known]);
  return [usable.keys.length > 0 ? usable : initial, keep];
}

/** The columns as the table draws them. `footOf` gives what stands under a column, `sums` the numbers there. */
export function useListColumns(
  definition: DefinitionAnswer,
  choice: ColumnChoice,
  of: { titles: Titles; sums?: Record<string, number>; footOf: (key: string) => ReactNode },
): TableColumn<ListRow>[] {
  const session = useSession();
  const { titles, sums, footOf } = of;
  return useMemo(() => {
    const { type } = definition;
    const growing = growingColumn(definition, choice.keys);
    return choice.keys.map((key): TableColumn<ListRow> => {
      const widthPx = choice.widthsPx?.[key];
      if (key === stateKey) {
        return {
          key,
          title: session.fieldLabel(type, key),
          widthPx: widthPx ?? stateWidthPx(definition, session),
          sortable: true,
          render: (row) => <StateTag type={type} state={row.state} />,
        };
      }
      const field = definition.fields[key] as Field;
      return {
        key,
        title: session.fieldLabel(type, key),
        widthPx:
          widthPx ??
          Math.max(
            firstWidthPx(field, key === definition.title),
            headWidthPx(session.fieldLabel(type, key)),
            choiceWidthPx(field, (choice) => session.choiceLabel(type, key, choice)),
            sumWidthPx(field, sums?.[key], session.digits),
          ),
        align: isNumeric(field) ? 'end' : field.kind === 'flag' ? 'center' : 'start',
        sortable: field.kind !== 'note' && field.kind !== 'picture',
        grows: choice.widthsPx === undefined && growing.has(key),
        foot: footOf(key),
        render: (row) => <Cell definition={definition} name={key} field={field} row={row} titles={titles} />,
      };
    });
  }, [definition, choice, titles, sums, session, footOf]);
}

function Cell({
  definition,
  name,
  field,
  row,
  titles,
}: {
  definition: DefinitionAnswer;
  name: string;
  field: Field;
  row: ListRow;
  titles: Titles;
}) {
  const value = row.values[name];
  const currency = row.values.currency as number | null | undefined;
  const shown = <FieldValue type={definition.type} path={name} field={field} value={value} titles={titles} currency={currency} linked />;
  if (name !== definition.title) return shown;
  return (
    <Link to={`/record/${definition.type}/${row.id}`} tabIndex={-1} className="tp-title">
      {value === null || value === undefined ? `#${row.id}` : shown}
    </Link>
  );
}

/** Texts and names of others take the width that is left. */
function growingColumn(definition: DefinitionAnswer, keys: readonly string[]): Set<string> {
  const long = keys.filter((key) => {
    const field = definition.fields[key];
    return (
      field !== undefined &&
      ((field.kind === 'text' && field.max >= 120) || field.kind === 'note' || (field.kind === 'link' && field.required))
    );
  });
  return new Set(long.length > 0 ? long : keys.filter((key) => key === definition.title));
}

/** Wide enough for the longest state. */
function stateWidthPx(definition: DefinitionAnswer, session: Session): number {
  const labels = Object.keys(definition.states ?? {}).map((state) => textWidthPx(session.stateLabel(definition.type, state), 12));
  return Math.max(60, ...labels) + 30;
}

function choiceWidthPx(field: Field, labelOf: (choice: string) => string): number {
  return field.kind === 'choice' ? Math.max(...field.choices.map((choice) => textWidthPx(labelOf(choice), 13))) + 20 : 0;
}

/** Sums are larger than their parts and stand in bold. */
function sumWidthPx(field: Field, sum: number | undefined, digits: number): number {
  if (sum === undefined) return 0;
  return textWidthPx(field.kind === 'money' ? formatMoney(sum, digits) : formatQuantity(sum), 13) + 20;
}

const headWidthPx = (label: string): number => textWidthPx(label, 13) + 22;

function firstWidthPx(field: Field, isTitle: boolean): number {
  if (field.kind === 'text' && field.format === 'barcode') return 118;
  if (field.kind === 'text' && !isTitle) return field.max >= 120 ? 190 : field.max >= 60 ? 124 : field.max >= 40 ? 96 : 80;
  return widthsPx[field.kind] ?? (field.kind === 'link' && field.required ? 170 : 76);
}

/** What a value of the kind usually needs. */
const widthsPx: Partial<Record<Field['kind'], number>> = {
  text: 136,
  note: 190,
  money: 104,
  price: 92,
  quantity: 92,
  day: 94,
  instant: 132,
  flag: 64,
  integer: 72,
  picture: 60,
};
