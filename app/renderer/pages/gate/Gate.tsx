import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languageNames, languages } from '../../../../shared/language/languages.ts';
import { switchLanguage, useLanguage } from '../../api/i18n.ts';
import { Logo } from '../../ui/Logo.tsx';

/** The frame of every page before the shell: who we are at the left, the form at the right. */
export function Gate({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <main className="tp-gate">
      <aside className="tp-gate-side">
        <div className="tp-gate-brand">
          <Logo size={44} />
        </div>
        <div>
          <h1>{t('gate.headline')}</h1>
          <p>{t('gate.text')}</p>
        </div>
        <small>Tradepost 商驿</small>
      </aside>
      <div className="tp-gate-main">
        <div className="tp-gate-corner">
          <LanguageChooser />
        </div>
        <div className={wide ? 'tp-setup' : 'tp-gate-form'}>
          <h2>{title}</h2>
          {children}
        </div>
      </div>
    </main>
  );
}

function LanguageChooser() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <Select<Language>
      aria-label={t('shell.language')}
      variant="filled"
      value={language}
      onChange={(chosen) => void switchLanguage(chosen)}
      options={languages.map((value) => ({ value, label: languageNames[value] }))}
    />
  );
}
