import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Steps } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate } from 'react-router';
import type { SessionAnswer } from '../../../../shared/contracts/wire.ts';
import { parseExact } from '../../../../shared/kernel/numbers.ts';
import { api, newKey } from '../../api/http.ts';
import { useLanguage } from '../../api/i18n.ts';
import { useSignIn } from '../../api/session.tsx';
import { readToken } from '../../api/token.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useDevicePreference } from '../../ui/preference.ts';
import { problemOf } from '../../ui/problemText.ts';
import { Gate } from './Gate.tsx';
import { AdministratorFields, CompanyFields, ContentFields, MoneyFields } from './SetupFields.tsx';

export interface SetupTyped {
  companyName: string;
  companyCode?: string;
  administratorName: string;
  login: string;
  password: string;
  passwordAgain: string;
  timeZone: string;
  currency: string;
  taxPercent: string;
  content: 'demo' | 'empty';
  setupCode?: string;
}

const steps = [
  { name: 'company', fields: ['companyName', 'companyCode'] },
  { name: 'administrator', fields: ['administratorName', 'login', 'password', 'passwordAgain'] },
  { name: 'money', fields: ['timeZone', 'currency', 'taxPercent'] },
  { name: 'content', fields: ['content', 'setupCode'] },
] as const;

/** The first run: from nothing to a company one can work in. What was typed survives a reload, passwords do not. */
export function SetupPage() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [form] = Form.useForm<SetupTyped>();
  const [kept, keep] = useDevicePreference<Partial<SetupTyped>>('setup', {});
  const [at, setAt] = useState(0);
  const state = useQuery({
    queryKey: ['state'],
    queryFn: ({ signal }) => api.get<{ setUp: boolean; needsCode?: boolean }>('/api/state', { signal }),
  });
  const { create, problem, isBusy } = useCreate();
  useEffect(() => {
    const places = {
      'zh-CN': ['Asia/Shanghai', 'CNY', '13'],
      'zh-TW': ['Asia/Taipei', 'TWD', '5'],
      en: ['Asia/Shanghai', 'CNY', '13'],
    } as const;
    const [timeZone, currency, taxPercent] = places[language];
    for (const [name, value] of Object.entries({ timeZone, currency, taxPercent })) {
      if (!form.isFieldTouched(name as keyof SetupTyped))
        form.setFieldValue(name as keyof SetupTyped, kept[name as keyof SetupTyped] ?? value);
    }
  }, [language, form, kept]);

  const go = async (to: number) => {
    if (to > at) await form.validateFields([...(steps[at]?.fields ?? [])]);
    const { password: _, passwordAgain: __, setupCode: ___, ...safe } = form.getFieldsValue(true) as SetupTyped;
    keep(safe);
    setAt(to);
  };
  const finish = async () => {
    const failed = await create(form.getFieldsValue(true) as SetupTyped, language);
    if (failed === null) return keep(null);
    const place = steps.findIndex(({ fields }) => failed.some((path) => (fields as readonly string[]).includes(path)));
    if (place >= 0) setAt(place);
  };

  if (state.data?.setUp && !isBusy) return <Navigate replace to={readToken() === null ? '/sign-in' : '/'} />;
  const asksCode = state.data?.needsCode === true || (problem !== null && problemOf(problem).code.startsWith('setup.'));
  return (
    <Gate title={t('setup.title')} wide>
      <Steps
        size="small"
        current={at}
        onChange={(to) => to < at && void go(to)}
        items={steps.map(({ name }) => ({ title: t(`setup.steps.${name}`) }))}
      />
      {problem ? <ProblemAlert problem={problem} /> : null}
      <Form
        form={form}
        layout="vertical"
        size="large"
        requiredMark={false}
        preserve
        initialValues={{ content: 'demo', login: 'admin', ...kept }}
        onFinish={() => (at < steps.length - 1 ? void go(at + 1).catch(() => undefined) : void finish())}
      >
        {at === 0 ? <CompanyFields /> : null}
        {at === 1 ? <AdministratorFields /> : null}
        {at === 2 ? <MoneyFields /> : null}
        {at === 3 ? <ContentFields asksCode={asksCode} /> : null}
        <Flex gap={8} justify="flex-end" align="center">
          {at === 0 ? (
            <Link className="tp-setup-restore" to="/restore">
              {t('restore.fromBackup')}
            </Link>
          ) : (
            <Button onClick={() => void go(at - 1)}>{t('general.previous')}</Button>
          )}
          <Button type="primary" htmlType="submit" loading={isBusy}>
            {at === steps.length - 1 ? t('setup.create') : t('general.next')}
          </Button>
        </Flex>
      </Form>
    </Gate>
  );
}

/** Creates the company and walks in; answers with the fields that stand in the way, or null when it worked. */
function useCreate() {
  const { enter } = useSignIn();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [idempotencyKey] = useState(newKey);
  const create = async (typed: SetupTyped, language: string): Promise<string[] | null> => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await api.post<{ token: string; session: SessionAnswer }>('/api/setup', setupBody(typed, language), {
        idempotencyKey,
      });
      enter(answer);
      void navigate('/', { replace: true });
      return null;
    } catch (thrown) {
      setProblem(thrown);
      return (problemOf(thrown).fields ?? []).map(({ path }) => fieldsByPath[path] ?? path);
    } finally {
      setBusy(false);
    }
  };
  return { create, problem, isBusy };
}

function setupBody(typed: SetupTyped, language: string) {
  return {
    company: { name: typed.companyName, code: typed.companyCode || undefined },
    administrator: { login: typed.login, name: typed.administratorName, password: typed.password },
    language,
    timeZone: typed.timeZone,
    currency: typed.currency,
    taxRate: parseExact(typed.taxPercent, 4) ?? 0,
    content: typed.content,
    setupCode: typed.setupCode || undefined,
  };
}

const fieldsByPath: Record<string, keyof SetupTyped> = {
  'company.name': 'companyName',
  'company.code': 'companyCode',
  'administrator.login': 'login',
  'administrator.name': 'administratorName',
  'administrator.password': 'password',
  taxRate: 'taxPercent',
};
