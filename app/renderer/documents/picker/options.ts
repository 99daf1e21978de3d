import type { PickRow } from '../../../../shared/contracts/wire.ts';
import type { Session } from '../../api/session.tsx';
import type { useFieldText } from '../../ui/FieldValue.tsx';
import type { PickOption } from './PickList.tsx';

/** The columns of a pick list: what the definition shows beside code and name, and the stock where the server tells it. */
export function pickColumns(
  session: Session,
  type: string,
  rows: readonly PickRow[],
): { names: string[]; labels: string[]; withStock: boolean } {
  const definition = session.definitionOf(type);
  const names = (definition?.search?.show ?? []).filter(
    (name) => name !== 'code' && name !== definition?.title && definition?.fields[name] && definition.fields[name]?.kind !== 'picture',
  );
  return { names, labels: names.map((name) => session.fieldLabel(type, name)), withStock: rows.some((row) => row.stock !== undefined) };
}

/** Rows from the server as options of the list. */
export function pickOptions(of: {
  type: string;
  rows: readonly PickRow[];
  session: Session;
  names: readonly string[];
  withStock: boolean;
  textOf: ReturnType<typeof useFieldText>;
  stockText: (available: number, onHand: number) => string;
}): PickOption[] {
  const fields = of.session.definitionOf(of.type)?.fields ?? {};
  const face = Object.keys(fields).find((name) => fields[name]?.kind === 'picture' && of.rows.some((row) => row.values[name]));
  return of.rows.map((row) => ({
    key: row.id,
    ...(face === undefined ? {} : { picture: Number(row.values[face] ?? 0) || null }),
    title: row.title,
    code: row.code,
    cells: [
      ...of.names.map((name) => {
        const field = fields[name];
        return field ? of.textOf(of.type, name, field, row.values[name], { titles: row.titles }) : '';
      }),
      ...(of.withStock ? [row.stock ? of.stockText(row.stock.available, row.stock.onHand) : ''] : []),
    ],
  }));
}
