import { Checkbox, Form, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Block,
  ClausesBlock,
  FieldsBlock,
  LetterheadBlock,
  SignaturesBlock,
  TotalsBlock,
} from '../../../../shared/printing/template.ts';
import { useEditing } from './editing.ts';
import { PrintTextInput } from './PrintTextInput.tsx';
import { RowsEditor } from './RowsEditor.tsx';
import { TableColumns } from './TableColumns.tsx';
import { Tenths } from './Tenths.tsx';

interface BlockFieldsProps<B extends Block = Block> {
  block: B;
  /** Draws the blocks that stand inside this one. */
  renderBlocks: (blocks: Block[], onChange: (blocks: Block[]) => void) => ReactNode;
  onChange: (block: Block) => void;
}

/** The form of one block, by its kind. */
export function BlockFields({ block, renderBlocks, onChange }: BlockFieldsProps) {
  const { t } = useTranslation();
  switch (block.kind) {
    case 'letterhead':
      return <Letterhead block={block} renderBlocks={renderBlocks} onChange={onChange} />;
    case 'title':
      return (
        <>
          <Text label={t('templates.text')} value={block.text} onChange={(text) => onChange({ ...block, text: text ?? '' })} />
          <Text label={t('templates.aside')} value={block.aside} onChange={(aside) => onChange({ ...block, aside })} />
        </>
      );
    case 'fields':
      return <HeadFields block={block} renderBlocks={renderBlocks} onChange={onChange} />;
    case 'table':
      return <TableColumns block={block} onChange={onChange} />;
    case 'totals':
      return <Totals block={block} renderBlocks={renderBlocks} onChange={onChange} />;
    case 'words':
      return (
        <>
          <Text label={t('templates.label')} value={block.label} onChange={(label) => onChange({ ...block, label: label ?? '' })} />
          <Name label={t('list.field')} value={block.field} kind="money" onChange={(field) => onChange({ ...block, field })} />
          <Checkbox checked={block.withFigure === true} onChange={(event) => onChange({ ...block, withFigure: event.target.checked })}>
            {t('templates.withFigure')}
          </Checkbox>
        </>
      );
    case 'clauses':
      return <Clauses block={block} renderBlocks={renderBlocks} onChange={onChange} />;
    case 'text':
      return (
        <>
          <Text rows={3} label={t('templates.text')} value={block.text} onChange={(text) => onChange({ ...block, text: text ?? '' })} />
          <Align value={block.align} onChange={(align) => onChange({ ...block, align })} />
          <Checkbox checked={block.bold === true} onChange={(event) => onChange({ ...block, bold: event.target.checked })}>
            {t('templates.bold')}
          </Checkbox>
        </>
      );
    case 'signatures':
      return <Signatures block={block} renderBlocks={renderBlocks} onChange={onChange} />;
    case 'picture':
      return (
        <>
          <Name label={t('list.field')} value={block.field} kind="picture" onChange={(field) => onChange({ ...block, field })} />
          <Form.Item label={t('templates.sizeMm')}>
            <Tenths value={block.widthTenthMm} onChange={(widthTenthMm) => onChange({ ...block, widthTenthMm })} /> ×{' '}
            <Tenths value={block.heightTenthMm} onChange={(heightTenthMm) => onChange({ ...block, heightTenthMm })} />
          </Form.Item>
        </>
      );
    case 'barcode':
      return (
        <>
          <Name label={t('list.field')} value={block.field} onChange={(field) => onChange({ ...block, field })} />
          <Form.Item label={t('templates.heightMm')}>
            <Tenths value={block.heightTenthMm} onChange={(heightTenthMm) => onChange({ ...block, heightTenthMm })} />
          </Form.Item>
          <Align value={block.align} onChange={(align) => onChange({ ...block, align })} />
        </>
      );
    case 'space':
      return (
        <Form.Item label={t('templates.heightMm')}>
          <Tenths value={block.heightTenthMm} onChange={(heightTenthMm) => onChange({ ...block, heightTenthMm })} />
        </Form.Item>
      );
    case 'sideBySide':
      return (
        <>
          {block.parts.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
            <Form.Item key={at} label={`${t('templates.part')} ${at + 1}`}>
              {renderBlocks(part, (blocks) =>
                onChange({ ...block, parts: block.parts.map((one, index) => (index === at ? blocks : one)) }),
              )}
            </Form.Item>
          ))}
          <Checkbox checked={block.framed === true} onChange={(event) => onChange({ ...block, framed: event.target.checked })}>
            {t('templates.framed')}
          </Checkbox>
        </>
      );
    default:
      return null;
  }
}

function Letterhead({ block, onChange }: BlockFieldsProps<LetterheadBlock>) {
  const { t } = useTranslation();
  return (
    <>
      <Checkbox checked={block.showLogo} onChange={(event) => onChange({ ...block, showLogo: event.target.checked })}>
        {t('templates.logo')}
      </Checkbox>
      <Segmented
        size="small"
        value={block.align}
        options={(['left', 'center'] as const).map((value) => ({ value, label: t(`templates.places.${value}`) }))}
        onChange={(align) => onChange({ ...block, align })}
      />
      <Text label={t('templates.companyName')} value={block.name} onChange={(name) => onChange({ ...block, name: name ?? '' })} />
      <RowsEditor
        label={t('templates.lines')}
        rows={block.lines}
        fresh=""
        onChange={(lines) => onChange({ ...block, lines })}
        render={(line, set) => <PrintTextInput label={t('templates.lines')} value={line} onChange={(text) => set(text ?? '')} />}
      />
    </>
  );
}

