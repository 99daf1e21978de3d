import { useQuery } from '@tanstack/react-query';
import { Alert, Modal, Select, Spin } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.tsx';
import { usePreference } from '../../ui/preference.ts';
import type { CellSetting } from './cellValue.ts';
import { pasteMax } from './clipboard.ts';
import type { Column } from './columns.ts';
import { findByCodes } from './findCodes.ts';
import type { GridHost } from './host.ts';
import { type Found, linkedType, readPaste, targetsAt, textsToFind } from './paste.ts';
import type { Pasted } from './useGridClipboard.ts';
import type { LineChange } from './useLineChange.ts';

interface PastePreviewProps extends Pasted {
  host: GridHost;
  columns: readonly Column[];
  setting: CellSetting;
  lines: LineChange;
  onClose: () => void;
}

const shownMax = 200;

/** What is about to be pasted: which column goes where, and which cells nobody can read. Nothing is written before "apply". */
export function PastePreview({ cells, at, host, columns, setting, lines, onClose }: PastePreviewProps) {
  const { t } = useTranslation();
  const session = useSession();
  const width = Math.max(...cells.map((line) => line.length));
  const [kept, keep] = usePreference<(string | null)[] | null>(`paste.${host.type}.${host.part}.${at.column}.${width}`, null);
  const [names, setNames] = useState(() => kept ?? targetsAt(columns, at.column, width).map((column) => column?.name ?? null));
  const targets = useMemo(() => names.map((name) => columns.find((column) => column.name === name) ?? null), [names, columns]);
  const wanted = useMemo(() => textsToFind(cells, targets), [cells, targets]);
  const { data: found, isFetching } = useQuery({
    queryKey: ['paste', wanted],
    queryFn: async (): Promise<Found> =>
      Object.fromEntries(
        await Promise.all(Object.entries(wanted).map(async ([type, texts]) => [type, await findByCodes(session, type, texts)] as const)),
      ),
    gcTime: 0,
  });
  const rows = useMemo(() => readPaste(cells, targets, found ?? {}, setting), [cells, targets, found, setting]);
  const wrong = rows.reduce((sum, row) => sum + Object.keys(row.problems).length, 0);
  const isTooLong = cells.length > pasteMax.rows || width > pasteMax.columns || at.row + cells.length > host.rowsMax;
  const apply = () => {
    keep(names);
    const titles: Record<string, Record<number, string>> = {};
    for (const column of targets) {
      const type = column ? linkedType(column) : null;
      if (type !== null)
        titles[type] = { ...titles[type], ...Object.fromEntries([...(found?.[type]?.values() ?? [])].map(({ id, title }) => [id, title])) };
    }
    lines.paste(
      at.row,
      rows.map((row) => row.values),
      titles,
    );
    onClose();
  };
  return (
    <Modal
      open
      width="min(1100px, 94vw)"
      title={t('documents.pasteTitle', { rows: cells.length, columns: width })}
      okText={wrong > 0 ? t('documents.pasteWithout', { count: wrong }) : t('general.apply')}
      okButtonProps={{ disabled: isTooLong || isFetching, autoFocus: true }}
      cancelText={t('general.cancel')}
      onOk={apply}
      onCancel={onClose}
    >
      {isTooLong ? (
        <Alert type="error" showIcon title={t('documents.pasteTooLong', { max: Math.min(pasteMax.rows, host.rowsMax) })} />
      ) : null}
      {wrong > 0 && !isFetching ? <Alert type="warning" showIcon title={t('documents.pasteWrong', { count: wrong })} /> : null}
      <Spin spinning={isFetching}>
        <div className="tp-paste-scroll">
          <table className="tp-small-table">
            <thead>
              <tr>
                <th>#</th>
                {names.map((name, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pasted columns have no other name
                  <th key={index}>
                    <Select
                      size="small"
                      aria-label={t('documents.pasteTarget', { column: index + 1 })}
                      popupMatchSelectWidth={false}
                      style={{ minWidth: 96 }}
                      value={name ?? ''}
                      onChange={(chosen) => setNames(names.map((old, place) => (place === index ? chosen || null : old)))}
                      options={[
                        { value: '', label: t('documents.pasteLeaveOut') },
                        ...columns.filter((column) => column.isEditable).map((column) => ({ value: column.name, label: column.label })),
                      ]}
                    />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {cells.slice(0, shownMax).map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: pasted rows have no other name
                <tr key={index}>
                  <td className="tp-faint">{index + 1}</td>
                  {names.map((name, place) => {
                    const problem = isFetching ? undefined : rows[index]?.problems[place];
                    return (
                      <td
                        // biome-ignore lint/suspicious/noArrayIndexKey: pasted columns have no other name
                        key={place}
                        className={problem ? 'is-wrong' : name === null ? 'is-left-out' : undefined}
                        title={problem ? t(`documents.cell.${problem as 'notChosen'}`) : undefined}
                      >
                        {line[place]}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
          {cells.length > shownMax ? <p className="tp-faint">{t('documents.pasteMore', { count: cells.length - shownMax })}</p> : null}
        </div>
      </Spin>
    </Modal>
  );
}
