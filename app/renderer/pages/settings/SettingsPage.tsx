import { Menu, type MenuProps } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation, useNavigate, useParams } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { RecordList } from '../../documents/list/RecordList.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { BackupsPage } from '../backups/BackupsPage.tsx';
import { GoLivePage } from '../goLive/GoLivePage.tsx';
import { OwnSecondStepPage } from '../secondStep/OwnSecondStepPage.tsx';
import { SecondStepPeoplePage } from '../secondStep/PeoplePage.tsx';
import { AddressRulesPage } from './AddressRulesPage.tsx';
import { AssignRulesPage } from './AssignRulesPage.tsx';
import { AuditPage } from './AuditPage.tsx';
import { CompaniesPage } from './CompaniesPage.tsx';
import { CompanySettingsPage } from './CompanySettingsPage.tsx';
import { DevicesPage } from './DevicesPage.tsx';
import { DictionariesPage } from './DictionariesPage.tsx';
import { FormFieldsPage } from './FormFieldsPage.tsx';
import { GapsPage } from './GapsPage.tsx';
import { NumberingPage } from './NumberingPage.tsx';
import { PairingPage } from './PairingPage.tsx';
import { PositionPage } from './PositionPage.tsx';
import { SafetyPage } from './SafetyPage.tsx';
import { SessionsPage } from './SessionsPage.tsx';
import { SignInsPage } from './SignInsPage.tsx';
import { TokensPage } from './TokensPage.tsx';
import { UsersPage } from './UsersPage.tsx';

/** Everything that is set once and kept: the company, its lists, its people and their rights. */
export function SettingsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const places = usePlaces();
  const first = places[0]?.children[0]?.key ?? '/settings/sessions';
  const all = places.flatMap((group) => group.children);
  const here = all.find(({ key }) => pathname.startsWith(key))?.key;
  const nav = useRef<HTMLElement>(null);
  // The list of places is longer than many screens: where the person is must be seen.
  useEffect(() => {
    if (here) nav.current?.querySelector('.ant-menu-item-selected')?.scrollIntoView({ block: 'nearest' });
  }, [here]);
  const items: MenuProps['items'] = places.map(({ key, label, children }) => ({
    type: 'group',
    key,
    label,
    children: children.map((place) => ({ ...place })),
  }));
  return (
    <div className="tp-settings">
      <nav ref={nav} aria-label={t('shell.settings')}>
        <Menu mode="inline" inlineIndent={10} items={items} selectedKeys={here ? [here] : []} onClick={({ key }) => void navigate(key)} />
      </nav>
      <div className="tp-settings-main">
        <Routes>
          <Route path="company" element={<CompanySettingsPage />} />
          <Route path="companies" element={<CompaniesPage />} />
          <Route path="numbering" element={<NumberingPage />} />
          <Route path="gaps" element={<GapsPage />} />
          <Route path="fields" element={<FormFieldsPage />} />
          <Route path="live" element={<GoLivePage />} />
          <Route path="dictionaries" element={<DictionariesPage />} />
          <Route path="list/:type" element={<MasterList />} />
          <Route path="users" element={<UsersPage />} />
          <Route path="positions/:id" element={<PositionPage />} />
          <Route path="addresses" element={<AddressRulesPage />} />
          <Route path="devices" element={<DevicesPage />} />
          <Route path="pairing" element={<PairingPage />} />
          <Route path="safety" element={<SafetyPage />} />
          <Route path="second-step" element={<OwnSecondStepPage />} />
          <Route path="people-second-step" element={<SecondStepPeoplePage />} />
          <Route path="sessions" element={<SessionsPage />} />
          <Route path="sign-ins" element={<SignInsPage />} />
          <Route path="assign-rules" element={<AssignRulesPage />} />
          <Route path="audit" element={<AuditPage />} />
          <Route path="backups" element={<BackupsPage />} />
          <Route path="tokens" element={<TokensPage />} />
          <Route path="*" element={<Navigate replace to={first} />} />
        </Routes>
      </div>
    </div>
  );
}

function MasterList() {
  const { t } = useTranslation();
  const { type = '' } = useParams();
  const definition = useSession().definitionOf(type);
  return definition ? <RecordList key={type} definition={definition} /> : <EmptyState title={t('problems.notFound')} />;
}

interface Place {
  key: string;
  label: string;
}

/** What the person may keep, by group. */
function usePlaces(): { key: string; label: string; children: Place[] }[] {
  const { t } = useTranslation();
  const session = useSession();
  const keepsCompany = session.hasRight('settings.change');
  const list = (type: string): Place[] =>
    session.may(type, 'read') ? [{ key: `/settings/list/${type}`, label: session.typeLabel(type, 'many') }] : [];
  const when = (isShown: boolean, key: string, label: string): Place[] => (isShown ? [{ key: `/settings/${key}`, label }] : []);
  const groups = [
    {
      key: 'company',
      label: t('settings.groups.company'),
      children: [
        ...when(keepsCompany, 'company', t('settings.company')),
        ...when(session.administrator, 'companies', t('settings.companies')),
        ...when(keepsCompany, 'numbering', t('settings.numbering')),
        ...when(session.hasRight('audit.read'), 'gaps', t('settings.gaps')),
        ...when(keepsCompany, 'fields', t('settings.formFields')),
        ...when(keepsCompany, 'live', t('settings.live')),
        ...(session.hasRight('templates.change') ? [{ key: '/templates', label: t('templates.title') }] : []),
      ],
    },
    {
      key: 'lists',
      label: t('settings.groups.lists'),
      children: [
        ...when(session.may('dictionaryEntry', 'read'), 'dictionaries', session.typeLabel('dictionaryEntry', 'many')),
        ...list('taxCode'),
        ...list('currency'),
        ...list('account'),
        ...list('paymentMethod'),
        ...list('orderType'),
        ...list('warehouse'),
        ...list('itemCategory'),
      ],
    },
    {
      key: 'people',
      label: t('settings.groups.people'),
      children: [
        ...when(session.may('user', 'read'), 'users', session.typeLabel('user', 'many')),
        ...list('department'),
        ...when(session.may('position', 'read'), 'positions/all', t('settings.rights')),
        ...when(keepsCompany && session.definitions.some(({ type }) => session.may(type, 'assign')), 'assign-rules', t('assigning.title')),
      ],
    },
    {
      key: 'safety',
      label: t('settings.groups.safety'),
      children: [
        ...when(session.hasRight('backups.keep'), 'backups', t('backups.title')),
        ...when(true, 'sessions', t('settings.sessions')),
        ...when(true, 'sign-ins', t('settings.signIns')),
        ...when(keepsCompany, 'safety', t('safety.title')),
        ...when(session.hasRight('users.manage'), 'people-second-step', t('secondStep.people')),
        ...when(session.hasRight('addresses.manage'), 'addresses', t('safety.addresses')),
        ...when(session.hasRight('devices.manage'), 'devices', t('devices.title')),
        ...when(keepsCompany, 'pairing', t('pairing.title')),
        ...when(session.hasRight('audit.read'), 'audit', t('audit.title')),
        ...when(true, 'second-step', t('secondStep.title')),
        ...when(session.hasRight('tokens.own'), 'tokens', t('settings.tokens')),
      ],
    },
  ];
  return groups.filter((group) => group.children.length > 0);
}
