import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RightsChange, WhatIfAnswer } from '../../../../shared/contracts/whatIf.ts';
import { api } from '../../api/http.ts';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { ChangesView } from './ChangesView.tsx';

/** While positions, a department or its place in the tree are being changed: what saving would change, before it is saved. */
export function WhatIfPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const change = changeIn(form);
  const { data } = useQuery({
    queryKey: ['whatIf', change],
    queryFn: ({ signal }) => api.post<WhatIfAnswer>('/api/rights/what-if', change, { signal }),
    enabled: change !== null,
    staleTime: 0,
  });
  if (change === null || !data) return null;
  return <Alert type="warning" title={t('people.whatIfTitle')} description={<ChangesView answer={data} />} />;
}

function changeIn({ answer, definition, state: { base, now } }: PanelProps['form']): RightsChange | null {
  if (answer === null) return null;
  const { id } = answer;
  if (definition.type === 'department') {
    const parent = now.values.parent;
    return parent === base.values.parent ? null : { kind: 'department', id, parent: typeof parent === 'number' ? parent : null };
  }
  const held = (of: typeof now) => (of.parts.positions ?? []).flatMap((row) => (typeof row.held === 'number' ? [row.held] : []));
  const department = now.values.department;
  const isMoved = department !== base.values.department && typeof department === 'number';
  const isHeld = held(now).join() !== held(base).join();
  if (!isMoved && !isHeld) return null;
  return { kind: 'user', id, ...(isMoved ? { department } : {}), ...(isHeld ? { positions: held(now) } : {}) };
}
