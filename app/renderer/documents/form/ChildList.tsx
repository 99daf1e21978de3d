import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { catalogue } from '../../../../shared/catalogue.ts';
import type { ListQuery } from '../../../../shared/contracts/wire.ts';
import { mergeTitles, useList } from '../../api/queries.ts';
import { type Session, useSession } from '../../api/session.tsx';
import { FieldValue } from '../../ui/FieldValue.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StateTag } from '../../ui/StateTag.tsx';

/** A type whose records hang on another one by this field. */
export interface Child {
  type: string;
  field: string;
}

/** What hangs on records of a type: its own people, and the documents seen through it. */
export function childrenOf(session: Session, type: string): Child[] {
  return session.definitions.flatMap((definition) => {
    const visibility = catalogue.find(definition.type)?.visibility;
    const through = visibility && 'through' in visibility ? visibility.through : undefined;
    const field = through === undefined ? undefined : definition.fields[through];
    return through !== undefined && field?.kind === 'link' && field.to === type ? [{ type: definition.type, field: through }] : [];
  });
}

const columnsMax = 8;

/** The list of such records on the page of the one they hang on. */
export function ChildList({ child, parent }: { child: Child; parent: number }) {
  const { t } = useTranslation();
  const session = useSession();
  const definition = session.definitionOf(child.type);
  const names = Object.keys(definition?.fields ?? {}).filter((name) => name !== child.field && definition?.fields[name]?.list);
  const shown = names.slice(0, columnsMax);
  const query: ListQuery = {
    filter: { field: child.field, is: 'equal', value: parent },
    fields: [...new Set([...shown, definition?.title ?? ''])],
    limit: 50,
    totals: true,
  };
  const list = useList(child.type, query);
  if (!definition) return null;
  const pages = list.data?.pages ?? [];
  const titles = mergeTitles(pages);
  const rows = pages.flatMap((page) => page.rows);
  return (
    <div className="tp-panel tp-group">
      {list.error ? <ProblemAlert problem={list.error} /> : null}
      {rows.length === 0 && !list.isFetching ? <p className="tp-faint">{t('documents.noRows')}</p> : null}
      {rows.length > 0 ? (
        <table className="tp-small-table">
          <thead>
            <tr>
              {shown.map((name) => (
                <th key={name}>{session.fieldLabel(child.type, name)}</th>
              ))}
              {definition.states ? <th>{t('general.state')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                {shown.map((name, index) => {
                  const field = definition.fields[name];
                  const value = field ? (
                    <FieldValue
                      type={child.type}
                      path={name}
                      field={field}
                      value={row.values[name]}
                      titles={titles}
                      currency={currencyOf(row.values)}
                    />
                  ) : null;
                  return (
                    <td key={name}>{index === 0 ? <Link to={`/record/${child.type}/${row.id}`}>{value ?? `#${row.id}`}</Link> : value}</td>
                  );
                })}
                {definition.states ? (
                  <td>
                    <StateTag type={child.type} state={row.state} />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <div style={{ display: 'flex', gap: 8, marginTop: 8 }}>
        {session.may(child.type, 'create') ? (
          <Link to={`/record/${child.type}/new?with=${child.field}:${parent}`}>
            <Button size="small" icon={<PlusOutlined />}>
              {t('general.newType', { type: session.typeLabel(child.type) })}
            </Button>
          </Link>
        ) : null}
        {list.hasNextPage ? (
          <Button size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('documents.moreRows')}
          </Button>
        ) : null}
        {pages[0]?.count === undefined ? null : <span className="tp-faint">{t('documents.rowCount', { count: pages[0].count })}</span>}
      </div>
    </div>
  );
}

const currencyOf = (values: Readonly<Record<string, unknown>>): number | null =>
  typeof values.currency === 'number' ? values.currency : null;
