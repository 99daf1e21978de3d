import { CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { type BillingLine, billingLines, billingText } from './billing.ts';
import './relations.css';
import { copyText } from '../../ui/copyText.ts';

/** What an invoice to the customer needs, in the order the tax program asks for it; one press copies it. */
export function BillingPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const { values, parts } = form.state.now;
  const titles = [values, ...(parts.billingTitles ?? [])].map((from) => billingLines(from, values)).filter((lines) => lines.length > 1);
  const different = [...new Map(titles.map((lines) => [billingText(lines), lines])).values()];
  const labelled = (lines: readonly BillingLine[]) => lines.map(({ name, text }) => ({ name: t(`relations.billing.${name}`), text }));
  const copy = async (lines: readonly BillingLine[]) => {
    try {
      await copyText(billingText(labelled(lines)));
      notices.done(t('relations.copied'));
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  if (different.length === 0) return null;
  return (
    <section className="tp-panel tp-fact">
      <h3>{session.words.groups.billing}</h3>
      {different.map((lines) => (
        <div key={lines.map(({ text }) => text).join()} className="tp-billing">
          <dl>
            {labelled(lines).map(({ name, text }) => (
              <Line key={name} name={name} text={text} />
            ))}
          </dl>
          <Button size="small" icon={<CopyOutlined />} onClick={() => void copy(lines)}>
            {t('relations.copyBilling')}
          </Button>
        </div>
      ))}
    </section>
  );
}

function Line({ name, text }: { name: string; text: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </>
  );
}
