import { useQuery } from '@tanstack/react-query';
import { Checkbox, Collapse, Form, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languageNames, languages } from '../../../../shared/language/languages.ts';
import { type Paper, type PaperName, type PrintTemplate, paperSizes } from '../../../../shared/printing/template.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { BlockList } from './BlockList.tsx';
import { EditingContext, type PrintNames } from './editing.ts';
import { PrintTextInput } from './PrintTextInput.tsx';
import { Tenths } from './Tenths.tsx';
import type { TemplateDraft } from './templateRecord.ts';

/** Everything about a template as a form: paper, then the blocks in reading order, then the foot of the page. */
export function LayoutForm({ draft, onChange }: { draft: TemplateDraft; onChange: (draft: TemplateDraft) => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const { layout } = draft;
  const [language, setLanguage] = useState<Language>(layout.language ?? session.language);
  const names = useQuery({
    queryKey: ['print', layout.type, 'fields', language],
    queryFn: ({ signal }) => api.get<PrintNames>(`/api/print/${layout.type}/fields?language=${language}`, { signal }),
    staleTime: 300_000,
  });
  const set = (change: Partial<PrintTemplate>) => onChange({ ...draft, layout: { ...layout, ...change } });
  const footer = layout.footer ?? {};
  const sections = [
    { key: 'paper', label: t('templates.paper'), children: <PaperFields layout={layout} onChange={set} /> },
    {
      key: 'blocks',
      label: t('templates.blocks'),
      children: <BlockList blocks={layout.blocks} depth={0} onChange={(blocks) => set({ blocks })} />,
    },
    {
      key: 'footer',
      label: t('templates.footer'),
      children: (['left', 'center', 'right'] as const).map((place) => (
        <Form.Item key={place} label={t(`templates.places.${place}`)}>
          <PrintTextInput
            value={footer[place]}
            label={t(`templates.places.${place}`)}
            onChange={(text) => set({ footer: { ...footer, [place]: text } })}
          />
        </Form.Item>
      )),
    },
  ];
  return (
    <EditingContext value={{ language, names: names.data ?? { merge: [], lines: [] } }}>
      <Form layout="vertical" size="small" component="div">
        <div className="tp-form-grid">
          <Form.Item label={t('general.name')}>
            <Input value={draft.name} maxLength={60} onChange={(event) => onChange({ ...draft, name: event.target.value })} />
          </Form.Item>
          <Form.Item label={t('templates.textLanguage')}>
            <Select<Language>
              value={language}
              onChange={setLanguage}
              options={languages.map((value) => ({ value, label: languageNames[value] }))}
            />
          </Form.Item>
          <Form.Item label={t('templates.alwaysIn')}>
            <Select<Language>
              allowClear
              value={layout.language}
              placeholder={t('templates.anyLanguage')}
              onChange={(value) => set({ language: value })}
              options={languages.map((value) => ({ value, label: languageNames[value] }))}
            />
          </Form.Item>
          <Form.Item label=" ">
            <Checkbox checked={draft.main} onChange={(event) => onChange({ ...draft, main: event.target.checked })}>
              {t('templates.makeMain')}
            </Checkbox>
          </Form.Item>
        </div>
        <Collapse size="small" defaultActiveKey={['blocks']} items={sections} />
      </Form>
    </EditingContext>
  );
}

const sides = ['top', 'right', 'bottom', 'left'] as const;

function PaperFields({ layout, onChange }: { layout: PrintTemplate; onChange: (change: Partial<PrintTemplate>) => void }) {
  const { t } = useTranslation();
  const { paper } = layout;
  const set = (change: Partial<Paper>) => onChange({ paper: { ...paper, ...change } });
  const size = typeof paper.size === 'string' ? paper.size : 'other';
  return (
    <>
      <div className="tp-form-grid">
        <Form.Item label={t('templates.size')}>
          <Select
            value={size}
            options={[...Object.keys(paperSizes), 'other'].map((name) => ({
              value: name,
              label: name === 'other' ? t('templates.otherSize') : name.startsWith('241') ? `${name} mm` : name,
            }))}
            onChange={(name) =>
              set(
                name === 'other'
                  ? { size: { widthTenthMm: 2100, heightTenthMm: 2970 } }
                  : { size: name as PaperName, continuous: name.startsWith('241') },
              )
            }
          />
        </Form.Item>
        {paper.continuous ? null : (
          <Form.Item label={t('templates.orientation')}>
            <Segmented
              value={paper.orientation ?? 'portrait'}
              options={(['portrait', 'landscape'] as const).map((value) => ({ value, label: t(`templates.orientations.${value}`) }))}
              onChange={(orientation) => set({ orientation })}
            />
          </Form.Item>
        )}
        {typeof paper.size === 'string' ? null : (
          <Form.Item label={t('templates.sizeMm')}>
            <Tenths
              value={paper.size.widthTenthMm}
              onChange={(widthTenthMm) => typeof paper.size !== 'string' && set({ size: { ...paper.size, widthTenthMm } })}
            />{' '}
            ×{' '}
            <Tenths
              value={paper.size.heightTenthMm}
              onChange={(heightTenthMm) => typeof paper.size !== 'string' && set({ size: { ...paper.size, heightTenthMm } })}
            />
          </Form.Item>
        )}
        <Form.Item label={t('templates.fontSize')}>
          <Tenths value={layout.fontSizeTenthPt} onChange={(fontSizeTenthPt) => onChange({ fontSizeTenthPt })} /> pt
        </Form.Item>
        <Form.Item label={t('templates.look')}>
          <Segmented
            value={layout.look}
            options={(['shaded', 'plain'] as const).map((value) => ({ value, label: t(`templates.looks.${value}`) }))}
            onChange={(look) => onChange({ look })}
          />
        </Form.Item>
      </div>
      <Form.Item label={t('templates.margins')}>
        <div className="tp-margins">
          {sides.map((side) => (
            <span key={side}>
              {t(`templates.sides.${side}`)}{' '}
              <Tenths
                value={paper.marginsTenthMm[side]}
                onChange={(value) => set({ marginsTenthMm: { ...paper.marginsTenthMm, [side]: value } })}
              />
            </span>
          ))}
        </div>
      </Form.Item>
      <Form.Item label={t('templates.watermark')}>
        <PrintTextInput value={layout.watermark} label={t('templates.watermark')} onChange={(watermark) => onChange({ watermark })} />
      </Form.Item>
    </>
  );
}
