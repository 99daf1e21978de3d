import { ArrowDownOutlined, ArrowUpOutlined, HolderOutlined } from '@ant-design/icons';
import { Button, Checkbox, Drawer, Flex, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DefinitionAnswer } from '../../../../shared/contracts/wire.ts';
import { useSession } from '../../api/session.tsx';
import { type ColumnChoice, choosableColumns } from './columns.tsx';

interface ColumnsDrawerProps {
  definition: DefinitionAnswer;
  choice: ColumnChoice;
  onChange: (choice: ColumnChoice | null) => void;
  onClose: () => void;
}

/** Chooses the columns, their order and how many stay; kept for the person. */
export function ColumnsDrawer({ definition, choice, onChange, onClose }: ColumnsDrawerProps) {
  const { t } = useTranslation();
  const session = useSession();
  const [dragged, setDragged] = useState<string | null>(null);
  const others = choosableColumns(definition).filter((key) => !choice.keys.includes(key));
  const set = (keys: string[]) => onChange({ ...choice, keys });
  const move = (key: string, to: number) => {
    const rest = choice.keys.filter((one) => one !== key);
    rest.splice(Math.max(0, to), 0, key);
    set(rest);
  };
  return (
    <Drawer
      open
      size={360}
      title={t('list.columns')}
      onClose={onClose}
      footer={
        <Flex gap={8} justify="space-between" align="center">
          <span>
            {t('list.frozen')}{' '}
            <InputNumber
              size="small"
              aria-label={t('list.frozen')}
              // The arrows of the box are named in English whatever the language.
              controls={false}
              style={{ width: 48 }}
              min={0}
              max={5}
              value={choice.frozen}
              onChange={(frozen) => onChange({ ...choice, frozen: frozen ?? 0 })}
            />
          </span>
          <Button onClick={() => onChange(null)}>{t('general.reset')}</Button>
        </Flex>
      }
    >
      {[...choice.keys, ...others].map((key, index) => {
        const isShown = index < choice.keys.length;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: dragging has its buttons beside it for the keyboard
          <div
            key={key}
            className={`tp-column-choice ${dragged === key ? 'tp-dragged' : ''}`}
            draggable={isShown}
            onDragStart={() => setDragged(key)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={() => dragged !== null && isShown && move(dragged, index)}
          >
            <HolderOutlined style={{ visibility: isShown ? 'visible' : 'hidden' }} />
            <Checkbox
              checked={isShown}
              disabled={isShown && choice.keys.length === 1}
              onChange={(event) => set(event.target.checked ? [...choice.keys, key] : choice.keys.filter((one) => one !== key))}
            >
              {session.fieldLabel(definition.type, key)}
            </Checkbox>
            {isShown ? (
              <span className="tp-column-moves">
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowUpOutlined />}
                  aria-label={t('list.up')}
                  onClick={() => move(key, index - 1)}
                />
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowDownOutlined />}
                  aria-label={t('list.down')}
                  onClick={() => move(key, index + 1)}
                />
              </span>
            ) : null}
          </div>
        );
      })}
    </Drawer>
  );
}
