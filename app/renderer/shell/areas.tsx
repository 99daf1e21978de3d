import {
  AlertOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BarcodeOutlined,
  CalendarOutlined,
  CarOutlined,
  CheckSquareOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  HistoryOutlined,
  HomeOutlined,
  InboxOutlined,
  LockOutlined,
  PayCircleOutlined,
  SendOutlined,
  SettingOutlined,
  ShopOutlined,
  ShoppingCartOutlined,
  SnippetsOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Translate } from '../api/i18n.ts';
import { type Session, useSession } from '../api/session.tsx';
import { useOfferedReports } from '../pages/reports/reportAnswers.ts';

export interface Place {
  path: string;
  label: string;
  icon: ReactNode;
  /** The type whose list it is. */
  type?: string;
}
export interface Area {
  key: string;
  label: string;
  icon?: ReactNode;
  places: Place[];
}

/** Areas of daily work in the order of a sale; records of other areas are kept in the settings. */
const dailyAreas = ['customers', 'sales', 'delivery', 'purchase', 'stock', 'items', 'money', 'books'];

/** Every place the person may go to, by area: what the definitions and rights of the session say. */
export function useAreas(): Area[] {
  const { t } = useTranslation();
  const session = useSession();
  const { reports } = useOfferedReports();
  const isOpen = (area: string): boolean => session.limits?.areas?.includes(area) ?? true;
  const areas = dailyAreas.filter(isOpen).map((area) => ({
    key: area,
    label: session.words.areas[area] ?? area,
    icon: areaIcons[area] ?? <FileTextOutlined />,
    places: [...extraPlaces(session, area, t), ...typePlaces(session, area)],
  }));
  return [
    { key: 'home', label: '', places: [{ path: '/', label: t('shell.home'), icon: <HomeOutlined /> }] },
    ...areas.filter((area) => area.places.length > 0),
    ...(reports.length > 0
      ? [
          {
            key: 'reports',
            label: t('reports.group'),
            places: [{ path: '/reports', label: t('reports.title'), icon: <BarChartOutlined /> }],
          },
        ]
      : []),
    { key: 'settings', label: '', places: [{ path: '/settings', label: t('shell.settings'), icon: <SettingOutlined /> }] },
  ];
}

function typePlaces(session: Session, area: string): Place[] {
  return session.definitions
    .filter((definition) => definition.area === area && definition.operations.includes('read'))
    .filter((definition) => definition.kind === 'document' || definition.search !== undefined)
    .map((definition) => ({
      path: `/list/${definition.type}`,
      type: definition.type,
      label: session.typeLabel(definition.type, 'many'),
      icon: iconOf(definition.type, area),
    }));
}

function extraPlaces(session: Session, area: string, t: Translate): Place[] {
  if (area === 'stock' && session.may('item', 'read')) {
    return [
      { path: '/stock', label: t('stock.title'), icon: <InboxOutlined /> },
      { path: '/stock-moves', label: t('warehousing.movements'), icon: <HistoryOutlined /> },
      { path: '/stock-limits', label: t('warehousing.limits'), icon: <AlertOutlined /> },
      ...(session.may('lot', 'read') ? [{ path: '/lots', label: t('lots.title'), icon: <BarcodeOutlined /> }] : []),
    ];
  }
  if (area === 'purchase' && session.may('purchaseOrder', 'create') && session.hasRight('see.purchasePrice')) {
    return [{ path: '/purchase-plan', label: t('purchase.plan'), icon: <CalendarOutlined /> }];
  }
  if (area === 'delivery') return deliveryPlaces(session, t);
  if (area === 'books' && session.hasRight('books.close')) {
    return [
      { path: '/closing', label: t('books.closing'), icon: <LockOutlined /> },
      { path: '/vouchers', label: t('books.vouchers'), icon: <AuditOutlined /> },
    ];
  }
  if (area !== 'money') return [];
  return [
    ...(session.may('customer', 'read') && session.hasRight('see.salesPrice')
      ? [{ path: '/receivables', label: t('money.receivables'), icon: <PayCircleOutlined /> }]
      : []),
    ...(session.may('supplier', 'read') && session.hasRight('see.purchasePrice')
      ? [{ path: '/payables', label: t('finance.payables.title'), icon: <PayCircleOutlined /> }]
      : []),
    ...(session.may('settlement', 'create') || session.may('supplierSettlement', 'create')
      ? [{ path: '/settle', label: t('finance.settle.title'), icon: <SwapOutlined /> }]
      : []),
    ...(session.may('account', 'read') ? [{ path: '/accounts', label: t('money.accountBook'), icon: <BankOutlined /> }] : []),
  ];
}

function deliveryPlaces(session: Session, t: Translate): Place[] {
  return [
    ...(session.may('deliveryNotice', 'create') ? [{ path: '/release', label: t('selling.release'), icon: <CheckSquareOutlined /> }] : []),
    ...(session.may('stockOut', 'read') ? [{ path: '/transit', label: t('selling.transit.title'), icon: <CarOutlined /> }] : []),
  ];
}

const areaIcons: Record<string, ReactNode> = {
  customers: <TeamOutlined />,
  sales: <FileTextOutlined />,
  delivery: <SendOutlined />,
  purchase: <ShoppingCartOutlined />,
  stock: <ShopOutlined />,
  items: <TagsOutlined />,
  money: <FileDoneOutlined />,
  books: <SnippetsOutlined />,
};

function iconOf(type: string, area: string): ReactNode {
  if (type === 'itemCategory') return <AppstoreOutlined />;
  return areaIcons[area] ?? <FileTextOutlined />;
}
