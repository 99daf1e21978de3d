import { CalendarOutlined } from '@ant-design/icons';
import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseDay } from '../../../../../shared/kernel/days.ts';
import { useSession } from '../../../api/session.tsx';
import { formatDay } from '../../../ui/format.ts';
import type { InputProps } from './shape.ts';

type DayInputProps = Pick<InputProps, 'id' | 'label' | 'value' | 'disabled' | 'status' | 'onChange' | 'onProblem'>;

/** A day, typed: `5`, `0315`, `+3`, `t`, or in full; the calendar opens with F4 or the button. */
export function DayInput({ id, label, value, disabled, status, onChange, onProblem }: DayInputProps) {
  const { t } = useTranslation();
  const { language, settings } = useSession();
  const [typed, setTyped] = useState<string | null>(null);
  const [isUnread, setUnread] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const tell = (unread: boolean) => {
    setUnread(unread);
    onProblem?.(unread ? 'notADay' : null);
  };
  const commit = (): boolean => {
    if (typed === null) return true;
    const day = typed.trim() === '' ? null : parseDay(typed, settings.today, language === 'en' ? 'dmy' : 'ymd');
    if (typed.trim() !== '' && day === null) {
      tell(true);
      return false;
    }
    tell(false);
    setTyped(null);
    if (day !== value) onChange(day);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'F4') {
      event.preventDefault();
      setOpen(!isOpen);
    }
    if (event.key === 'Escape' && (typed !== null || isOpen)) {
      event.stopPropagation();
      setTyped(null);
      setOpen(false);
      tell(false);
    }
    if (event.key === 'Enter' && !commit()) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const shown = typeof value === 'string' ? formatDay(value, language) : '';
  return (
    <span className="tp-day">
      <Input
        id={id}
        data-stop
        autoComplete="off"
        aria-label={label}
        aria-invalid={isUnread}
        title={isUnread ? t('documents.notADay') : undefined}
        value={typed ?? shown}
        disabled={disabled}
        status={isUnread ? 'error' : status}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
        suffix={
          disabled ? null : (
            <button
              type="button"
              tabIndex={-1}
              className="tp-icon-button"
              aria-label={t('documents.calendar')}
              onClick={() => setOpen(!isOpen)}
            >
              <CalendarOutlined />
            </button>
          )
        }
      />
      {isOpen ? (
        <DatePicker
          className="tp-day-calendar"
          open
          value={typeof value === 'string' ? dayjs(value) : null}
          onOpenChange={setOpen}
          onChange={(chosen) => {
            setOpen(false);
            setTyped(null);
            onChange(chosen === null ? null : chosen.format('YYYY-MM-DD'));
          }}
        />
      ) : null}
    </span>
  );
}
