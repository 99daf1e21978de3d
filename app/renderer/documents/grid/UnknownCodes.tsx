import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { UnknownCode } from './useScanner.ts';

/** Scanned codes that nobody knows; they wait here and stop nothing. */
export function UnknownCodes({ codes, onForget }: { codes: readonly UnknownCode[]; onForget: (code: string) => void }) {
  const { t } = useTranslation();
  if (codes.length === 0) return null;
  return (
    <div className="tp-unknown" role="alert">
      {t('documents.unknownCodes')}
      {codes.map(({ code, count }) => (
        <Tag key={code} closable onClose={() => onForget(code)}>
          {count > 1 ? `${code} × ${count}` : code}
        </Tag>
      ))}
    </div>
  );
}
