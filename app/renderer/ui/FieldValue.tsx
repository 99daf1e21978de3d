import { CheckOutlined, MinusOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Titles } from '../../../shared/contracts/wire.ts';
import { daysBetween } from '../../../shared/kernel/days.ts';
import type { Value } from '../../../shared/kernel/definition.ts';
import type { Field } from '../../../shared/kernel/fields.ts';
import { useCurrencies } from '../api/currencies.ts';
import { useSession } from '../api/session.tsx';
import { FilePicture } from './FilePicture.tsx';
import { type FormatSetting, fieldText, isNumeric } from './format.ts';

export interface FieldValueProps {
  type: string;
  /** `name`, or `lines.quantity` for a field of a part. */
  path: string;
  field: Field;
  value: Value | undefined;
  titles?: Titles;
  /** The record's currency; money of the company itself needs none. */
  currency?: number | null;
  /** Links lead to their record. */
  linked?: boolean;
}

/** Shows a value of any field kind the way it is read: money with the digits of its currency, choices and links by their names. */
export function FieldValue({ type, path, field, value, titles, currency, linked }: FieldValueProps) {
  const text = useFieldText()(type, path, field, value, { titles, currency });
  if (value === null || value === undefined || value === '') return null;
  if (field.kind === 'flag') return value ? <CheckOutlined aria-label={text} /> : <MinusOutlined aria-label={text} className="tp-faint" />;
  if (field.kind === 'picture') return <FilePicture file={Number(value)} size={24} />;
  if (field.kind === 'day' && field.ages) return <AgedDay day={String(value)} text={text} />;
  if (field.kind === 'link' && linked) return <Link to={`/record/${field.to}/${value}`}>{text}</Link>;
  if (!isNumeric(field)) return <span title={text}>{text}</span>;
  return <span className={Number(value) < 0 ? 'tp-number tp-negative' : 'tp-number'}>{text}</span>;
}

/** How long ago a day was; the day itself is told to whoever points at it. */
function AgedDay({ day, text }: { day: string; text: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const count = daysBetween(day, session.settings.today);
  return <span title={text}>{count > 0 ? t('general.daysAgo', { count }) : text}</span>;
}

/** Gives a function that puts any field's value into plain text, for copying, titles and messages. */
export function useFieldText() {
  const { t } = useTranslation();
  const session = useSession();
  const currencies = useCurrencies();
  const { priceDecimals, quantityDecimals } = session.settings.parameters;
  const decimals = {
    ...(typeof priceDecimals === 'number' ? { priceDecimals } : {}),
    ...(typeof quantityDecimals === 'number' ? { quantityDecimals } : {}),
  };
  return (
    type: string,
    path: string,
    field: Field,
    value: Value | undefined,
    of: { titles?: Titles; currency?: number | null } = {},
  ): string => {
    const isBase = field.kind === 'money' && field.in === 'base';
    const setting: FormatSetting = {
      language: session.language,
      timeZone: session.settings.timeZone,
      digits: isBase ? session.digits : currencies.of(of.currency).digits,
      ...decimals,
      titles: of.titles,
      choiceLabel: (choice) =>
        field.kind === 'choice' && path === 'dictionary'
          ? (session.words.dictionaries[choice] ?? choice)
          : session.choiceLabel(type, path, choice),
      yes: t('general.yes'),
      no: t('general.no'),
    };
    return fieldText(field, value, setting);
  };
}
