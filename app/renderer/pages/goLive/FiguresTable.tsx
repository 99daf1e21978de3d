import { CheckCircleFilled, ExclamationCircleFilled, MinusCircleOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { differs, mustAgree, type OpeningFigure } from '../../../../shared/contracts/goLive.ts';
import { evaluateSum, formatExact, SCALE } from '../../../../shared/kernel/numbers.ts';

interface FiguresTableProps {
  figures: readonly OpeningFigure[];
  /** Absent once the figures are locked. */
  onKeep?: (key: string, total: number | null) => void;
}

/** What is there beside what the old system said; the difference follows while the person types. */
export function FiguresTable({ figures, onKeep }: FiguresTableProps) {
  const { t } = useTranslation();
  return (
    <table className="tp-small-table tp-opening-figures">
      <thead>
        <tr>
          <th>{t('goLive.figure')}</th>
          <th className="tp-opening-number">{t('goLive.count')}</th>
          <th className="tp-opening-number">{t('goLive.here')}</th>
          <th className="tp-opening-number">{t('goLive.oldSystem')}</th>
          <th>{t('goLive.difference')}</th>
        </tr>
      </thead>
      <tbody>
        {figures.map((figure) => (
          <FigureRow key={figure.key} figure={figure} onKeep={onKeep} />
        ))}
      </tbody>
    </table>
  );
}

const digitsOf = ({ kind, digits }: OpeningFigure): number => digits ?? (kind === 'stockQuantity' ? SCALE.quantity : 0);

const written = (figure: OpeningFigure, value: number): string =>
  `${figure.symbol ?? ''}${formatExact(value, digitsOf(figure), { group: true, trim: figure.kind === 'stockQuantity' })}`;

function FigureRow({ figure, onKeep }: { figure: OpeningFigure; onKeep: FiguresTableProps['onKeep'] }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? null : readTotal(typed, figure);
  const control = read === null ? figure.control : (read.value ?? null);
  const name = [t(`goLive.kinds.${figure.kind}`), figure.title].filter(Boolean).join(' · ');
  const keep = () => {
    if (read !== null && read.value !== undefined && read.value !== figure.control) onKeep?.(figure.key, read.value);
    if (read !== null && read.value !== undefined) setTyped(null);
  };
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="tp-number tp-opening-number tp-faint">{figure.count}</td>
      <td className="tp-number tp-opening-number">{written(figure, figure.amount)}</td>
      <td className="tp-opening-number">
        {onKeep ? (
          <Input
            className="tp-number tp-opening-total"
            aria-label={`${name}: ${t('goLive.oldSystem')}`}
            inputMode="decimal"
            status={read !== null && read.value === undefined ? 'error' : ''}
            placeholder={mustAgree(figure) ? t('goLive.enter') : t('goLive.optional')}
            value={
              typed ??
              (figure.control === null ? '' : formatExact(figure.control, digitsOf(figure), { trim: figure.kind === 'stockQuantity' }))
            }
            onChange={(event) => setTyped(event.target.value)}
            onBlur={keep}
            onPressEnter={keep}
          />
        ) : (
          <span className="tp-number">{figure.control === null ? '–' : written(figure, figure.control)}</span>
        )}
      </td>
      <td>
        <Difference figure={{ ...figure, control }} />
      </td>
    </tr>
  );
}

type ReadTotal = { value: number | null } | { value?: undefined };

/** A number or a small sum; an empty cell takes the total away. */
function readTotal(text: string, figure: OpeningFigure): ReadTotal {
  if (text.trim() === '') return { value: null };
  const { value } = evaluateSum(text, digitsOf(figure));
  return value === undefined ? {} : { value };
}

function Difference({ figure }: { figure: OpeningFigure }) {
  const { t } = useTranslation();
  if (figure.control === null && !mustAgree(figure)) return null;
  if (figure.control === null)
    return (
      <span className="tp-opening-missing">
        <MinusCircleOutlined /> {t('goLive.missing')}
      </span>
    );
  if (!differs(figure))
    return (
      <span className="tp-opening-agrees">
        <CheckCircleFilled /> {t('goLive.agrees')}
      </span>
    );
  const difference = figure.amount - figure.control;
  return (
    <span className="tp-opening-differs tp-number">
      <ExclamationCircleFilled /> {difference > 0 ? '+' : ''}
      {written({ ...figure, symbol: '' }, difference)}
    </span>
  );
}
