import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../../api/session.tsx';

const first = ['customer', 'item', 'quotation'];

/** What to do in a company that is still empty. */
export function FirstSteps() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const types = first.filter((type) => session.may(type, 'create'));
  if (types.length === 0) return null;
  return (
    <section className="tp-panel tp-first">
      <h2>{t('home.firstSteps')}</h2>
      <p>{t('home.firstStepsHelp')}</p>
      <Flex gap={8} wrap="wrap">
        {types.map((type, index) => (
          <Button key={type} type={index === 0 ? 'primary' : 'default'} onClick={() => void navigate(`/record/${type}/new`)}>
            {index + 1}. {t('general.newType', { type: session.typeLabel(type) })}
          </Button>
        ))}
        {session.hasRight('import')
          ? types
              .filter((type) => session.definitionOf(type)?.kind === 'record')
              .map((type) => (
                <Button key={`import:${type}`} type="link" onClick={() => void navigate(`/import/${type}`)}>
                  {t('home.importType', { type: session.typeLabel(type) })}
                </Button>
              ))
          : null}
        {session.hasRight('settings.change') && !session.settings.isLive ? (
          <Button type="link" onClick={() => void navigate('/settings/live')}>
            {t('home.goLive')}
          </Button>
        ) : null}
      </Flex>
    </section>
  );
}
