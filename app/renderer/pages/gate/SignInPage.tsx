import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useNavigate } from 'react-router';
import type { SessionAnswer } from '../../../../shared/contracts/wire.ts';
import { nearestLanguage } from '../../../../shared/language/languages.ts';
import { bridge } from '../../api/bridge.ts';
import { api } from '../../api/http.ts';
import { hasChosenLanguage, switchLanguage } from '../../api/i18n.ts';
import { useSignIn } from '../../api/session.tsx';
import { readToken } from '../../api/token.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useDevicePreference } from '../../ui/preference.ts';
import { Gate } from './Gate.tsx';

interface StateAnswer {
  setUp: boolean;
  companies: { code: string; name: string }[];
  version: string;
}
interface Typed {
  company: string;
  login: string;
  password: string;
}

/** The door: company, name, password. */
export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const from = (useLocation().state as { from?: string } | null)?.from ?? '/';
  const { enter } = useSignIn();
  const state = useQuery({ queryKey: ['state'], queryFn: ({ signal }) => api.get<StateAnswer>('/api/state', { signal }) });
  const [last, keepLast] = useDevicePreference('lastSignIn', { company: '', login: '' });
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [form] = Form.useForm<Typed>();
  const companies = state.data?.companies ?? [];
  useEffect(() => {
    const known = companies.find((company) => company.code === last.company) ?? companies[0];
    if (known && !form.getFieldValue('company')) form.setFieldValue('company', known.code);
  }, [companies, form, last.company]);

  const signIn = async (typed: Typed) => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await api.post<{ token: string; session: SessionAnswer }>('/api/sign-in', { ...typed, device: bridge()?.device });
      keepLast({ company: typed.company, login: typed.login });
      enter(answer);
      if (answer.session.user.language && !hasChosenLanguage()) await switchLanguage(nearestLanguage(answer.session.user.language));
      void navigate(from, { replace: true });
    } catch (thrown) {
      setProblem(thrown);
      form.resetFields(['password']);
    } finally {
      setBusy(false);
    }
  };

  if (readToken() !== null && !isBusy) return <Navigate replace to={from} />;
  if (state.data && !state.data.setUp) return <Navigate replace to="/setup" />;
  return (
    <Gate title={t('gate.signIn')}>
      {state.error ? <ProblemAlert problem={state.error} onRetry={() => void state.refetch()} /> : null}
      {problem ? <ProblemAlert problem={problem} /> : null}
      <Form
        form={form}
        layout="vertical"
        size="large"
        requiredMark={false}
        onFinish={signIn}
        initialValues={{ login: last.login }}
        className="tp-gate-fields"
      >
        <Form.Item name="company" label={t('gate.company')} hidden={companies.length === 1} rules={[{ required: true }]}>
          <Select options={companies.map(({ code, name }) => ({ value: code, label: name }))} showSearch={companies.length > 6} />
        </Form.Item>
        <Form.Item name="login" label={t('gate.login')} rules={[{ required: true, message: t('gate.loginMissing') }]}>
          <Input prefix={<UserOutlined />} autoComplete="username" autoFocus={last.login === ''} />
        </Form.Item>
        <Form.Item name="password" label={t('gate.password')} rules={[{ required: true, message: t('gate.passwordMissing') }]}>
          <Input.Password prefix={<LockOutlined />} autoComplete="current-password" autoFocus={last.login !== ''} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={isBusy}>
          {companies.length === 1 ? t('gate.enterCompany', { company: companies[0]?.name }) : t('gate.enter')}
        </Button>
      </Form>
      <p className="tp-faint">{t('gate.help')}</p>
    </Gate>
  );
}
