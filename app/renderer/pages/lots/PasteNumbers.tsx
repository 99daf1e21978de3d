import { DatePicker, Flex, Input, Modal, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numbersIn } from '../../../../shared/documents/lots.ts';
import { onePiece } from '../../../../shared/records/lot.ts';
import { useSession } from '../../api/session.tsx';
import type { RowValues } from '../../documents/form/draft.ts';
import type { Need } from './needs.ts';

interface PasteNumbersProps {
  needs: readonly Need[];
  /** Goods that come in may say when they were made and when they expire. */
  withDays: boolean;
  onClose: () => void;
  onTake: (rows: RowValues[]) => void;
}

/** Many serial numbers of one item at once: pasted, scanned one after the other, or as a range. */
export function PasteNumbers({ needs, withDays, onClose, onTake }: PasteNumbersProps) {
  const { t } = useTranslation();
  const session = useSession();
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      needs.findIndex(({ given, wanted }) => given < wanted),
    ),
  );
  const [typed, setTyped] = useState('');
  const [days, setDays] = useState<{ madeOn: string | null; expiresOn: string | null }>({ madeOn: null, expiresOn: null });
  const need = needs[at];
  const numbers = [...new Set(numbersIn(typed))];
  const take = () => {
    if (!need) return;
    onTake(
      numbers.map((number) => ({ item: need.item, warehouse: need.warehouse, number, quantity: onePiece, ...(withDays ? days : {}) })),
    );
  };
  return (
    <Modal
      open
      title={t('lots.paste')}
      okText={t('lots.take')}
      okButtonProps={{ disabled: numbers.length === 0 || !need }}
      onOk={take}
      onCancel={onClose}
    >
      <Flex vertical gap={8}>
        <Select
          aria-label={session.typeLabel('item')}
          value={at}
          onChange={setAt}
          options={needs.map((one, value) => ({ value, label: one.name }))}
        />
        <Input.TextArea
          aria-label={t('lots.paste')}
          autoFocus
          rows={10}
          value={typed}
          placeholder={t('lots.pasteHelp')}
          onChange={(event) => setTyped(event.target.value)}
        />
        {withDays ? (
          <Flex gap={8}>
            {(['madeOn', 'expiresOn'] as const).map((field) => (
              <DatePicker
                key={field}
                aria-label={session.fieldLabel('lot', field)}
                placeholder={session.fieldLabel('lot', field)}
                value={days[field] === null ? null : dayjs(days[field])}
                onChange={(day) => setDays({ ...days, [field]: day ? day.format('YYYY-MM-DD') : null })}
              />
            ))}
          </Flex>
        ) : null}
        <span className="tp-faint">{t('lots.counted', { count: numbers.length })}</span>
      </Flex>
    </Modal>
  );
}
