import { FilterOutlined, SearchOutlined } from '@ant-design/icons';
import { Badge, Button, Flex, Input, type InputRef, Segmented, Select, Tag } from 'antd';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { DefinitionAnswer } from '../../../../shared/contracts/wire.ts';
import { useSession } from '../../api/session.tsx';
import { useTyped } from '../../ui/useTyped.ts';
import { conditionCount } from './filterTree.ts';
import { type DaySpan, daySpans, emptyView, isNarrowed, type ListView } from './listView.ts';

interface ListFiltersProps {
  definition: DefinitionAnswer;
  view: ListView;
  searchBox: RefObject<InputRef | null>;
  count: number | undefined;
  onChange: (change: Partial<ListView>) => void;
  onFilter: () => void;
}

/** The row above the table: search, states, days, and the door to the filter. */
export function ListFilters({ definition, view, searchBox, onChange, onFilter }: ListFiltersProps) {
  const { t } = useTranslation();
  const session = useSession();
  const states = Object.keys(definition.states ?? {});
  const conditions = conditionCount(view.filter);
  const toggle = (state: string, isOn: boolean) =>
    onChange({ states: isOn ? [...view.states, state] : view.states.filter((one) => one !== state) });
  return (
    <Flex gap={8} align="center" wrap="wrap" className="tp-filters">
      <SearchBox box={searchBox} text={view.search} onSearch={(search) => onChange({ search })} />
      {definition.fields.day?.kind === 'day' ? (
        <Select<DaySpan>
          aria-label={session.fieldLabel(definition.type, 'day')}
          value={view.span}
          popupMatchSelectWidth={false}
          options={daySpans.map((span) => ({ value: span, label: t(`list.spans.${span}`) }))}
          onChange={(span) => onChange({ span })}
        />
      ) : null}
      {states.length === 0 ? null : (
        <Flex gap={4} role="group" aria-label={t('general.state')}>
          {states.map((state) => (
            <Tag.CheckableTag key={state} checked={view.states.includes(state)} onChange={(isOn) => toggle(state, isOn)}>
              {session.stateLabel(definition.type, state)}
            </Tag.CheckableTag>
          ))}
        </Flex>
      )}
      {definition.operations.includes('share') ? (
        <Segmented
          aria-label={t('list.filter')}
          value={view.sharedWithMe ? 'shared' : 'all'}
          options={[
            { value: 'all', label: t('general.all') },
            { value: 'shared', label: t('list.sharedWithMe') },
          ]}
          onChange={(which) => onChange({ sharedWithMe: which === 'shared' })}
        />
      ) : null}
      <Badge count={conditions} size="small" color="blue">
        <Button icon={<FilterOutlined />} onClick={onFilter}>
          {t('list.filter')}
        </Button>
      </Badge>
      {isNarrowed(view) ? (
        <Button type="link" size="small" onClick={() => onChange({ ...emptyView, sort: view.sort, deleted: view.deleted })}>
          {t('list.clearFilter')}
        </Button>
      ) : null}
    </Flex>
  );
}

/** The box that searches the list. */
function SearchBox({ box, text, onSearch }: { box: RefObject<InputRef | null>; text: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation();
  const typed = useTyped(text, onSearch);
  return (
    <Input ref={box} allowClear className="tp-list-search" prefix={<SearchOutlined />} placeholder={t('list.searchHint')} {...typed} />
  );
}
