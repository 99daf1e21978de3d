import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useNavigate } from 'react-router';
import type { DeviceProof } from '../../../../shared/contracts/devices.ts';
import type { SecondStep } from '../../../../shared/contracts/secondStep.ts';
import type { CompanyAnswer, SessionAnswer } from '../../../../shared/contracts/wire.ts';
import { nearestLanguage } from '../../../../shared/language/languages.ts';
import { bridge } from '../../api/bridge.ts';
import { proveDevice } from '../../api/device.ts';
import { api } from '../../api/http.ts';
import { hasChosenLanguage, switchLanguage } from '../../api/i18n.ts';
import { useServerState } from '../../api/serverState.ts';
import { useSignIn } from '../../api/session.tsx';
import { readToken } from '../../api/token.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useDevicePreference } from '../../ui/preference.ts';
import { Splash } from '../../ui/Splash.tsx';
import { CaptchaField, isAboutPicture, useCaptcha } from './Captcha.tsx';
import { ClosedView } from './ClosedView.tsx';
import { Gate } from './Gate.tsx';
import { useDeviceWait, WaitingDevice } from './WaitingDevice.tsx';

/** What the page that leads here hands over. */
export interface SignInWish {
  from?: string;
  /** Somebody who is signed in wants to work in another company than this one. */
  leaving?: { company: string; login: string };
}
interface Entered {
  token: string;
  session: SessionAnswer;
}
interface Typed {
  company: string;
  login: string;
  password: string;
  captcha?: string;
}

const SecondStepForm = lazy(async () => ({ default: (await import('../secondStep/SecondStepForm.tsx')).SecondStepForm }));

