import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, newKey } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { sessionKey, useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

const openings = ['openingStock', 'openingBalance'];

/** The day on which opening figures are locked and daily work begins. */
export function GoLivePage() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const notices = useNotices();
  const [problem, setProblem] = useState<unknown>(null);
  const goLive = async () => {
    if (!(await notices.ask({ title: t('settings.goLiveAsk'), text: t('settings.goLiveAskText'), ok: t('settings.goLive'), danger: true })))
      return;
    setProblem(null);
    try {
      await api.post('/api/go-live', {}, { idempotencyKey: newKey() });
      await queryClient.invalidateQueries({ queryKey: sessionKey });
      notices.done(t('settings.isLive'));
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  return (
    <PageFrame title={t('settings.live')}>
      {problem ? <ProblemAlert problem={problem} /> : null}
      {session.settings.isLive ? (
        <Alert type="success" showIcon title={t('settings.isLive')} description={t('settings.isLiveHelp')} />
      ) : (
        <section className="tp-panel tp-form">
          <p>{t('settings.liveHelp')}</p>
          <ol>
            {openings
              .filter((type) => session.definitionOf(type) !== undefined)
              .map((type) => (
                <li key={type}>
                  <Button type="link" onClick={() => void navigate(`/list/${type}`)}>
                    {session.typeLabel(type, 'many')}
                  </Button>
                </li>
              ))}
          </ol>
          <Button type="primary" danger onClick={() => void goLive()}>
            {t('settings.goLive')}
          </Button>
        </section>
      )}
    </PageFrame>
  );
}
