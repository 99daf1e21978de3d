import {
  AppstoreOutlined,
  BankOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  HomeOutlined,
  InboxOutlined,
  PayCircleOutlined,
  SendOutlined,
  SettingOutlined,
  ShopOutlined,
  TagsOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Translate } from '../api/i18n.ts';
import { type Session, useSession } from '../api/session.tsx';

export interface Place {
  path: string;
  label: string;
  icon: ReactNode;
}
export interface Area {
  key: string;
  label: string;
  places: Place[];
}

/** Areas of daily work in the order of a sale; records of other areas are kept in the settings. */
const dailyAreas = ['customers', 'sales', 'delivery', 'stock', 'items', 'money'];

/** Every place the person may go to, by area: what the definitions and rights of the session say. */
export function useAreas(): Area[] {
  const { t } = useTranslation();
  const session = useSession();
  const areas = dailyAreas.map((area) => ({
    key: area,
    label: session.words.areas[area] ?? area,
    places: [...extraPlaces(session, area, t), ...typePlaces(session, area)],
  }));
  return [
    { key: 'home', label: '', places: [{ path: '/', label: t('shell.home'), icon: <HomeOutlined /> }] },
    ...areas.filter((area) => area.places.length > 0),
    { key: 'settings', label: '', places: [{ path: '/settings', label: t('shell.settings'), icon: <SettingOutlined /> }] },
  ];
}

function typePlaces(session: Session, area: string): Place[] {
  return session.definitions
    .filter((definition) => definition.area === area && definition.operations.includes('read'))
    .filter((definition) => definition.kind === 'document' || definition.search !== undefined)
    .map((definition) => ({
      path: `/list/${definition.type}`,
      label: session.typeLabel(definition.type, 'many'),
      icon: iconOf(definition.type, area),
    }));
}

function extraPlaces(session: Session, area: string, t: Translate): Place[] {
  if (area === 'stock' && session.may('item', 'read')) return [{ path: '/stock', label: t('stock.title'), icon: <InboxOutlined /> }];
  if (area !== 'money') return [];
  return [
    ...(session.may('customer', 'read') && session.hasRight('see.salesPrice')
      ? [{ path: '/receivables', label: t('money.receivables'), icon: <PayCircleOutlined /> }]
      : []),
    ...(session.may('account', 'read') ? [{ path: '/accounts', label: t('money.accountBook'), icon: <BankOutlined /> }] : []),
  ];
}

const areaIcons: Record<string, ReactNode> = {
  customers: <TeamOutlined />,
  sales: <FileTextOutlined />,
  delivery: <SendOutlined />,
  stock: <ShopOutlined />,
  items: <TagsOutlined />,
  money: <FileDoneOutlined />,
};

function iconOf(type: string, area: string): ReactNode {
  if (type === 'itemCategory') return <AppstoreOutlined />;
  return areaIcons[area] ?? <FileTextOutlined />;
}
