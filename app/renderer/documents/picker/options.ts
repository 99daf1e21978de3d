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
    (name) => name !== 'code' && name !== definition?.title && definition?.fields[name],
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
  return of.rows.map((row) => ({
    key: row.id,
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
