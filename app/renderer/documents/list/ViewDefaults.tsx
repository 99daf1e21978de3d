import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '../../../../shared/contracts/trade.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { useNotices } from '../../ui/notices.tsx';

/** Which positions begin with a shared view. */
export function ViewDefaults({ type, saved, onClose }: { type: string; saved: SavedView; onClose: () => void }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [positions, setPositions] = useState<number[]>(saved.positions);
  const save = async () => {
    try {
      await api.put(`/api/views/${type}/${saved.id}/positions`, { positions });
      await queryClient.invalidateQueries({ queryKey: ['views', type] });
      notices.done(t('general.saved'));
      onClose();
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  return (
    <Modal open title={t('relations.viewDefault')} okText={t('general.save')} onOk={() => void save()} onCancel={onClose} width={420}>
      <p className="tp-faint">{t('relations.viewDefaultHelp', { name: saved.name })}</p>
      <LinkSelect
        many
        to="position"
        label={t('relations.viewDefault')}
        value={positions}
        onChange={(ids) => setPositions(ids as number[])}
      />
    </Modal>
  );
}
