import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

const card = [
  ['Ctrl K', 'search'],
  ['Ctrl N', 'create'],
  ['Ctrl S / F8', 'save'],
  ['Ctrl D', 'copy'],
  ['F2', 'edit'],
  ['F3', 'find'],
  ['F4', 'pick'],
  ['F5', 'refresh'],
  ['F9', 'print'],
  ['Enter', 'nextField'],
  ['Shift Enter', 'previousField'],
  ['Ins / Ctrl Del', 'lines'],
  ['Alt ↑ ↓', 'moveLine'],
  ['Ctrl Z / Y', 'undo'],
  ['Esc', 'back'],
  ['?', 'card'],
] as const;

/** All keys on one card. */
export function KeyCard({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open title={t('keys.title')} footer={null} onCancel={onClose} width={560}>
      <dl className="tp-keys">
        {card.map(([key, name]) => (
          <div key={name}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
