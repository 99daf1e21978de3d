import { AppstoreOutlined, FileOutlined } from '@ant-design/icons';
import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { parseExact } from '../../../../shared/kernel/numbers.ts';
import { useLanguage } from '../../api/i18n.ts';

export function CompanyFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="companyName"
        label={t('setup.companyName')}
        extra={t('setup.companyNameHelp')}
        rules={[{ required: true, message: t('setup.companyNameMissing'), whitespace: true }]}
      >
        <Input autoFocus maxLength={200} />
      </Form.Item>
      <Form.Item
        name="companyCode"
        label={`${t('setup.companyCode')} (${t('general.optional')})`}
        extra={t('setup.companyCodeHelp')}
        rules={[{ pattern: /^[a-z0-9-]{1,30}$/, message: t('setup.companyCodeWrong') }]}
      >
        <Input maxLength={30} />
      </Form.Item>
    </>
  );
}

export function AdministratorFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="administratorName"
        label={t('setup.administratorName')}
        rules={[{ required: true, message: t('setup.administratorNameMissing'), whitespace: true }]}
      >
        <Input maxLength={80} autoComplete="name" />
      </Form.Item>
      <Form.Item name="login" label={t('gate.login')} rules={[{ required: true, message: t('gate.loginMissing') }]}>
        <Input maxLength={60} autoComplete="username" />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('gate.password')}
        extra={t('setup.passwordHelp', { min: 8 })}
        rules={[{ required: true, min: 8, message: t('setup.passwordShort', { min: 8 }) }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="passwordAgain"
        label={t('setup.passwordAgain')}
        dependencies={['password']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, again) =>
              again === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t('setup.passwordsDiffer'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}

const currencies = ['CNY', 'TWD', 'HKD', 'MOP', 'USD', 'EUR', 'JPY', 'SGD', 'MYR', 'GBP'];

export function MoneyFields() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const names = new Intl.DisplayNames(language, { type: 'currency' });
  return (
    <>
      <Form.Item name="currency" label={t('setup.currency')} extra={t('setup.currencyHelp')} rules={[{ required: true }]}>
        <Select options={currencies.map((code) => ({ value: code, label: `${code} · ${names.of(code)}` }))} />
      </Form.Item>
      <Form.Item
        name="taxPercent"
        label={t('setup.tax')}
        extra={t('setup.taxHelp')}
        rules={[
          {
            required: true,
            validator: (_, typed: string) => (isPercent(typed) ? Promise.resolve() : Promise.reject(new Error(t('setup.taxWrong')))),
          },
        ]}
      >
        <Input suffix="%" inputMode="decimal" />
      </Form.Item>
      <Form.Item name="timeZone" label={t('setup.timeZone')} rules={[{ required: true }]}>
        <Select
          showSearch
          options={Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
      </Form.Item>
    </>
  );
}

function isPercent(typed: string | undefined): boolean {
  const rate = parseExact(typed ?? '', 4);
  return rate !== null && rate >= 0 && rate <= 1_000_000;
}

export function ContentFields({ asksCode }: { asksCode: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="content">
        <Radio.Group className="tp-choices">
          <Radio value="demo">
            <AppstoreOutlined /> <b>{t('setup.demo')}</b>
            <p>{t('setup.demoHelp')}</p>
          </Radio>
          <Radio value="empty">
            <FileOutlined /> <b>{t('setup.empty')}</b>
            <p>{t('setup.emptyHelp')}</p>
          </Radio>
        </Radio.Group>
      </Form.Item>
      {asksCode ? (
        <Form.Item name="setupCode" label={t('setup.code')} extra={t('setup.codeHelp')}>
          <Input autoComplete="one-time-code" />
        </Form.Item>
      ) : null}
    </>
  );
}
