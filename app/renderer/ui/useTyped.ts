import { type ChangeEvent, type KeyboardEvent, useEffect, useState } from 'react';

const typingPauseMs = 300;

/**
 * A search box: what is typed goes on when the person pauses or presses Enter, and never in the middle of an IME
 * composition. Gives the properties of the input.
 */
export function useTyped(text: string, onSearch: (text: string) => void) {
  const [typed, setTyped] = useState(text);
  const [isComposing, setComposing] = useState(false);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (isComposing || typed === text) return;
    const pause = setTimeout(() => onSearch(typed), typingPauseMs);
    return () => clearTimeout(pause);
  }, [typed, text, isComposing, onSearch]);
  return {
    value: typed,
    onChange: (event: ChangeEvent<HTMLInputElement>) => setTyped(event.target.value),
    onCompositionStart: () => setComposing(true),
    onCompositionEnd: () => setComposing(false),
    onPressEnter: (event: KeyboardEvent) => !event.nativeEvent.isComposing && onSearch(typed),
  };
}
