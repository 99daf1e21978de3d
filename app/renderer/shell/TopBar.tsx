import {
  KeyOutlined,
  LaptopOutlined,
  LogoutOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  QuestionCircleOutlined,
  SafetyOutlined,
  SearchOutlined,
  SwapOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { Avatar, Button, Dropdown, Layout, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { type Language, languageNames, languages } from '../../../shared/language/languages.ts';
import { bridge } from '../api/bridge.ts';
import { api } from '../api/http.ts';
import { switchLanguage, useLanguage } from '../api/i18n.ts';
import { useServerState } from '../api/serverState.ts';
import { useSession, useSignIn } from '../api/session.tsx';
import type { SignInWish } from '../pages/gate/SignInPage.tsx';
import { densities, schemes, useAppearance } from '../ui/appearance.ts';
import { Logo } from '../ui/Logo.tsx';
import { ChangePassword } from './ChangePassword.tsx';
import { NoticesBell } from './NoticesBell.tsx';

interface TopBarProps {
  isNarrow: boolean;
  onNarrow: () => void;
  onSearch: () => void;
  onHelp: () => void;
}

/** The bar above every page: where we are, search, notices, and the person at work. */
export function TopBar({ isNarrow, onNarrow, onSearch, onHelp }: TopBarProps) {
  const { t } = useTranslation();
  const { company, limits } = useSession();
  return (
    <Layout.Header className="tp-bar">
      <Button type="text" aria-label={t('shell.menu')} icon={isNarrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />} onClick={onNarrow} />
      <Link to="/" className="tp-brand">
        <Logo size={26} />
        <span>
          Tradepost <small>商驿</small>
        </span>
      </Link>
      <span className="tp-company" title={company.name}>
        {company.name}
      </span>
      {company.practice ? <span className="tp-practice">{t('shell.practice')}</span> : null}
      {limits ? (
        <span className="tp-state tp-state-waiting" title={t('safety.limitedHelp')}>
          {t(limits.lookOnly ? 'safety.lookingOnly' : 'safety.limited')}
        </span>
      ) : null}
      <div className="tp-bar-search">
        <Button variant="filled" color="default" icon={<SearchOutlined />} onClick={onSearch}>
          {t('shell.searchHint')} <kbd>Ctrl K</kbd>
        </Button>
      </div>
      <Button
        type="text"
        icon={<QuestionCircleOutlined />}
        aria-label={t('help.title')}
        title={`${t('help.title')} (F1)`}
        onClick={onHelp}
      />
      <NoticesBell />
      <PersonMenu />
    </Layout.Header>
  );
}

/** Language, look, password, leaving. */
function PersonMenu() {
  const { t } = useTranslation();
  const { user, company } = useSession();
  const navigate = useNavigate();
  const hasOthers = (useServerState().data?.companies.length ?? 0) > 1;
  const { language } = useLanguage();
  const { leave } = useSignIn();
  const [appearance, change] = useAppearance();
  const [isChanging, setChanging] = useState(false);
  const signOut = async () => {
    await api.post('/api/sign-out').catch(() => undefined);
    leave();
  };
  const choose = (key: string) => {
    const [what, value = ''] = key.split(':');
    if (what === 'language') void switchLanguage(value as Language);
    if (what === 'scheme') change({ scheme: value as (typeof schemes)[number] });
    if (what === 'density') change({ density: value as (typeof densities)[number] });
    if (key === 'password') setChanging(true);
    if (key === 'secondStep') void navigate('/settings/second-step');
    if (key === 'company')
      void navigate('/sign-in', { state: { leaving: { company: company.code, login: user.login } } satisfies SignInWish });
    if (key === 'desktop') void navigate('/desktop');
    if (key === 'out') void signOut();
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          selectable: true,
          selectedKeys: [`language:${language}`, `scheme:${appearance.scheme}`, `density:${appearance.density}`],
          onClick: ({ key }) => choose(key),
          items: [
            {
              type: 'group',
              label: t('shell.language'),
              children: languages.map((one) => ({ key: `language:${one}`, label: languageNames[one] })),
            },
            {
              type: 'group',
              label: t('shell.scheme'),
              children: schemes.map((one) => ({ key: `scheme:${one}`, label: t(`shell.schemes.${one}`) })),
            },
            {
              type: 'group',
              label: t('shell.density'),
              children: densities.map((one) => ({ key: `density:${one}`, label: t(`shell.densities.${one}`) })),
            },
            { type: 'divider' },
            { key: 'password', icon: <KeyOutlined />, label: t('shell.changePassword') },
            { key: 'secondStep', icon: <SafetyOutlined />, label: t('secondStep.title') },
            ...(hasOthers ? [{ key: 'company', icon: <SwapOutlined />, label: t('shell.switchCompany') }] : []),
            // The desktop program itself has no use for it.
            ...(bridge() ? [] : [{ key: 'desktop', icon: <LaptopOutlined />, label: t('clients.title') }]),
            { key: 'out', icon: <LogoutOutlined />, label: t('shell.signOut') },
          ],
        }}
      >
        <Button type="text" aria-label={t('shell.person')} className="tp-person">
          <Avatar size={24} icon={<UserOutlined />} /> {user.name}
        </Button>
      </Dropdown>
      <Modal open={isChanging} title={t('shell.changePassword')} footer={null} destroyOnHidden onCancel={() => setChanging(false)}>
        <ChangePassword onDone={() => setChanging(false)} />
      </Modal>
    </>
  );
}
