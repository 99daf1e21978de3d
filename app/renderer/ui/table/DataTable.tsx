// biome-ignore-all lint/a11y/useSemanticElements: only rows in sight are drawn, which a table element does not allow
import { useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { rowHeightsPx, useAppearance } from '../appearance.ts';
import { TableFoot } from './TableFoot.tsx';
import { TableHead } from './TableHead.tsx';
import { TableRow } from './TableRow.tsx';
import { type DataTableProps, placeColumns } from './tableColumns.ts';
import { useTableKeys } from './useTableKeys.ts';
import { useTableWindow } from './useTableWindow.ts';

export type { TableColumn } from './tableColumns.ts';

/** A table for any number of rows: only those in sight are drawn, head, foot and first columns stay, everything works by keyboard. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { t } = useTranslation();
  const [{ density }] = useAppearance();
  const rowHeightPx = rowHeightsPx[density];
  const scroller = useRef<HTMLDivElement>(null);
  const name = useId();
  const view = useTableWindow({ scroller, rowCount: props.rows.length, rowHeightPx, memory: props.memory, onEnd: props.onEnd });
  const keys = useTableKeys({ ...props, scroller, rowHeightPx });
  const hasChecks = props.selection !== undefined;
  const { columns, frozen = 0 } = props;
  const places = useMemo(
    () => placeColumns(columns, { frozen, hasChecks, availablePx: view.widthPx }),
    [columns, frozen, hasChecks, view.widthPx],
  );
  const visible = props.rows.slice(view.first, view.last);
  return (
    <div
      ref={scroller}
      className="tp-table"
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.rows.length}
      aria-multiselectable={props.selection !== undefined}
      aria-activedescendant={keys.active >= 0 ? `${name}-${keys.active}` : undefined}
      aria-busy={props.isLoading}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
    >
      <TableHead {...props} places={places} />
      <div className="tp-table-body" role="rowgroup" style={{ height: props.rows.length * rowHeightPx, minWidth: places.totalPx }}>
        {visible.map((row, index) => (
          <TableRow
            key={props.idOf(row)}
            id={`${name}-${view.first + index}`}
            row={row}
            rowId={props.idOf(row)}
            index={view.first + index}
            topPx={(view.first + index) * rowHeightPx}
            columns={props.columns}
            places={places}
            isActive={view.first + index === keys.active}
            isChosen={props.selection?.chosen.has(props.idOf(row)) ?? false}
            isSelectable={props.selection !== undefined}
            className={props.rowClass?.(row)}
            onPress={keys.onPress}
            onOpen={props.onOpen}
          />
        ))}
      </div>
      {props.rows.length === 0 && !props.isLoading ? <div className="tp-table-empty">{props.empty}</div> : null}
      {props.isLoading ? <div className="tp-table-loading">{t('general.loading')}</div> : null}
      {props.hasFoot ? <TableFoot columns={props.columns} places={places} isSelectable={props.selection !== undefined} /> : null}
    </div>
  );
}
