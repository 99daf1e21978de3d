import { useEffect } from 'react';
import { isPressed } from '../ui/keyTable.ts';

/** Keys that work everywhere: search, help, and the key card. The other ones belong to the page. */
export function useShellKeys({ onSearch, onKeyCard, onHelp }: { onSearch: () => void; onKeyCard: () => void; onHelp: () => void }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      if (isPressed(event, 'search')) onSearch();
      else if (isPressed(event, 'help')) onHelp();
      else if (isPressed(event, 'card') && !isTyping(event.target)) onKeyCard();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [onSearch, onKeyCard, onHelp]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}
