import { type KeyboardEvent, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { Titles } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { commandsOf, commitTyped, hasList } from './gridCommands.ts';
import { editingCommand, readyCommand } from './gridKeys.ts';
import type { KeyboardScene } from './gridScene.ts';
import { lineChoiceFor } from './lineRules.ts';
import { moved } from './movement.ts';
import { isScanned, noBurst, withKey } from './scanner.ts';
import { useGridActions } from './useGridActions.ts';
import { useGridClipboard } from './useGridClipboard.ts';
import { useGridMouse } from './useGridMouse.ts';

/** Keyboard, mouse and clipboard of the grid, joined to its actions. */
export function useGridKeyboard(scene: KeyboardScene) {
  const { columns, active, moveTo, state, patch, rowCount, page, input } = scene;
  const actions = useGridActions(scene);
  const column = columns[active.column];
  const run = commandsOf(scene, actions);
  const onScanKey = useScanKey(scene);
  const opensList = hasList(column?.field.kind);
  const { onCopy, onPaste, pasted, closePaste } = useGridClipboard({ ...scene, isTyping: state.typed !== null, clear: actions.clear });
  const mouse = useGridMouse({
    ...scene,
    commit: () => commitTyped(scene, actions),
    toggle: run.toggle,
    openCell: opensList || (column && lineChoiceFor(column.name, scene.host)) ? run.list : run.edit,
  });

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const isReady = state.typed === null;
    const command = isReady ? readyCommand(event, column?.field.kind === 'flag') : editingCommand(event);
    if (command === null) {
      if (isReady && event.key === 'Backspace') patch({ typed: '' });
      const to = isReady ? moved(active, event, { rows: rowCount, columns: columns.length, page }) : undefined;
      if (!to) return;
      event.preventDefault();
      return moveTo(to, event.shiftKey);
    }
    event.preventDefault();
    event.stopPropagation();
    run[command]();
  };
  const withFocus = (act: () => void) => () => {
    act();
    input.current?.focus();
  };
  return {
    pasted,
    closePaste,
    insertLine: withFocus(actions.insertLine),
    deleteLines: withFocus(actions.deleteLines),
    mouse,
    editor: {
      onFirstKey: onScanKey,
      onKeyDown,
      onCopy,
      onPaste,
      onTyped: (text: string) => patch({ typed: text, isOpen: opensList, problem: null }),
      onOpen: (open: boolean) => patch(open ? { isOpen: true, typed: state.typed ?? '' } : { isOpen: false, typed: null, problem: null }),
      onTake: (value: Value, titles: Titles | undefined, thenNext: boolean) => {
        // The line exists, and may have been filled, once the form has been drawn; the next key must find it so. A list that came late
        // takes from within the drawing, which has to end first.
        queueMicrotask(() => {
          flushSync(() => {
            actions.write(value, titles);
            patch({ typed: null, isOpen: false, problem: null });
          });
          input.current?.focus();
          if (thenNext) actions.goOn(1, false);
        });
      },
      onBlur: () => void commitTyped(scene, actions),
    },
  };
}

/** Watches the rhythm of the keys: what a scanner typed and ended with Enter is no typing, and goes to the scanner's queue. */
function useScanKey({ columns, active, patch, onScan }: KeyboardScene) {
  const burst = useRef(noBurst);
  return (event: KeyboardEvent<HTMLInputElement>): boolean => {
    const column = columns[active.column];
    // A scanner is faster than the screen is drawn: what stands in the input counts, not what was drawn last.
    const typed = event.currentTarget.value;
    const isLink = column?.field.kind === 'link' && column.isEditable;
    if (!isLink || event.key !== 'Enter' || !isScanned(burst.current, typed, event.timeStamp)) {
      burst.current = withKey(burst.current, event.key, event.timeStamp);
      return false;
    }
    burst.current = noBurst;
    event.preventDefault();
    event.stopPropagation();
    onScan(typed);
    patch({ typed: null, isOpen: false, problem: null });
    return true;
  };
}
