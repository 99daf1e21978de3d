import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Drawer, Flex, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DefinitionAnswer, Filter, FilterOperator } from '../../../../shared/contracts/wire.ts';
import type { Field } from '../../../../shared/kernel/fields.ts';
import { useSession } from '../../api/session.tsx';
import { FilterValue } from './FilterValue.tsx';
import {
  countsDays,
  type FilterGroup,
  type FilterLine,
  type FilterNode,
  filterOf,
  isGroup,
  needsValue,
  newGroup,
  newLine,
  operatorsFor,
  replaceNode,
  treeOf,
} from './filterTree.ts';

interface FilterDrawerProps {
  definition: DefinitionAnswer;
  filter: Filter | null;
  onApply: (filter: Filter | null) => void;
  onClose: () => void;
}

/** Builds a filter of several conditions with AND, OR and brackets. */
export function FilterDrawer({ definition, filter, onApply, onClose }: FilterDrawerProps) {
  const { t } = useTranslation();
  const [tree, setTree] = useState<FilterGroup>(() => {
    const known = treeOf(filter);
    return known.nodes.length > 0 ? known : { ...known, nodes: [lineFor(definition, definition.title)] };
  });
  const change = (id: number, how: (node: FilterNode) => FilterNode | null) =>
    setTree((known) => (known.id === id ? ((how(known) as FilterGroup) ?? known) : replaceNode(known, id, how)));
  return (
    <Drawer
      open
      size={620}
      title={t('list.filter')}
      onClose={onClose}
      footer={
        <Flex gap={8} justify="flex-end">
          <Button onClick={() => onApply(null)}>{t('list.clearFilter')}</Button>
          <Button type="primary" onClick={() => onApply(filterOf(tree))}>
            {t('general.apply')}
          </Button>
        </Flex>
      }
    >
      <Group definition={definition} group={tree} depth={0} onChange={change} />
    </Drawer>
  );
}

interface GroupProps {
  definition: DefinitionAnswer;
  group: FilterGroup;
  depth: number;
  onChange: (id: number, how: (node: FilterNode) => FilterNode | null) => void;
}

function Group({ definition, group, depth, onChange }: GroupProps) {
  const { t } = useTranslation();
  const append = (node: FilterNode) =>
    onChange(group.id, (known) => ({ ...(known as FilterGroup), nodes: [...(known as FilterGroup).nodes, node] }));
  return (
    <div className={depth === 0 ? undefined : 'tp-filter-group'}>
      <Flex gap={8} align="center" style={{ marginBottom: 8 }}>
        <Segmented
          size="small"
          aria-label={t('list.match')}
          value={group.join}
          options={[
            { value: 'all', label: t('list.matchAll') },
            { value: 'any', label: t('list.matchAny') },
          ]}
          onChange={(join) => onChange(group.id, (known) => ({ ...(known as FilterGroup), join: join as 'all' | 'any' }))}
        />
        {depth === 0 ? null : (
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('general.remove')}
            onClick={() => onChange(group.id, () => null)}
          />
        )}
      </Flex>
      {group.nodes.map((node) =>
        isGroup(node) ? (
          <Group key={node.id} definition={definition} group={node} depth={depth + 1} onChange={onChange} />
        ) : (
          <Line key={node.id} definition={definition} line={node} onChange={onChange} />
        ),
      )}
      <Flex gap={8}>
        <Button size="small" icon={<PlusOutlined />} onClick={() => append(lineFor(definition, definition.title))}>
          {t('list.addCondition')}
        </Button>
        {depth >= 3 ? null : (
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => append(newGroup(group.join === 'all' ? 'any' : 'all', [lineFor(definition, definition.title)]))}
          >
            {t('list.addGroup')}
          </Button>
        )}
      </Flex>
    </div>
  );
}

function Line({ definition, line, onChange }: { definition: DefinitionAnswer; line: FilterLine; onChange: GroupProps['onChange'] }) {
  const { t } = useTranslation();
  const session = useSession();
  const field = fieldFor(definition, line.field);
  const fields = Object.keys(definition.fields).filter((name) => definition.fields[name]?.hidden !== true);
  if (definition.states !== undefined) fields.splice(1, 0, 'state');
  const set = (change: Partial<FilterLine>) => onChange(line.id, (known) => ({ ...(known as FilterLine), ...change }));
  return (
    <div className="tp-filter-line">
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        value={line.field}
        aria-label={t('list.field')}
        options={fields.map((name) => ({ value: name, label: session.fieldLabel(definition.type, name) }))}
        onChange={(name) => onChange(line.id, () => ({ ...lineFor(definition, name), id: line.id }))}
      />
      <Select
        value={line.is}
        aria-label={t('list.condition')}
        options={operatorsFor(field).map((is) => ({ value: is, label: t(`list.operators.${is}`) }))}
        onChange={(is) => set({ is, value: shapeOf(is) === shapeOf(line.is) ? line.value : null })}
      />
      {needsValue(line.is) ? (
        <FilterValue type={definition.type} line={line} field={field} onChange={(value) => set({ value })} />
      ) : (
        <span />
      )}
      <Button type="text" icon={<DeleteOutlined />} aria-label={t('general.remove')} onClick={() => onChange(line.id, () => null)} />
    </div>
  );
}

/** Conditions of one shape can go on with the value that stands there. */
const shapeOf = (is: FilterOperator): string => (is === 'between' || is === 'in' ? is : countsDays(is) ? 'days' : 'one');

const lineFor = (definition: DefinitionAnswer, name: string): FilterLine =>
  newLine(name, operatorsFor(fieldFor(definition, name))[0] ?? 'equal');

/** The field by its name; the state stands there as a choice. */
function fieldFor(definition: DefinitionAnswer, name: string): Field {
  const field = definition.fields[name];
  return field ?? { kind: 'choice', choices: Object.keys(definition.states ?? {}) };
}
