import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { DefinitionAnswer, ListRow, Titles } from '../../../../shared/contracts/wire.ts';
import type { Field } from '../../../../shared/kernel/fields.ts';
import { FieldValue } from '../../ui/FieldValue.tsx';
import type { ColumnChoice } from './columns.tsx';

interface FootOf {
  definition: DefinitionAnswer;
  choice: ColumnChoice;
  list: { rows: readonly ListRow[]; titles: Titles; count?: number; sums?: Record<string, number> };
  chosen: ReadonlySet<number>;
}

/** What stands under each column: sums of the whole filtered set, or of the selection while there is one. */
export function useFoot({ definition, choice, list, chosen }: FootOf): (key: string) => ReactNode {
  const { t } = useTranslation();
  const { rows, count, sums } = list;
  return useCallback(
    (key: string) => {
      if (key === choice.keys[0])
        return chosen.size > 0 ? t('list.totalChosen', { count: chosen.size }) : t('list.totalAll', { count: count ?? rows.length });
      const field = definition.fields[key];
      if (field === undefined || (field.kind !== 'money' && field.kind !== 'quantity')) return null;
      const picked = chosen.size > 0 ? rows.filter((row) => chosen.has(row.id)) : null;
      const sum = picked === null ? sums?.[key] : sumOf(picked, key, field);
      const currency = picked === null ? null : ((picked[0]?.values.currency as number | null) ?? null);
      return sum === undefined ? null : <FieldValue type={definition.type} path={key} field={field} value={sum} currency={currency} />;
    },
    [definition, choice, rows, count, sums, chosen, t],
  );
}

/** Money of several currencies has no sum. */
function sumOf(rows: readonly ListRow[], key: string, field: Field): number | undefined {
  const isForeign = field.kind === 'money' && field.in !== 'base';
  if (isForeign && new Set(rows.map((row) => row.values.currency ?? null)).size > 1) return undefined;
  return rows.reduce((sum, row) => sum + Number(row.values[key] ?? 0), 0);
}