function HeadFields({ block, onChange }: BlockFieldsProps<FieldsBlock>) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item label={t('templates.columns')}>
        <Segmented
          size="small"
          value={block.columns}
          options={[1, 2, 3]}
          onChange={(columns) => onChange({ ...block, columns: columns as 1 | 2 | 3 })}
        />
      </Form.Item>
      <RowsEditor
        label={t('templates.fields')}
        rows={block.fields}
        fresh={{ field: 'document.number' }}
        onChange={(fields) => onChange({ ...block, fields })}
        render={(field, set) => (
          <>
            <NameSelect value={field.field} onChange={(name) => set({ ...field, field: name })} />
            <PrintTextInput label={t('templates.label')} value={field.label} onChange={(label) => set({ ...field, label })} />
            <Checkbox checked={field.wide === true} onChange={(event) => set({ ...field, wide: event.target.checked || undefined })}>
              {t('templates.wide')}
            </Checkbox>
          </>
        )}
      />
    </>
  );
}

function Totals({ block, onChange }: BlockFieldsProps<TotalsBlock>) {
  const { t } = useTranslation();
  return (
    <RowsEditor
      label={t('templates.totalRows')}
      rows={block.rows}
      fresh={{ field: 'total.grossAmount', label: '' }}
      onChange={(rows) => onChange({ ...block, rows })}
      render={(row, set) => (
        <>
          <NameSelect value={row.field} kind="money" onChange={(field) => set({ ...row, field })} />
          <PrintTextInput label={t('templates.label')} value={row.label} onChange={(label) => set({ ...row, label: label ?? '' })} />
          <Checkbox checked={row.strong === true} onChange={(event) => set({ ...row, strong: event.target.checked || undefined })}>
            {t('templates.bold')}
          </Checkbox>
        </>
      )}
    />
  );
}

function Clauses({ block, onChange }: BlockFieldsProps<ClausesBlock>) {
  const { t } = useTranslation();
  return (
    <>
      <Text label={t('templates.heading')} value={block.heading} onChange={(heading) => onChange({ ...block, heading })} />
      <Segmented
        size="small"
        value={block.numbering}
        options={(['chinese', 'decimal', 'none'] as const).map((value) => ({ value, label: t(`templates.numberings.${value}`) }))}
        onChange={(numbering) => onChange({ ...block, numbering })}
      />
      <RowsEditor
        label={t('templates.clauses')}
        rows={block.paragraphs}
        fresh={{ text: '' }}
        onChange={(paragraphs) => onChange({ ...block, paragraphs })}
        render={(clause, set) => (
          <span className="tp-clause">
            <PrintTextInput label={t('templates.heading')} value={clause.heading} onChange={(heading) => set({ ...clause, heading })} />
            <PrintTextInput
              rows={2}
              label={t('templates.text')}
              value={clause.text}
              onChange={(text) => set({ ...clause, text: text ?? '' })}
            />
          </span>
        )}
      />
    </>
  );
}

function Signatures({ block, onChange }: BlockFieldsProps<SignaturesBlock>) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item label={t('templates.roomMm')}>
        <Tenths value={block.roomTenthMm} onChange={(roomTenthMm) => onChange({ ...block, roomTenthMm })} />
      </Form.Item>
      <RowsEditor
        label={t('templates.roles')}
        rows={block.roles}
        fresh={{ label: '' }}
        onChange={(roles) => onChange({ ...block, roles })}
        render={(role, set) => (
          <>
            <PrintTextInput label={t('templates.label')} value={role.label} onChange={(label) => set({ ...role, label: label ?? '' })} />
            <NameSelect value={role.field} allowClear onChange={(field) => set({ ...role, field: field || undefined })} />
          </>
        )}
      />
    </>
  );
}

function Text({ label, value, rows, onChange }: { label: string } & Omit<Parameters<typeof PrintTextInput>[0], 'label'>) {
  return (
    <Form.Item label={label}>
      <PrintTextInput label={label} value={value} rows={rows} onChange={onChange} />
    </Form.Item>
  );
}

function Name({ label, ...rest }: { label: string } & Parameters<typeof NameSelect>[0]) {
  return (
    <Form.Item label={label}>
      <NameSelect {...rest} />
    </Form.Item>
  );
}

/** One of the names a template may use. */
function NameSelect({
  value,
  kind,
  allowClear,
  onChange,
}: {
  value: string | undefined;
  kind?: string;
  allowClear?: boolean;
  onChange: (name: string) => void;
}) {
  const { t } = useTranslation();
  const { names } = useEditing();
  const fitting = names.merge.filter((one) => kind === undefined || one.kind === kind);
  return (
    <Select
      aria-label={t('list.field')}
      allowClear={allowClear}
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      popupMatchSelectWidth={280}
      style={{ width: '100%', minWidth: 120 }}
      options={fitting.map(({ name, label }) => ({ value: name, label: `${label} · ${name}` }))}
      onChange={(name) => onChange(name ?? '')}
    />
  );
}

function Align({
  value,
  onChange,
}: {
  value: 'left' | 'center' | 'right' | undefined;
  onChange: (value: 'left' | 'center' | 'right') => void;
}) {
  const { t } = useTranslation();
  return (
    <Segmented
      size="small"
      value={value ?? 'left'}
      options={(['left', 'center', 'right'] as const).map((one) => ({ value: one, label: t(`templates.places.${one}`) }))}
      onChange={onChange}
    />
  );
}
