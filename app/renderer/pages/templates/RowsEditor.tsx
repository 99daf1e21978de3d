import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface RowsEditorProps<R> {
  label: string;
  rows: readonly R[];
  /** What a new row begins with. */
  fresh: R;
  render: (row: R, set: (row: R) => void) => ReactNode;
  onChange: (rows: R[]) => void;
}

/** Rows of anything small: changed in place, moved up, added, removed. */
export function RowsEditor<R>({ label, rows, fresh, render, onChange }: RowsEditorProps<R>) {
  const { t } = useTranslation();
  const set = (at: number, row: R) => onChange(rows.map((one, index) => (index === at ? row : one)));
  const up = (at: number) => {
    const next = [...rows];
    const [row] = next.splice(at, 1);
    if (row !== undefined) next.splice(at - 1, 0, row);
    onChange(next);
  };
  return (
    <Form.Item label={label}>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
        <div key={at} className="tp-row-editor">
          {render(row, (next) => set(at, next))}
          <Button
            size="small"
            type="text"
            disabled={at === 0}
            icon={<ArrowUpOutlined />}
            aria-label={t('list.up')}
            onClick={() => up(at)}
          />
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('general.remove')}
            onClick={() => onChange(rows.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...rows, structuredClone(fresh)])}>
        {t('general.add')}
      </Button>
    </Form.Item>
  );
}
