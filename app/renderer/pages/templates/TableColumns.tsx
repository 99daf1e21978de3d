import { Checkbox, Flex, Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Block, TableBlock, TableColumn } from '../../../../shared/printing/template.ts';
import { useEditing } from './editing.ts';
import { PrintTextInput } from './PrintTextInput.tsx';
import { RowsEditor } from './RowsEditor.tsx';
import { Tenths } from './Tenths.tsx';

const options = ['pageSubtotal', 'carryOver', 'totalRow'] as const;

/** The lines on paper: which columns, how wide, under which names, and what is summed. */
export function TableColumns({ block, onChange }: { block: TableBlock; onChange: (block: Block) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <RowsEditor<TableColumn>
        label={t('templates.columns')}
        rows={block.columns}
        fresh={{ field: 'remark', share: 3 }}
        onChange={(columns) => onChange({ ...block, columns })}
        render={(column, set) => <Column column={column} onChange={set} />}
      />
      <Flex gap={12} wrap="wrap" style={{ marginBottom: 8 }}>
        {options.map((option) => (
          <Checkbox
            key={option}
            checked={block[option] === true}
            onChange={(event) => onChange({ ...block, [option]: event.target.checked || undefined })}
          >
            {t(`templates.table.${option}`)}
          </Checkbox>
        ))}
      </Flex>
      <Form.Item label={t('templates.rowsPerPage')}>
        <InputNumber
          controls={false}
          min={1}
          max={100}
          value={block.rowsPerPage ?? null}
          placeholder={t('templates.asMany')}
          onChange={(rows) => onChange({ ...block, rowsPerPage: rows ?? undefined })}
        />
      </Form.Item>
    </>
  );
}

function Column({ column, onChange }: { column: TableColumn; onChange: (column: TableColumn) => void }) {
  const { t } = useTranslation();
  const { names } = useEditing();
  const isFixed = column.widthTenthMm !== undefined;
  return (
    <span className="tp-print-column">
      <Select
        aria-label={t('list.field')}
        showSearch={{ optionFilterProp: 'label' }}
        value={column.field}
        popupMatchSelectWidth={240}
        options={names.lines.map(({ name, label }) => ({ value: name, label }))}
        onChange={(field) => onChange({ ...column, field })}
      />
      <PrintTextInput label={t('templates.label')} value={column.label} onChange={(label) => onChange({ ...column, label })} />
      <Select
        aria-label={t('templates.show')}
        value={column.show ?? 'always'}
        options={(['always', 'whenFilled', 'never'] as const).map((value) => ({ value, label: t(`templates.shows.${value}`) }))}
        onChange={(show) => onChange({ ...column, show })}
      />
      <Select
        aria-label={t('templates.width')}
        value={isFixed ? 'fixed' : 'share'}
        options={(['fixed', 'share'] as const).map((value) => ({ value, label: t(`templates.widths.${value}`) }))}
        onChange={(how) => onChange({ ...column, widthTenthMm: how === 'fixed' ? 200 : undefined, share: how === 'share' ? 3 : undefined })}
      />
      {isFixed ? (
        <Tenths value={column.widthTenthMm ?? 0} onChange={(widthTenthMm) => onChange({ ...column, widthTenthMm })} />
      ) : (
        <InputNumber
          controls={false}
          size="small"
          aria-label={t('templates.width')}
          min={1}
          max={20}
          value={column.share ?? 1}
          onChange={(share) => onChange({ ...column, share: share ?? 1 })}
          style={{ width: 64 }}
        />
      )}
    </span>
  );
}
