import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { keyPlaces } from '../ui/keyTable.ts';
import { KeyList } from './KeyList.tsx';

/** All keys on one card. */
export function KeyCard({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open title={t('keys.title')} footer={null} onCancel={onClose} width={720} className="tp-key-card">
      {keyPlaces.map((place) => (
        <KeyList key={place} place={place} />
      ))}
    </Modal>
  );
}
