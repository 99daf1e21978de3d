import { Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useSession } from '../api/session.tsx';
import { wordsOf } from '../api/words.ts';
import { helpFor } from './helpFor.ts';
import { KeyList } from './KeyList.tsx';

/** What this page is for, and the keys that work on it. */
export function HelpDrawer({ onClose, onKeyCard }: { onClose: () => void; onKeyCard: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const { pathname } = useLocation();
  const hasLines = (type: string) => Object.values(session.definitionOf(type)?.parts ?? {}).some((part) => part.entry);
  const { texts, places } = helpFor(pathname, wordsOf(session.language).ui.help, hasLines);
  return (
    <Drawer open size={420} title={t('help.title')} onClose={onClose} className="tp-help">
      <h3>{t('help.what')}</h3>
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <h3>{t('help.keys')}</h3>
      {places.map((place) => (
        <KeyList key={place} place={place} />
      ))}
      <Button onClick={onKeyCard}>{t('help.more')}</Button>
    </Drawer>
  );
}
