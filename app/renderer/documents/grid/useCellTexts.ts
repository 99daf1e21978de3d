import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireField } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { useSession } from '../../api/session.tsx';
import { fieldText } from '../../ui/format.ts';
import type { CellSetting } from './cellValue.ts';
import type { Column } from './columns.ts';
import type { GridHost } from './host.ts';

/** How the cells of a grid are read and shown; the same functions until language, currency or a name changes. */
export function useCellTexts(host: GridHost): { setting: CellSetting; textOf: (column: Column, value: Value | undefined) => string } {
  const { t } = useTranslation();
  const session = useSession();
  const { type, part, titles, digits, baseDigits } = host;
  const [yes, no] = [t('general.yes'), t('general.no')];
  const setting = useMemo((): CellSetting => {
    const digitsOf = (field: WireField) => (field.kind === 'money' && field.in === 'base' ? baseDigits : digits);
    return {
      today: session.settings.today,
      dayOrder: session.language === 'en' ? 'dmy' : 'ymd',
      digitsOf,
      choiceLabel: (name, value) => session.choiceLabel(type, `${part}.${name}`, value),
      titles,
      yes,
      no,
    };
  }, [session, type, part, titles, digits, baseDigits, yes, no]);
  const textOf = useMemo(
    () => (column: Column, value: Value | undefined) => {
      if (column.field.kind === 'flag') return value === true ? '✓' : '';
      return fieldText(column.field, value, {
        language: session.language,
        timeZone: session.settings.timeZone,
        digits: setting.digitsOf(column.field),
        titles,
        choiceLabel: (choice) => setting.choiceLabel(column.name, choice),
        yes,
        no,
      });
    },
    [session, setting, titles, yes, no],
  );
  return { setting, textOf };
}
