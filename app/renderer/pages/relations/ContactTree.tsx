import { Tree, type TreeDataNode } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ListRow } from '../../../../shared/contracts/wire.ts';
import { useList } from '../../api/queries.ts';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { type Branch, branchesOf } from './branches.ts';

/** Who answers to whom at a customer, as a tree of its people. */
export function ContactTree({ form }: PanelProps) {
  const { t } = useTranslation();
  const list = useList(
    'contact',
    {
      filter: { field: 'customer', is: 'equal', value: form.answer?.id ?? 0 },
      fields: ['name', 'jobTitle', 'department', 'superior'],
      limit: 500,
    },
    { enabled: form.answer !== null },
  );
  const rows = (list.data?.pages ?? []).flatMap((page) => page.rows);
  const branches = branchesOf(rows.map((row) => ({ id: row.id, above: numberOrNull(row.values.superior) })));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (
    <div className="tp-panel tp-group">
      {list.error ? <ProblemAlert problem={list.error} /> : null}
      {rows.length === 0 && !list.isFetching ? <p className="tp-faint">{t('relations.noPeople')}</p> : null}
      {rows.length === 0 ? null : (
        <Tree defaultExpandAll selectable={false} showLine blockNode treeData={branches.map((branch) => nodeOf(branch, byId))} />
      )}
    </div>
  );
}

function nodeOf(branch: Branch, byId: ReadonlyMap<number, ListRow>): TreeDataNode {
  const values = byId.get(branch.id)?.values ?? {};
  const place = [values.department, values.jobTitle].filter(Boolean).join(' · ');
  return {
    key: branch.id,
    title: (
      <>
        <Link to={`/record/contact/${branch.id}`}>{String(values.name ?? `#${branch.id}`)}</Link> <span className="tp-faint">{place}</span>
      </>
    ),
    children: branch.below.map((below) => nodeOf(below, byId)),
  };
}

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);
