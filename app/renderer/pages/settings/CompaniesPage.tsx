import { Flex, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useServerState } from '../../api/serverState.ts';
import { useSession } from '../../api/session.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { PracticeCompany } from './PracticeCompany.tsx';

/** The companies of this server, and how a further one is made: at the server itself, by whoever may sit down there. */
export function CompaniesPage() {
  const { t } = useTranslation();
  const { company, hasRight } = useSession();
  const state = useServerState();
  const word = (name: 'code' | 'name' | 'login' | 'password') => `<${t(`settings.commandWords.${name}`)}>`;
  const command = `tradepost company create ${word('code')} ${word('name')} --login ${word('login')} --password ${word('password')}`;
  return (
    <PageFrame title={t('settings.companies')} loading={state.isPending} problem={state.error} onRetry={() => void state.refetch()}>
      <section className="tp-panel tp-form">
        <p className="tp-faint">{t('settings.companiesHelp')}</p>
        <table className="tp-plain">
          <thead>
            <tr>
              <th>{t('setup.companyName')}</th>
              <th>{t('settings.companyCode')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {(state.data?.companies ?? []).map(({ code, name, practice, closed }) => (
              <tr key={code}>
                <td>{name}</td>
                <td>{code}</td>
                <td>
                  <Flex gap={6}>
                    {code === company.code ? <Tag>{t('settings.companyNow')}</Tag> : null}
                    {practice ? <Tag color="warning">{t('companies.practiceTag')}</Tag> : null}
                    {closed ? <Tag>{t(closed.phase === 'failed' ? 'companies.staysTag' : 'companies.closedTag')}</Tag> : null}
                  </Flex>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {hasRight('backups.keep') ? <PracticeCompany /> : null}
      <section className="tp-panel tp-form">
        <h2>{t('settings.companyMore')}</h2>
        <p>{t('settings.companyMoreHelp')}</p>
        <pre className="tp-command-line">{command}</pre>
      </section>
    </PageFrame>
  );
}
