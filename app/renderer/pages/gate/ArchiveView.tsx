import { Alert, Button, Descriptions, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ArchiveInside } from '../../../../shared/contracts/restoring.ts';
import { useLanguage } from '../../api/i18n.ts';
import { formatInstant } from '../../ui/format.ts';
import { sizeText } from '../backups/sizeText.ts';

/** What an archive holds, before anything is done with it. */
export function ArchiveView(of: { inside: ArchiveInside; isBusy: boolean; onBack: () => void; onRestore: () => void }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
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
      <Alert type="info" showIcon title={t('restore.numbersHelp')} />
      <Alert type="info" showIcon title={t('restore.devicesHelp')} />
      <Flex gap={8} justify="flex-end" className="tp-restore-actions">
        <Button size="large" onClick={of.onBack}>
          {t('restore.another')}
        </Button>
        <Button size="large" type="primary" loading={of.isBusy} onClick={of.onRestore}>
          {t('restore.begin')}
        </Button>
      </Flex>
    </>
  );
}
