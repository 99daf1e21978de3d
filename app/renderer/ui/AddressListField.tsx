import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** Addresses and ranges as a person types them, one a line; `addressesIn` takes them apart. */
export function AddressListField(props: { label: string; isLabelShown?: boolean; text: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <Form.Item label={props.isLabelShown ? props.label : undefined} extra={t('safety.whereHelp')}>
      <Input.TextArea
        aria-label={props.label}
        autoSize={{ minRows: 2, maxRows: 8 }}
        placeholder="192.168.1.0/24"
        value={props.text}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </Form.Item>
  );
}

/** The addresses in what was typed: by lines, commas or semicolons, Chinese ones too. */
export const addressesIn = (text: string): string[] =>
  text
    .split(/[\n,;，；]+/)
    .map((part) => part.trim())
    .filter(Boolean);
