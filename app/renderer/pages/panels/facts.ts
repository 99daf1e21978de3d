import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import type { PanelProps } from '../../documents/form/panels.tsx';

/** The line the person stands on; null between lines. */
export function activeLine({ form, part, row }: PanelProps): AnyRow | null {
  return (part === null ? [] : (form.state.now.parts[part] ?? [])).find(({ id }) => id === row) ?? null;
}

export const idOrNull = (value: Value | undefined): number | null => (typeof value === 'number' ? value : null);
