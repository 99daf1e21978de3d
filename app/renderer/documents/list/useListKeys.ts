import type { InputRef } from 'antd';
import { type RefObject, useEffect, useRef } from 'react';
import { isPressed } from '../../ui/keyTable.ts';

/** The keys of a list beside those of its table: to the search box, ask again, begin a new record. */
export function useListKeys({ onRefresh, onCreate }: { onRefresh: () => void; onCreate?: () => void }): RefObject<InputRef | null> {
  const searchBox = useRef<InputRef>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || document.querySelector('.ant-modal-wrap, .ant-drawer-open') !== null) return;
      if (isPressed(event, 'find')) searchBox.current?.focus({ cursor: 'all' });
      else if (isPressed(event, 'refresh')) onRefresh();
      else if (isPressed(event, 'create')) onCreate?.();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [onRefresh, onCreate]);
  return searchBox;
}
