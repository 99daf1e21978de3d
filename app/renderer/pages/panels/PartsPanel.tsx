import { PartitionOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mulDiv, ONE } from '../../../../shared/kernel/numbers.ts';
import type { RowValues } from '../../documents/form/draft.ts';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { fetchRecord } from '../../documents/form/recordDoor.ts';
import { useNotices } from '../../ui/notices.tsx';
import { idOrNull } from './facts.ts';

/** Fills the lines of an assembly or disassembly with what the set is made of, times the quantity in the head. */
export function PartsPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const set = idOrNull(form.state.now.values.setItem);
  const quantity = Number(form.state.now.values.quantity ?? 0);
  if (!form.editability.part('lines')) return null;
  const fill = async () => {
    setBusy(true);
    try {
      const rows = await partsOf(set ?? 0, quantity);
      if (rows.length === 0) return notices.info(t('warehousing.noParts'));
      form.dispatch({ type: 'remove', part: 'lines', rows: (form.state.now.parts.lines ?? []).map(({ id }) => id) });
      const titles = { item: Object.fromEntries(rows.map((row) => [Number(row.item), String(row.name)])) };
      form.dispatch({ type: 'insert', part: 'lines', at: 0, rows, titles });
    } catch (problem) {
      notices.failed(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="tp-panel tp-fact">
      <Button
        icon={<PartitionOutlined />}
        loading={isBusy}
        disabled={set === null || quantity <= 0}
        title={t('warehousing.partsHelp')}
        onClick={() => void fill()}
      >
        {t('warehousing.parts')}
      </Button>
    </section>
  );
}

/** A line for each part of an item, for so many (10⁻⁶) of it. */
async function partsOf(item: number, quantity: number): Promise<RowValues[]> {
  const { parts } = await fetchRecord('item', item);
  const rows: RowValues[] = [];
  for (const { component, quantity: each } of parts.components ?? []) {
    const { values } = await fetchRecord('item', Number(component));
    const { name, spec, unit } = values;
    const needed = mulDiv([Number(each), quantity], [ONE]);
    rows.push({ item: Number(component), name: name ?? null, spec: spec ?? null, unit: unit ?? null, unitRatio: ONE, quantity: needed });
  }
  return rows;
}
