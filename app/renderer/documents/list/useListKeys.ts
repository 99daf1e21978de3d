import type { InputRef } from 'antd';
import { type RefObject, useEffect, useRef } from 'react';

/** F3 goes to the search box, F5 asks again, Ctrl+N (Alt+N where the browser keeps it) begins a new record. */
export function useListKeys({ onRefresh, onCreate }: { onRefresh: () => void; onCreate?: () => void }): RefObject<InputRef | null> {
  const searchBox = useRef<InputRef>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || document.querySelector('.ant-modal-wrap, .ant-drawer-open') !== null) return;
      if (event.key === 'F3') searchBox.current?.focus({ cursor: 'all' });
      else if (event.key === 'F5' && !event.ctrlKey) onRefresh();
      else if ((event.ctrlKey || event.altKey) && event.key.toLowerCase() === 'n') onCreate?.();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [onRefresh, onCreate]);
  return searchBox;
}
