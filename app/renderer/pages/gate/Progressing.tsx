import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../api/i18n.ts';
import { sizeText } from '../backups/sizeText.ts';

/** How far something is: bytes that come in, or rows that are loaded. */
export function Progressing({ text, done, all, unit }: { text: string; done: number; all: number; unit: 'bytes' | 'rows' }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const shown = (value: number) => (unit === 'bytes' ? sizeText(value) : new Intl.NumberFormat(language).format(value));
  return (
    <div role="status" aria-live="polite">
      <p>{text}</p>
      <Progress percent={all === 0 ? 0 : Math.floor((done / all) * 100)} status="active" aria-label={text} />
      <p className="tp-faint">{all === 0 ? ' ' : t('restore.doneOf', { done: shown(done), all: shown(all) })}</p>
    </div>
  );
}