/** The door: company, name, password. `onReady` is told when they can be typed. */
export function SignInPage({ onReady }: { onReady: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { from, leaving } = useWish();
  const { enter } = useSignIn();
  const [isWaiting, setWaiting] = useState(false);
  const state = useServerState(isWaiting ? { refetchEveryMs: 1000 } : {});
  const [last, keepLast] = useDevicePreference('lastSignIn', { company: '', login: '' });
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [passed, setPassed] = useState<{ step: SecondStep; typed: Typed } | null>(null);
  const [form] = Form.useForm<Typed>();
  const companies = state.data?.companies ?? [];
  const device = useDeviceWait();
  const chosen = Form.useWatch('company', form);
  const picture = useCaptcha(companies, chosen);
  const shut = companies.find(({ code }) => code === chosen)?.closed;
  useEffect(() => setWaiting(shut !== undefined), [shut]);
  const isReady = state.data?.setUp === true;
  useEffect(() => {
    if (isReady) onReady();
  }, [isReady, onReady]);
  useEffect(() => {
    const other = leaving && companies.find((company) => company.code !== leaving.company);
    const known = other ?? companies.find((company) => company.code === last.company) ?? companies[0];
    if (known && !form.getFieldValue('company')) form.setFieldValue('company', known.code);
  }, [companies, form, last.company, leaving]);

  const comeIn = async (answer: Entered, typed: Pick<Typed, 'company' | 'login'>) => {
    // The session in the company that is left ends here, and not before the other one has begun.
    if (leaving) await api.post('/api/sign-out').catch(() => undefined);
    keepLast({ company: typed.company, login: typed.login });
    enter(answer);
    if (answer.session.user.language && !hasChosenLanguage()) await switchLanguage(nearestLanguage(answer.session.user.language));
    // An address names a record of one company: in another it would be somebody else's.
    void navigate(typed.company === last.company && !leaving ? from : '/', { replace: true });
  };
  const signIn = async ({ captcha, ...typed }: Typed, waited?: string) => {
    setBusy(true);
    setProblem(null);
    let proof: DeviceProof | undefined;
    try {
      proof = await proveDevice(typed);
      const read = picture.shown && captcha ? { captcha: { id: picture.shown.id, text: captcha } } : {};
      const sent = { ...typed, ...read, device: bridge()?.device, proof, waited };
      const answer = await api.post<Entered | { second: SecondStep }>('/api/sign-in', sent);
      if ('second' in answer) {
        device.stop();
        setPassed({ step: answer.second, typed });
      } else await comeIn(answer, typed);
    } catch (thrown) {
      if (device.begins(thrown, typed.company, proof)) return;
      device.stop();
      setProblem(thrown);
      // Whoever only misread the picture need not type the password again.
      form.resetFields(isAboutPicture(thrown) ? ['captcha'] : ['captcha', 'password']);
      picture.failed(thrown);
    } finally {
      setBusy(false);
    }
  };

  if (readToken() !== null && !isBusy && !leaving) return <Navigate replace to={from} />;
  if (state.data && !state.data.setUp) return <Navigate replace to="/setup" />;
  if (state.isPending) return <Splash />;
  if (passed)
    return (
      <Gate title={t('secondStep.stepTitle')}>
        <Suspense>
          <SecondStepForm step={passed.step} onIn={(entered) => comeIn(entered, passed.typed)} onBack={() => setPassed(null)} />
        </Suspense>
      </Gate>
    );
  const { wait } = device;
  if (wait)
    return (
      <Gate title={t('devices.waiting')}>
        <WaitingDevice
          key={wait.waited}
          wait={wait}
          onApproved={() => void signIn(form.getFieldsValue(true) as Typed, wait.waited)}
          onStop={device.stop}
        />
        {/* What was typed stays until the door opens. */}
        <Form form={form} hidden />
      </Gate>
    );
  return (
    <Gate
      title={
        shut ? t(shut.phase === 'failed' ? 'companies.stays' : 'companies.upgrading') : t(leaving ? 'gate.switchCompany' : 'gate.signIn')
      }
    >
      {state.error ? <ProblemAlert problem={state.error} onRetry={() => void state.refetch()} /> : null}
      {problem ? <ProblemAlert problem={problem} /> : null}
      <Form
        form={form}
        layout="vertical"
        size="large"
        requiredMark={false}
        onFinish={(typed: Typed) => void signIn(typed)}
        initialValues={{ login: leaving?.login ?? last.login }}
        className="tp-gate-fields"
      >
        <Form.Item name="company" label={t('gate.company')} hidden={companies.length === 1} rules={[{ required: true }]}>
          <Select
            options={companies.map(({ code, name, practice }) => ({
              value: code,
              label: practice ? `${name} · ${t('companies.practiceTag')}` : name,
            }))}
            showSearch={companies.length > 6}
          />
        </Form.Item>
        {shut ? <ClosedView name={nameOf(companies, chosen)} closed={shut} /> : null}
        <Form.Item
          name="login"
          hidden={shut !== undefined}
          label={t('gate.login')}
          rules={[{ required: true, message: t('gate.loginMissing') }]}
        >
          <Input prefix={<UserOutlined />} autoComplete="username" autoFocus={last.login === ''} />
        </Form.Item>
        <Form.Item
          name="password"
          hidden={shut !== undefined}
          label={t('gate.password')}
          rules={[{ required: true, message: t('gate.passwordMissing') }]}
        >
          <Input.Password prefix={<LockOutlined />} autoComplete="current-password" autoFocus={last.login !== ''} />
        </Form.Item>
        {picture.shown ? <CaptchaField picture={picture.shown} onRenew={picture.renew} /> : null}
        {shut ? null : (
          <Button type="primary" htmlType="submit" block loading={isBusy}>
            {companies.length === 1 ? t('gate.enterCompany', { company: companies[0]?.name }) : t('gate.enter')}
          </Button>
        )}
        {leaving ? (
          <Button type="text" block style={{ marginTop: 8 }} onClick={() => void navigate(-1)}>
            {t('general.cancel')}
          </Button>
        ) : null}
      </Form>
      {shut ? null : <p className="tp-faint">{t('gate.help')}</p>}
    </Gate>
  );
}

/** What the page that leads here wants, or the address of a person who was led here at the start. */
function useWish(): SignInWish & { from: string } {
  const { state, search } = useLocation() as { state: SignInWish | null; search: string };
  const from = new URLSearchParams(search).get('from') ?? '';
  return { ...state, from: state?.from ?? (/^\/(?!\/)/.test(from) ? from : '/') };
}

const nameOf = (companies: readonly CompanyAnswer[], code: string | undefined): string =>
  companies.find((company) => company.code === code)?.name ?? '';
