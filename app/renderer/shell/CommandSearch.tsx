import { SearchOutlined } from '@ant-design/icons';
import { useQueries } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { type KeyboardEvent, useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PickAnswer } from '../../../shared/contracts/wire.ts';
import { api } from '../api/http.ts';
import { keys } from '../api/queries.ts';
import { useSession } from '../api/session.tsx';
import { useOfferedReports, useReportWords } from '../pages/reports/reportAnswers.ts';
import { useAreas } from './areas.tsx';

interface Command {
  key: string;
  group: string;
  label: string;
  aside?: string;
  path: string;
}

const hitsPerType = 5;

/** One place to reach everything: pages, "new …" and records of every type, by words, codes or pinyin. */
export function CommandSearch({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const commands = useCommands(useDeferredValue(text.trim()));
  const go = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    void navigate(command.path);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setChosen(Math.min(commands.length - 1, chosen + 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(0, chosen - 1));
    else if (event.key === 'Enter') go(commands[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal open footer={null} closable={false} onCancel={onClose} width={620} style={{ top: 72 }} aria-label={t('shell.search')}>
      <Input
        size="large"
        autoFocus
        variant="borderless"
        prefix={<SearchOutlined />}
        placeholder={t('shell.searchPlaceholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={press}
        role="combobox"
        aria-expanded
        aria-controls="commands"
      />
      <CommandList commands={commands} chosen={chosen} onGo={go} />
    </Modal>
  );
}

function CommandList({ commands, chosen, onGo }: { commands: Command[]; chosen: number; onGo: (command: Command) => void }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.getElementById(`command-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div className="tp-command-list" id="commands" role="listbox">
      {commands.length === 0 ? <p className="tp-command-group">{t('shell.nothingFound')}</p> : null}
      {commands.map((command, index) => (
        <div key={command.key} role="presentation">
          {command.group === commands[index - 1]?.group ? null : <div className="tp-command-group">{command.group}</div>}
          <div
            id={`command-${index}`}
            className="tp-command"
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onClick={() => onGo(command)}
            onKeyDown={undefined}
          >
            <span>{command.label}</span>
            <span>{command.aside}</span>
          </div>
        </div>
      ))}
    </div>
  );
}

function useCommands(text: string): Command[] {
  const { t } = useTranslation();
  const session = useSession();
  const areas = useAreas();
  const found = useRecordHits(text);
  const { reports } = useOfferedReports();
  const words = useReportWords();
  const fits = (label: string) => text === '' || label.toLowerCase().includes(text.toLowerCase());
  const places = areas.flatMap((area) =>
    area.places.map((place) => ({ key: place.path, group: t('shell.goTo'), label: place.label, aside: area.label, path: place.path })),
  );
  const creations = session.definitions
    .filter(
      (definition) =>
        definition.operations.includes('create') &&
        areas.some((area) => area.places.some((place) => place.path === `/list/${definition.type}`)),
    )
    .map((definition) => ({
      key: `new:${definition.type}`,
      group: t('general.new'),
      label: t('general.newType', { type: session.typeLabel(definition.type) }),
      path: `/record/${definition.type}/new`,
    }));
  const figures = reports.map(({ name }) => ({
    key: `report:${name}`,
    group: t('reports.group'),
    label: words.name(name),
    path: `/reports/${name}`,
  }));
  return [
    ...found,
    ...places.filter((place) => fits(place.label)),
    ...figures.filter((report) => fits(report.label)),
    ...creations.filter((creation) => fits(creation.label)),
  ];
}

/** The best hits of each type the person may read. */
function useRecordHits(text: string): Command[] {
  const session = useSession();
  const types = session.definitions.filter(
    (definition) => definition.operations.includes('read') && (definition.kind === 'document' || definition.search !== undefined),
  );
  const answers = useQueries({
    queries: types.map(({ type }) => ({
      queryKey: keys.pick(type, text, hitsPerType),
      queryFn: ({ signal }: { signal: AbortSignal }) => api.post<PickAnswer>(`/api/pick/${type}`, { text, limit: hitsPerType }, { signal }),
      enabled: text.length > 0,
      retry: false,
    })),
  });
  return types.flatMap(({ type }, index) =>
    (answers[index]?.data?.rows ?? []).map((row) => ({
      key: `${type}:${row.id}`,
      group: session.typeLabel(type, 'many'),
      label: row.title,
      aside: row.code === row.title ? undefined : row.code,
      path: `/record/${type}/${row.id}`,
    })),
  );
}
