import { TagOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { languages } from '../../../../shared/language/languages.ts';
import { inLanguage, type PrintText } from '../../../../shared/printing/template.ts';
import { useEditing } from './editing.ts';

interface PrintTextInputProps {
  value: PrintText | undefined;
  label: string;
  rows?: number;
  onChange: (value: PrintText | undefined) => void;
}

/** A text in the language being edited, with merge fields to choose from. A text without letters of a language stands for all. */
export function PrintTextInput({ value, label, rows = 1, onChange }: PrintTextInputProps) {
  const { t } = useTranslation();
  const { language, names } = useEditing();
  const box = useRef<HTMLDivElement>(null);
  const text = inLanguage(value, language);
  const set = (typed: string) => onChange(withText(value, language, typed));
  const insert = (name: string) => {
    const field = box.current?.querySelector<HTMLTextAreaElement>('textarea');
    const at = field?.selectionStart ?? text.length;
    set(`${text.slice(0, at)}{{${name}}}${text.slice(field?.selectionEnd ?? at)}`);
  };
  return (
    <div ref={box} className="tp-print-text">
      <Input.TextArea
        aria-label={label}
        autoSize={{ minRows: rows, maxRows: 8 }}
        maxLength={5000}
        value={text}
        onChange={(event) => set(event.target.value)}
      />
      <Dropdown
        trigger={['click']}
        menu={{
          className: 'tp-merge-menu',
          items: names.merge.map(({ name, label: shown }) => ({ key: name, label: `${shown} · ${name}` })),
          onClick: ({ key }) => insert(key),
        }}
      >
        <Button size="small" type="text" icon={<TagOutlined />} title={t('templates.insert')} aria-label={t('templates.insert')} />
      </Dropdown>
    </div>
  );
}

/** The same text with other words in one language; words for all languages become words of each. */
function withText(value: PrintText | undefined, language: (typeof languages)[number], typed: string): PrintText {
  if (value === undefined) return typed;
  if (typeof value === 'string')
    return isNeutral(typed) ? typed : { ...Object.fromEntries(languages.map((one) => [one, value])), [language]: typed };
  return { ...value, [language]: typed };
}

/** Only merge fields, digits and signs: the same in every language. */
function isNeutral(text: string): boolean {
  return !/\p{L}/u.test(text.replace(/\{\{[^{}]*\}\}/g, ''));
}
