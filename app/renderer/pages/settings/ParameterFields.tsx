import { UploadOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Input, InputNumber, Select, Switch, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlainParameter } from '../../../../shared/contracts/parameters.ts';
import type { SettingsAnswer } from '../../../../shared/contracts/trade.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { type Language, languageNames } from '../../../../shared/language/languages.ts';
import type { UiWords } from '../../../../shared/language/ui/index.ts';
import { api, newKey } from '../../api/http.ts';
import '../../documents/form/form.css';
import { FilePicture } from '../../ui/FilePicture.tsx';
import { useNotices } from '../../ui/notices.tsx';
import type { useSettingsForm } from './useSettings.ts';

type ParameterKey = keyof UiWords['settings']['names'];

/** Settings under each other, with what is being changed of them. */
export function ParameterFields({ parameters, answer, form }: ParameterFieldsProps) {
  const { changes, setChanges } = form;
  return (
    <div className="tp-form-grid">
      {parameters.map((parameter) => (
        <ParameterField
          key={parameter.key}
          parameter={parameter}
          name={parameter.key as ParameterKey}
          value={(parameter.key in changes ? changes[parameter.key] : answer.values[parameter.key]) ?? null}
          onChange={(value) => setChanges({ ...changes, [parameter.key]: value })}
        />
      ))}
    </div>
  );
}

interface ParameterFieldsProps {
  parameters: readonly PlainParameter[];
  answer: SettingsAnswer;
  form: Pick<ReturnType<typeof useSettingsForm>, 'changes' | 'setChanges'>;
}

interface ParameterFieldProps {
  parameter: PlainParameter;
  name: ParameterKey;
  value: Value;
  onChange: (value: Value) => void;
}

/** One setting, by its kind. */
function ParameterField({ parameter, name, value, onChange }: ParameterFieldProps) {
  const { t } = useTranslation();
  const words = t('settings.names', { returnObjects: true }) as UiWords['settings']['names'];
  const label = words[name] ?? name;
  return (
    <Form.Item label={label} layout="vertical" className={parameter.kind === 'text' && parameter.max >= 300 ? 'tp-wide' : undefined}>
      <Box parameter={parameter} label={label} value={value} onChange={onChange} />
    </Form.Item>
  );
}

function Box({ parameter, label, value, onChange }: Omit<ParameterFieldProps, 'name'> & { label: string }) {
  const { t } = useTranslation();
  const choiceNames = t('settings.choiceNames', { returnObjects: true }) as UiWords['settings']['choiceNames'];
  switch (parameter.kind) {
    case 'integer':
      return (
        <InputNumber
          controls={false}
          aria-label={label}
          min={parameter.min}
          max={parameter.max}
          precision={0}
          value={Number(value)}
          onChange={(typed) => onChange(typed ?? parameter.default)}
          style={{ width: 140 }}
        />
      );
    case 'flag':
      return <Switch aria-label={label} checked={value === true} onChange={onChange} />;
    case 'choice':
      return (
        <Select
          aria-label={label}
          value={String(value)}
          options={parameter.choices.map((choice) => ({
            value: choice,
            label: languageNames[choice as Language] ?? choiceNames[choice as keyof typeof choiceNames] ?? choice,
          }))}
          onChange={onChange}
        />
      );
    case 'file':
      return <Logo value={value} onChange={onChange} />;
    default:
      return (
        <Input
          aria-label={label}
          maxLength={parameter.max}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

/** The picture at the head of the paper: PNG or JPEG. */
function Logo({ value, onChange }: { value: Value; onChange: (value: Value) => void }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const upload = async (file: File) => {
    try {
      const stored = await api.upload<{ id: number }>('/api/files', file, file.name, { idempotencyKey: newKey() });
      onChange(stored.id);
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  return (
    <Flex gap={12} align="center">
      {typeof value === 'number' ? (
        <FilePicture file={value} size={72} alt={t('settings.names', { returnObjects: true })['company.logo']} />
      ) : null}
      <Upload
        accept="image/png,image/jpeg"
        showUploadList={false}
        beforeUpload={(file) => {
          void upload(file);
          return false;
        }}
      >
        <Button icon={<UploadOutlined />}>{t('general.upload')}</Button>
      </Upload>
      {value === null ? null : (
        <Button type="text" onClick={() => onChange(null)}>
          {t('general.remove')}
        </Button>
      )}
    </Flex>
  );
}
