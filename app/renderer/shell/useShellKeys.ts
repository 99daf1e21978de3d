import { useEffect } from 'react';

/** Keys that work everywhere: Ctrl+K searches, `?` shows the key card. F-keys and Ctrl+N belong to the page. */
export function useShellKeys({ onSearch, onKeyCard }: { onSearch: () => void; onKeyCard: () => void }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') onSearch();
      else if (event.key === '?' && !isTyping(event.target)) onKeyCard();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [onSearch, onKeyCard]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}
