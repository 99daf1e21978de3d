import {
  DeleteOutlined,
  DownloadOutlined,
  MoreOutlined,
  PlusOutlined,
  ReloadOutlined,
  TableOutlined,
  UploadOutlined,
} from '@ant-design/icons';
import { Button, Dropdown, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { DefinitionAnswer, ListQuery } from '../../../../shared/contracts/wire.ts';
import { isImportable } from '../../../../shared/exchange/importable.ts';
import { useSession } from '../../api/session.tsx';
import type { ColumnChoice } from './columns.tsx';
import type { ListView } from './listView.ts';
import { useExport } from './useExport.ts';
import { ViewsMenu } from './ViewsMenu.tsx';

interface ListActionsProps {
  definition: DefinitionAnswer;
  view: ListView;
  query: ListQuery;
  choice: ColumnChoice;
  onView: (change: Partial<ListView>) => void;
  onColumns: () => void;
  onChoice: (choice: ColumnChoice) => void;
  onCreate?: () => void;
  onRefresh: () => void;
}

/** The buttons of a list: views, columns, new, and what is needed less often. */
export function ListActions({ definition, view, query, choice, onView, onColumns, onChoice, onCreate, onRefresh }: ListActionsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const { type, operations } = definition;
  const { exportRows, isExporting } = useExport(definition, query, choice);
  const items = [
    operations.includes('export') ? { key: 'shown', icon: <DownloadOutlined />, label: t('list.exportShown') } : null,
    operations.includes('export') ? { key: 'all', icon: <DownloadOutlined />, label: t('list.exportAll') } : null,
    isImportable(definition) && operations.includes('create') && session.hasRight('import')
      ? { key: 'import', icon: <UploadOutlined />, label: t('general.import') }
      : null,
    operations.includes('delete')
      ? { key: 'bin', icon: <DeleteOutlined />, label: view.deleted ? t('list.leaveBin') : t('list.bin') }
      : null,
  ].filter((item) => item !== null);
  const take = (key: string) => {
    if (key === 'shown' || key === 'all') void exportRows(key);
    if (key === 'import') void navigate(`/import/${type}`);
    if (key === 'bin') onView({ deleted: !view.deleted });
  };
  return (
    <>
      {view.deleted ? (
        <Tag closable color="orange" onClose={() => onView({ deleted: false })}>
          {t('list.bin')}
        </Tag>
      ) : null}
      <ViewsMenu type={type} view={view} choice={choice} onView={onView} onColumns={onChoice} />
      <Button icon={<TableOutlined />} onClick={onColumns}>
        {t('list.columns')}
      </Button>
      <Button icon={<ReloadOutlined />} aria-label={t('general.refresh')} title={`${t('general.refresh')} (F5)`} onClick={onRefresh} />
      {items.length === 0 ? null : (
        <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => take(key) }}>
          <Button icon={<MoreOutlined />} loading={isExporting} aria-label={t('general.more')} title={t('general.more')} />
        </Dropdown>
      )}
      {onCreate === undefined ? null : (
        <Button type="primary" icon={<PlusOutlined />} onClick={onCreate}>
          {t('general.newType', { type: session.typeLabel(type) })}
        </Button>
      )}
    </>
  );
}
