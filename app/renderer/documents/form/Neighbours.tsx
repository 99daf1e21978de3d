import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { neighbourOf, placeInList } from '../../api/listOrder.ts';
import { chordsText, isPressed } from '../../ui/keyTable.ts';
import { useNotices } from '../../ui/notices.tsx';
import { markRow } from '../../ui/table/useTableKeys.ts';
import { settleField } from './useFormKeys.ts';

/** "3 / 128" with an arrow on either side, where the record was opened from a list; it works while the record is still being fetched. */
export function Neighbours({ type, id }: { type: string; id: number | null }) {
  const { t } = useTranslation();
  const go = useNeighbours(type, id);
  useNeighbourKeys(go);
  const place = id === null ? null : placeInList(type, id);
  const isListed = place !== null;
  useEffect(() => {
    if (isListed && id !== null) markRow(`list:${type}`, id);
  }, [isListed, type, id]);
  if (place === null) return null;
  return (
    <span className="tp-neighbours">
      <Button
        type="text"
        size="small"
        icon={<LeftOutlined />}
        disabled={!place.hasPrevious}
        aria-label={t('keys.previousRecord')}
        title={`${t('keys.previousRecord')} (${chordsText('previousRecord')})`}
        onClick={() => go(-1)}
      />
      <span>
        {place.at} / {place.count}
      </span>
      <Button
        type="text"
        size="small"
        icon={<RightOutlined />}
        disabled={!place.hasNext}
        aria-label={t('keys.nextRecord')}
        title={`${t('keys.nextRecord')} (${chordsText('nextRecord')})`}
        onClick={() => go(1)}
      />
    </span>
  );
}

/** Goes to the next or previous record of the list; Back leads to the list from each of them. */
function useNeighbours(type: string, id: number | null): (by: 1 | -1) => void {
  const navigate = useNavigate();
  const notices = useNotices();
  const isGoing = useRef(false);
  return useCallback(
    async (by: 1 | -1) => {
      if (id === null || isGoing.current) return;
      isGoing.current = true;
      try {
        const next = await neighbourOf(type, id, by);
        // The way may be barred by a form that was not saved: nobody waits for it here.
        if (next !== null) void navigate(`/record/${type}/${next}`, { replace: true });
      } catch (thrown) {
        notices.failed(thrown);
      } finally {
        isGoing.current = false;
      }
    },
    [type, id, navigate, notices],
  );
}

function useNeighbourKeys(go: (by: 1 | -1) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const by = isPressed(event, 'nextRecord') ? 1 : isPressed(event, 'previousRecord') ? -1 : null;
      if (by === null || event.isComposing || document.querySelector('.ant-modal-wrap, .ant-drawer-open') !== null) return;
      event.preventDefault();
      settleField();
      setTimeout(() => go(by));
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [go]);
}
