import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

interface PickBoxRule<O> {
  options: readonly O[];
  /** The text the options belong to; null while the server is being asked. */
  settled: string | null;
  text: string;
  isOpen: boolean;
  setOpen: (open: boolean) => void;
  onTake: (option: O) => void;
  onCreate?: () => void;
}

/**
 * The keyboard of a field with a list: arrows move the mark, Enter takes the marked row (and waits for the answer when the typing
 * was faster), F4 opens, Esc closes. `onKey` says whether the key was used up.
 */
export function usePickBox<O>(rule: PickBoxRule<O>) {
  const { options, settled, text, isOpen, setOpen, onTake, onCreate } = rule;
  const [highlighted, setHighlighted] = useState(0);
  const waiting = useRef<{ text: string; then: () => void } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text begins at its first hit again
  useEffect(() => setHighlighted(0), [text, isOpen]);
  useEffect(() => {
    const wish = waiting.current;
    if (!wish || settled === null || settled !== wish.text.trim()) return;
    waiting.current = null;
    const [first] = options;
    if (first === undefined) return;
    onTake(first);
    wish.then();
  });

  /** Takes the marked row now, or the first one as soon as it is known; `then` runs once it is taken. */
  const take = (then: () => void = () => {}): boolean => {
    if (settled === null || settled !== text.trim()) {
      waiting.current = { text, then };
      return true;
    }
    const option = options[Math.min(highlighted, options.length - 1)];
    if (option === undefined) return false;
    onTake(option);
    then();
    return true;
  };

  const onKey = (event: KeyboardEvent): boolean => {
    if (event.nativeEvent.isComposing) return false;
    if (event.key === 'F4') return used(event, () => setOpen(!isOpen));
    if (!isOpen) return event.key === 'ArrowDown' && event.altKey ? used(event, () => setOpen(true)) : false;
    if (event.key === 'Enter' && event.ctrlKey && onCreate) return used(event, onCreate);
    if (event.key === 'Escape') return used(event, () => setOpen(false));
    const step = stepOf(event.key);
    if (step === undefined) return false;
    return used(event, () => setHighlighted((now) => Math.max(0, Math.min(options.length - 1, now + step))));
  };

  const forget = () => {
    waiting.current = null;
  };
  return { highlighted: Math.min(highlighted, Math.max(0, options.length - 1)), setHighlighted, onKey, take, forget };
}

function stepOf(key: string): number | undefined {
  return { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[key];
}

function used(event: KeyboardEvent, act: () => void): boolean {
  event.preventDefault();
  event.stopPropagation();
  act();
  return true;
}
