import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Session, useSession } from '../../api/session.tsx';
import type { FieldRight } from './positionDraft.ts';

interface FieldRightsProps {
  fields: readonly FieldRight[];
  disabled: boolean;
  onChange: (fields: FieldRight[]) => void;
}

/** Fields that this position does not see, or sees without changing them. */
export function FieldRights({ fields, disabled, onChange }: FieldRightsProps) {
  const { t } = useTranslation();
  const session = useSession();
  const set = (at: number, change: Partial<FieldRight>) =>
    onChange(fields.map((right, index) => (index === at ? { ...right, ...change } : right)));
  return (
    <div>
      <p className="tp-faint">{t('settings.fieldRightsHelp')}</p>
      {fields.map((right, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has nothing else to be known by
        <div key={at} className="tp-field-right">
          <Select
            aria-label={t('settings.type')}
            disabled={disabled}
            value={right.type || undefined}
            placeholder={t('settings.type')}
            options={session.definitions.map(({ type }) => ({ value: type, label: session.typeLabel(type) }))}
            onChange={(type) => set(at, { type, field: '' })}
          />
          <Select
            aria-label={t('list.field')}
            disabled={disabled}
            showSearch={{ optionFilterProp: 'label' }}
            value={right.field || undefined}
            placeholder={t('list.field')}
            options={fieldOptions(session, right.type)}
            onChange={(field) => set(at, { field })}
          />
          <Segmented
            disabled={disabled}
            value={right.access}
            options={[
              { value: 'hidden', label: t('settings.hidden') },
              { value: 'readOnly', label: t('list.readOnly') },
            ]}
            onChange={(access) => set(at, { access: access as FieldRight['access'] })}
          />
          <Button
            type="text"
            disabled={disabled}
            icon={<DeleteOutlined />}
            aria-label={t('general.remove')}
            onClick={() => onChange(fields.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button
        size="small"
        disabled={disabled}
        icon={<PlusOutlined />}
        onClick={() => onChange([...fields, { type: '', field: '', access: 'hidden' }])}
      >
        {t('general.add')}
      </Button>
    </div>
  );
}

/** Fields of the head and of the parts. */
function fieldOptions(session: Session, type: string): { value: string; label: string }[] {
  const definition = session.definitionOf(type);
  if (definition === undefined) return [];
  const head = Object.keys(definition.fields).map((field) => ({ value: field, label: session.fieldLabel(type, field) }));
  const rows = Object.entries(definition.parts).flatMap(([part, { fields }]) =>
    Object.keys(fields).map((field) => ({
      value: `${part}.${field}`,
      label: `${session.partLabel(type, part)} · ${session.fieldLabel(type, `${part}.${field}`)}`,
    })),
  );
  return [...head, ...rows];
}
