import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Collapse, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Block, type BlockKind, inLanguage, type PrintText } from '../../../../shared/printing/template.ts';
import { BlockFields } from './BlockFields.tsx';
import { useEditing } from './editing.ts';

const depthMax = 3;

/** The blocks of a template in reading order: opened, moved, added and removed. */
export function BlockList({ blocks, depth, onChange }: { blocks: Block[]; depth: number; onChange: (blocks: Block[]) => void }) {
  const { t } = useTranslation();
  const { language } = useEditing();
  const set = (at: number, block: Block) => onChange(blocks.map((one, index) => (index === at ? block : one)));
  const move = (at: number, by: number) => {
    const next = [...blocks];
    const [block] = next.splice(at, 1);
    if (block) next.splice(at + by, 0, block);
    onChange(next);
  };
  const kinds = (Object.keys(newBlocks) as BlockKind[]).filter((kind) => kind !== 'sideBySide' || depth < depthMax);
  return (
    <>
      <Collapse
        size="small"
        accordion
        items={blocks.map((block, at) => ({
          key: `${at}`,
          label: (
            <>
              <b>{t(`templates.kinds.${block.kind}`)}</b>{' '}
              <span className="tp-faint">{gist(block, (text) => inLanguage(text, language))}</span>
            </>
          ),
          extra: (
            // biome-ignore lint/a11y/noStaticElementInteractions: keeps presses of the buttons from opening the block
            // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons inside take the keys
            <span onClick={(event) => event.stopPropagation()}>
              <Button
                size="small"
                type="text"
                icon={<ArrowUpOutlined />}
                disabled={at === 0}
                aria-label={t('list.up')}
                onClick={() => move(at, -1)}
              />
              <Button
                size="small"
                type="text"
                icon={<ArrowDownOutlined />}
                disabled={at === blocks.length - 1}
                aria-label={t('list.down')}
                onClick={() => move(at, 1)}
              />
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('general.remove')}
                onClick={() => onChange(blocks.filter((_, index) => index !== at))}
              />
            </span>
          ),
          children: (
            <>
              <BlockFields
                block={block}
                renderBlocks={(inner, change) => <BlockList blocks={inner} depth={depth + 1} onChange={change} />}
                onChange={(next) => set(at, next)}
              />
              <Checkbox
                checked={block.onEveryPage === true}
                onChange={(event) => set(at, { ...block, onEveryPage: event.target.checked || undefined })}
              >
                {t('templates.everyPage')}
              </Checkbox>
            </>
          ),
        }))}
      />
      <Dropdown
        trigger={['click']}
        menu={{
          items: kinds.map((kind) => ({ key: kind, label: t(`templates.kinds.${kind}`) })),
          onClick: ({ key }) => onChange([...blocks, structuredClone(newBlocks[key as BlockKind])]),
        }}
      >
        <Button size="small" icon={<PlusOutlined />} style={{ marginTop: 8 }}>
          {t('templates.addBlock')}
        </Button>
      </Dropdown>
    </>
  );
}

/** What a block is about, in a few words. */
function gist(block: Block, say: (text: PrintText | undefined) => string): string {
  if (block.kind === 'title' || block.kind === 'text') return say(block.text).slice(0, 28);
  if (block.kind === 'clauses') return say(block.heading).slice(0, 28);
  if (block.kind === 'table') return String(block.columns.filter((column) => column.show !== 'never').length);
  if (block.kind === 'fields') return String(block.fields.length);
  return '';
}

/** What each kind of block begins with. */
const newBlocks: Record<BlockKind, Block> = {
  letterhead: { kind: 'letterhead', showLogo: true, align: 'left', name: '{{company.name}}', lines: ['{{company.address}}'] },
  title: { kind: 'title', text: '{{document.number}}' },
  fields: { kind: 'fields', columns: 2, fields: [{ field: 'document.number' }, { field: 'document.day' }] },
  table: { kind: 'table', columns: [{ field: 'position', widthTenthMm: 100, align: 'center' }] },
  totals: { kind: 'totals', rows: [] },
  words: { kind: 'words', label: '', field: 'total.grossAmount', withFigure: true },
  clauses: { kind: 'clauses', numbering: 'chinese', paragraphs: [{ text: '' }] },
  text: { kind: 'text', text: '' },
  signatures: { kind: 'signatures', roomTenthMm: 120, roles: [{ label: '' }] },
  picture: { kind: 'picture', field: 'company.logo', widthTenthMm: 400, heightTenthMm: 140 },
  barcode: { kind: 'barcode', field: 'document.number', heightTenthMm: 100 },
  space: { kind: 'space', heightTenthMm: 50 },
  rule: { kind: 'rule' },
  sideBySide: { kind: 'sideBySide', parts: [[], []] },
};
