import { Form, Input } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaptchaPicture } from '../../../../shared/contracts/signIns.ts';
import type { CompanyAnswer } from '../../../../shared/contracts/wire.ts';
import { ApiProblem, api } from '../../api/http.ts';

/** The server wants a picture to be read, or it was read wrongly: nothing is said about the password. */
export const isAboutPicture = (thrown: unknown): boolean => thrown instanceof ApiProblem && thrown.code.startsWith('captcha.');

/** The picture that has to be read before signing in to a company, where its rules ask for one. */
export function useCaptcha(companies: readonly CompanyAnswer[], code: string | undefined) {
  const [shown, setShown] = useState<CaptchaPicture | null>(null);
  const mode = companies.find((company) => company.code === code)?.captcha ?? 'never';
  const renew = useCallback(async () => {
    if (code === undefined) return;
    // Without a picture the server says so at the next try, and it is asked for again.
    setShown(await api.get<CaptchaPicture>(`/api/captcha?company=${encodeURIComponent(code)}`).catch(() => null));
  }, [code]);
  useEffect(() => {
    if (mode === 'always') void renew();
    else setShown(null);
  }, [mode, renew]);
  const failed = (thrown: unknown) => {
    if (mode !== 'never' || isAboutPicture(thrown)) void renew();
  };
  return { shown, renew: () => void renew(), failed };
}

/** The picture with the box for what it shows; a press brings another one. */
export function CaptchaField({ picture, onRenew }: { picture: CaptchaPicture; onRenew: () => void }) {
  const { t } = useTranslation();
  return (
    <Form.Item label={t('safety.captcha')} required={false}>
      <div className="tp-captcha">
        <Form.Item name="captcha" noStyle rules={[{ required: true, message: t('safety.captchaMissing') }]}>
          <Input aria-label={t('safety.captcha')} autoComplete="off" maxLength={10} spellCheck={false} />
        </Form.Item>
        <button type="button" title={t('safety.captchaNew')} onClick={onRenew}>
          <img src={`data:image/svg+xml;base64,${btoa(picture.svg)}`} alt={t('safety.captchaNew')} />
        </button>
      </div>
    </Form.Item>
  );
}
