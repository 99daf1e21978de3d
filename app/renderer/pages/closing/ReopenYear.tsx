import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks why a year is opened again. */
export function ReopenYear({ year, onReopen, onHide }: { year: string; onReopen: (reason: string) => Promise<void>; onHide: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      title={`${t('books.yearReopen')} ${year}`}
      okText={t('books.yearReopen')}
      cancelText={t('general.cancel')}
      okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
      onOk={() => onReopen(reason.trim())}
      onCancel={onHide}
    >
      <Input.TextArea
        autoFocus
        maxLength={200}
        aria-label={t('books.reopenReason')}
        placeholder={t('books.reopenReason')}
        autoSize={{ minRows: 2 }}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}
