import { Alert, Button, Descriptions, Flex, Form, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArchiveInside } from '../../../../shared/contracts/restoring.ts';
import { useLanguage } from '../../api/i18n.ts';
import { AdvanceTable } from '../../ui/AdvanceTable.tsx';
import { asProposed } from '../../ui/advance.ts';
import { formatInstant } from '../../ui/format.ts';
import { sizeText } from '../backups/sizeText.ts';

const ways = ['usual', 'own', 'no'] as const;

interface Viewing {
  readonly inside: ArchiveInside;
  readonly isBusy: boolean;
  readonly onBack: () => void;
  /** `numbers` is how many numbers are left out, by type; none leaves the series where the archive has them. */
  readonly onRestore: (numbers: Record<string, number> | undefined) => void;
}

/** What an archive holds, before anything is done with it. */
export function ArchiveView(of: Viewing) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [way, setWay] = useState<(typeof ways)[number]>('usual');
  const [own, setOwn] = useState(() => asProposed(of.inside.numbers.rows));
  const numbers = { usual: asProposed(of.inside.numbers.rows), own, no: undefined };
  const { company, takenAt, version, rows, files, isEncrypted, root } = of.inside;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const count = new Intl.NumberFormat(language);
  const facts = [
    ['company', `${company.name} (${company.code})`],
    ['takenAt', formatInstant(takenAt, language, timeZone)],
    ['version', version],
    ['rows', count.format(rows)],
    ['files', t('restore.filesOf', { files: count.format(files.count), size: sizeText(files.bytes) })],
    ['encrypted', t(isEncrypted ? 'general.yes' : 'general.no')],
    ['root', t(`restore.roots.${root}`)],
  ] as const;
  return (
    <>
      <Descriptions
        bordered
        size="small"
        column={1}
        styles={{ label: { whiteSpace: 'nowrap' } }}
        title={t('restore.inside')}
        items={facts.map(([name, children]) => ({ key: name, label: t(`restore.facts.${name}`), children }))}
      />
      {files.missing > 0 ? <Alert type="warning" showIcon title={t('restore.missing', { missing: count.format(files.missing) })} /> : null}
      <Alert type="warning" showIcon title={t('restore.numbersHelp')} />
      <Form layout="vertical">
        <Form.Item label={t('numbering.atRestore')} extra={way === 'usual' ? t('numbering.usualHelp') : t('numbering.atRestoreHelp')}>
          <Radio.Group
            value={way}
            onChange={({ target }) => setWay(target.value)}
            options={ways.map((value) => ({ value, label: t(`numbering.choose.${value}`) }))}
          />
        </Form.Item>
      </Form>
      {way === 'own' ? <AdvanceTable rows={of.inside.numbers.rows} by={own} onChange={setOwn} /> : null}
      <Alert type="info" showIcon title={t('restore.devicesHelp')} />
      <Flex gap={8} justify="flex-end" className="tp-restore-actions">
        <Button size="large" onClick={of.onBack}>
          {t('restore.another')}
        </Button>
        <Button size="large" type="primary" loading={of.isBusy} onClick={() => of.onRestore(numbers[way])}>
          {t('restore.begin')}
        </Button>
      </Flex>
    </>
  );
}
