import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { copyText } from '../ui/copyText.ts';
import { problemReport } from '../ui/ProblemAlert.tsx';

/** A page that broke: the others go on, and the report can be copied. */
export function ScreenFailed() {
  const { t } = useTranslation();
  const thrown = useRouteError();
  return (
    <Result
      status="warning"
      title={t('problems.screenFailed')}
      subTitle={t('problems.screenFailedHelp')}
      extra={[
        <Button key="retry" type="primary" onClick={() => window.location.reload()}>
          {t('general.retry')}
        </Button>,
        <Button key="copy" onClick={() => void copyText(problemReport(thrown, t('problems.screenFailed')))}>
          {t('problems.copyReport')}
        </Button>,
      ]}
    />
  );
}
