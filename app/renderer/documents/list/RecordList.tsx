import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { DefinitionAnswer, ListRow } from '../../../../shared/contracts/wire.ts';
import type { Sort } from '../../../../shared/kernel/definition.ts';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { BulkBar } from './BulkBar.tsx';
import { useBinColumns } from './binColumns.tsx';
import { ColumnsDrawer } from './ColumnsDrawer.tsx';
import { type ColumnChoice, useColumnChoice, useListColumns } from './columns.tsx';
import { FilterDrawer } from './FilterDrawer.tsx';
import { ListActions } from './ListActions.tsx';
import { ListFilters } from './ListFilters.tsx';
import { emptyView, isNarrowed, type ListView, queryOf, useListView } from './listView.ts';
import { useFoot } from './useFoot.tsx';
import { useListKeys } from './useListKeys.ts';
import { useListRows } from './useListRows.ts';

/** The list of one type: search, filters, columns, sums, selection and what can be done with it. */
export function RecordList({ definition }: { definition: DefinitionAnswer }) {
  const { type } = definition;
  const session = useSession();
  const navigate = useNavigate();
  const [view, change] = useListView(type);
  const [choice, keepChoice] = useColumnChoice(definition);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [drawer, setDrawer] = useState<'filter' | 'columns' | null>(null);
  const query = useMemo(
    () =>
      queryOf(view, {
        today: session.settings.today,
        dayField: definition.fields.day?.kind === 'day' ? 'day' : undefined,
        fields: fieldsOf(definition, choice),
      }),
    [view, session.settings.today, definition, choice],
  );
  const list = useListRows(type, query);
  const footOf = useFoot({ definition, choice, list, chosen });
  const shown = useListColumns(definition, choice, { titles: list.titles, sums: list.sums, footOf });
  const columns = useBinColumns(shown, view.deleted ? list.along : null);
  const open = useCallback((row: ListRow) => void navigate(`/record/${type}/${row.id}`), [navigate, type]);
  const create = definition.operations.includes('create') ? () => void navigate(`/record/${type}/new`) : undefined;
  const searchBox = useListKeys({ onRefresh: () => void list.refresh(), onCreate: create });
  const selection = useMemo(() => ({ chosen, onChange: setChosen }), [chosen]);
  return (
    <PageFrame
      fill
      title={session.typeLabel(type, 'many')}
      problem={list.problem}
      onRetry={() => void list.refresh()}
      actions={
        <ListActions
          definition={definition}
          view={view}
          query={query}
          choice={choice}
          onView={change}
          onColumns={() => setDrawer('columns')}
          onChoice={keepChoice}
          onCreate={create}
          onRefresh={() => void list.refresh()}
        />
      }
    >
      <ListFilters
        definition={definition}
        view={view}
        searchBox={searchBox}
        count={list.count}
        onChange={change}
        onFilter={() => setDrawer('filter')}
      />
      {chosen.size > 0 ? (
        <BulkBar
          definition={definition}
          chosen={chosen}
          rows={list.rows}
          query={query}
          count={list.count}
          isBin={view.deleted}
          onChoose={setChosen}
        />
      ) : null}
      <DataTable
        label={session.typeLabel(type, 'many')}
        columns={columns}
        rows={list.rows}
        idOf={rowId}
        frozen={choice.frozen}
        selection={selection}
        sort={view.sort ?? definition.sort}
        onSort={(field, add) => change({ sort: nextSort(view.sort ?? definition.sort, field, add) })}
        onOpen={open}
        onResize={(widthsPx) => keepChoice({ ...choice, widthsPx })}
        onMove={(key, before) => keepChoice({ ...choice, keys: moved(choice.keys, key, before) })}
        onEnd={list.onEnd}
        isLoading={list.isLoading}
        memory={`list:${type}`}
        hasFoot
        rowClass={(row) => (list.hasChanged(row) ? 'tp-changed' : undefined)}
        empty={
          <NothingHere
            definition={definition}
            view={view}
            onClear={() => change({ ...emptyView, deleted: view.deleted })}
            onCreate={create}
          />
        }
      />
      {drawer === 'filter' ? (
        <FilterDrawer
          definition={definition}
          filter={view.filter}
          onClose={() => setDrawer(null)}
          onApply={(filter) => {
            change({ filter });
            setDrawer(null);
          }}
        />
      ) : null}
      {drawer === 'columns' ? (
        <ColumnsDrawer definition={definition} choice={choice} onChange={keepChoice} onClose={() => setDrawer(null)} />
      ) : null}
    </PageFrame>
  );
}

/** Why the list is empty, and what to do about it. */
function NothingHere({
  definition,
  view,
  onClear,
  onCreate,
}: {
  definition: DefinitionAnswer;
  view: ListView;
  onClear: () => void;
  onCreate?: () => void;
}) {
  const { t } = useTranslation();
  const session = useSession();
  const type = session.typeLabel(definition.type);
  if (isNarrowed(view))
    return (
      <EmptyState title={t('list.noMatches')} text={t('list.noMatchesHelp')} action={{ label: t('list.clearFilter'), onClick: onClear }} />
    );
  if (view.deleted) return <EmptyState title={t('list.binEmpty')} text={t('list.binHelp')} />;
  return (
    <EmptyState
      title={t('list.none', { type })}
      text={onCreate ? t(definition.kind === 'record' ? 'list.noneHelp' : 'list.noneHelpDocument', { type }) : undefined}
      action={onCreate ? { label: t('general.newType', { type }), onClick: onCreate } : undefined}
    />
  );
}

const rowId = (row: ListRow): number => row.id;

/** The columns shown, and what they cannot be shown without. */
function fieldsOf(definition: DefinitionAnswer, choice: ColumnChoice): string[] {
  const needed = [definition.title, ...('currency' in definition.fields ? ['currency'] : [])];
  return [...new Set([...needed, ...choice.keys.filter((key) => key in definition.fields)])];
}

/** Pressing a head sorts by it alone, pressing again turns it round; with Shift it is added to the others. */
function nextSort(sort: readonly Sort[], field: string, add: boolean): Sort[] {
  const known = sort.find((one) => one.field === field);
  const next: Sort = { field, direction: known?.direction === 'ascending' ? 'descending' : 'ascending' };
  if (!add) return [next];
  return known ? sort.map((one) => (one.field === field ? next : one)) : [...sort, next];
}

function moved(keys: readonly string[], key: string, before: string): string[] {
  const rest = keys.filter((one) => one !== key);
  rest.splice(rest.indexOf(before), 0, key);
  return rest;
}
