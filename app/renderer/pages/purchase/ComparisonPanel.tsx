import { useQuery } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ComparisonAnswer, ComparisonLine, ComparisonOffer, ComparisonQuotation } from '../../../../shared/contracts/purchase.ts';
import { api, newKey } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatDay, formatPrice, formatQuantity, formatRate } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { NumberBox } from './NumberBox.tsx';
import './purchase.css';
import { type AnswerTyped, useAnswers } from './useAnswers.ts';

/** What suppliers answered, side by side: answers are typed here, the cheapest is marked, and the work is given out in parts. */
export function ComparisonPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const { answer } = form;
  const key = ['record', 'inquiry', answer?.id, 'comparison', answer?.version];
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<ComparisonAnswer>(`/api/purchase/inquiries/${answer?.id}/comparison`, { signal }),
    enabled: answer !== null,
    retry: false,
  });
  if (!answer || !data) return null;
  if (data.quotations.length === 0) return <EmptyState title={t('purchase.nobodyAsked')} text={t('purchase.nobodyAskedHelp')} />;
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ['record', 'inquiry', answer.id] });
  return <Comparison data={data} onChanged={refresh} />;
}

function Comparison({ data, onChanged }: { data: ComparisonAnswer; onChanged: () => void }) {
  const { t } = useTranslation();
  const answers = useAnswers(onChanged);
  const awards = useAwards(data, onChanged);
  return (
    <section className="tp-panel tp-comparison">
      <Flex gap={8} align="center" wrap="wrap">
        <span className="tp-faint">{t('purchase.comparisonHelp')}</span>
        <Flex gap={8} className="tp-page-actions">
          <Button onClick={awards.giveToCheapest}>{t('purchase.giveToCheapest')}</Button>
          <Button type="primary" loading={awards.isBusy} disabled={awards.count === 0 || data.state !== 'sent'} onClick={awards.order}>
            {t('purchase.orderAwarded', { count: awards.count })}
          </Button>
        </Flex>
      </Flex>
      <div className="tp-comparison-scroll">
        <table>
          <thead>
            <tr>
              <th>{t('purchase.goods')}</th>
              <th className="is-number">{t('purchase.wanted')}</th>
              <th className="is-number">{t('purchase.lastGross')}</th>
              {data.quotations.map((quotation) => (
                <QuotationHead key={quotation.id} quotation={quotation} answers={answers} />
              ))}
            </tr>
          </thead>
          <tbody>
            {data.lines.map((line) => (
              <LineRow key={line.id} line={line} data={data} answers={answers} awards={awards} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type Answers = ReturnType<typeof useAnswers>;
type Awards = ReturnType<typeof useAwards>;

function QuotationHead({ quotation, answers }: { quotation: ComparisonQuotation; answers: Answers }) {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <th>
      <div className="tp-comparison-supplier">{quotation.supplierName}</div>
      <div className="tp-faint">
        <Link to={`/record/supplierQuotation/${quotation.id}`}>{quotation.number}</Link>{' '}
        <StateTag type="supplierQuotation" state={quotation.state} /> {quotation.currency}
        {quotation.validUntil ? ` · ${t('purchase.untilDay', { day: formatDay(quotation.validUntil, session.language) })}` : ''}
      </div>
      {quotation.state === 'draft' ? (
        <Button size="small" loading={answers.busy === quotation.id} onClick={() => void answers.save(quotation)}>
          {t('purchase.saveAnswer')}
        </Button>
      ) : null}
    </th>
  );
}

interface LineRowProps {
  line: ComparisonLine;
  data: ComparisonAnswer;
  answers: Answers;
  awards: Awards;
}

function LineRow({ line, data, answers, awards }: LineRowProps) {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <tr>
      <td>
        {line.name}
        <div className="tp-faint">{line.spec}</div>
      </td>
      <td className="is-number">
        {formatQuantity(line.quantity)} {line.unit}
        {line.ordered > 0 ? (
          <div className="tp-faint">{t('purchase.orderedAlready', { quantity: formatQuantity(line.ordered) })}</div>
        ) : null}
      </td>
      <td className="is-number">
        {line.last ? formatPrice(line.last.grossPrice) : '–'}
        {line.last ? (
          <div className="tp-faint">
            {line.last.supplierName} {formatDay(line.last.day, session.language)}
          </div>
        ) : null}
      </td>
      {data.quotations.map((quotation) => {
        const offer = line.offers.find((one) => one.quotation === quotation.id);
        if (!offer) return <td key={quotation.id}>–</td>;
        if (offer.isAnswered)
          return <OfferCell key={quotation.id} offer={offer} line={line} supplier={quotation.supplierName} awards={awards} />;
        const typed = answers.typedFor(offer);
        return (
          <AnswerCell
            key={quotation.id}
            typed={typed}
            name={`${quotation.supplierName} ${line.name}`}
            onChange={(next) => answers.type(offer, next)}
          />
        );
      })}
    </tr>
  );
}

/** What a supplier says, typed where it is compared. */
function AnswerCell({ typed, name, onChange }: { typed: AnswerTyped; name: string; onChange: (next: AnswerTyped) => void }) {
  const { t } = useTranslation();
  const box = (field: keyof AnswerTyped, kind: 'price' | 'integer' | 'quantity', label: string) => (
    <div className="tp-comparison-box">
      <span>{label}</span>
      <NumberBox kind={kind} label={`${name} ${label}`} value={typed[field]} onChange={(value) => onChange({ ...typed, [field]: value })} />
    </div>
  );
  return (
    <td>
      {box('grossPrice', 'price', t('purchase.grossPrice'))}
      {box('leadDays', 'integer', t('purchase.leadTime'))}
      {box('minQuantity', 'quantity', t('purchase.minQuantity'))}
    </td>
  );
}

function OfferCell({ offer, line, supplier, awards }: { offer: ComparisonOffer; line: ComparisonLine; supplier: string; awards: Awards }) {
  const { t } = useTranslation();
  if (offer.grossPrice === 0) return <td className="tp-faint">{t('purchase.notOffered')}</td>;
  const given = awards.quantityOf(offer);
  const isTooFew = given > 0 && given < (offer.minQuantity ?? 0);
  return (
    <td className={offer.isBest ? 'is-best' : undefined}>
      <div className="tp-comparison-price">
        {formatPrice(roundedPrice(offer.netPrice))}{' '}
        {offer.isBest ? <span className="tp-comparison-mark">{t('purchase.cheapest')}</span> : null}
      </div>
      <div className="tp-faint">
        {t('purchase.withTax', { price: formatPrice(offer.grossPrice), rate: formatRate(offer.taxRate) })}
        {offer.leadDays === null ? '' : ` · ${t('purchase.leadDays', { count: offer.leadDays })}`}
      </div>
      <div className={isTooFew ? 'tp-negative' : 'tp-faint'}>
        {offer.minQuantity ? t('purchase.fromQuantity', { quantity: formatQuantity(offer.minQuantity) }) : ''}
      </div>
      <div className="tp-comparison-box">
        <span>{t('purchase.award')}</span>
        <NumberBox
          kind="quantity"
          label={`${supplier} ${line.name} ${t('purchase.award')}`}
          value={given === 0 ? null : given}
          disabled={offer.ordered >= offer.quantity}
          onChange={(value) => awards.give(offer, value ?? 0)}
        />
      </div>
    </td>
  );
}

/** Four decimals: nobody decides by more. */
const roundedPrice = (price: number): number => Math.round(price / 100) * 100;

const keyOf = (offer: Pick<ComparisonOffer, 'quotation' | 'row'>): string => `${offer.quotation}:${offer.row}`;

/** How much of each line goes to whom, until it is ordered. */
function useAwards(data: ComparisonAnswer, onChanged: () => void) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [given, setGiven] = useState<Readonly<Record<string, number>>>({});
  const [isBusy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  const offers = data.lines.flatMap((line) => line.offers);
  const chosen = offers.filter((offer) => (given[keyOf(offer)] ?? 0) > 0);
  const order = async () => {
    setBusy(true);
    try {
      const awards = chosen.map(({ quotation, row }) => ({ offer: quotation, row, quantity: given[`${quotation}:${row}`] ?? 0 }));
      const { orders } = await api.post<{ orders: { number: string }[] }>(
        `/api/purchase/inquiries/${data.id}/award`,
        { awards },
        { idempotencyKey: key },
      );
      notices.done(t('purchase.ordersMade', { numbers: orders.map(({ number }) => number).join('、') }));
      setGiven({});
      setKey(newKey());
      await queryClient.invalidateQueries({ queryKey: ['list', 'purchaseOrder'] });
      onChanged();
    } catch (problem) {
      notices.failed(problem);
    } finally {
      setBusy(false);
    }
  };
  return {
    isBusy,
    /** So many suppliers get an order. */
    count: new Set(chosen.map((offer) => offer.quotation)).size,
    quantityOf: (offer: ComparisonOffer) => given[keyOf(offer)] ?? 0,
    give: (offer: ComparisonOffer, quantity: number) => setGiven((before) => ({ ...before, [keyOf(offer)]: quantity })),
    giveToCheapest: () =>
      setGiven(
        Object.fromEntries(
          data.lines.flatMap((line) => {
            const best = line.offers.find((offer) => offer.isBest);
            const open = Math.min(line.quantity - line.ordered, best ? best.quantity - best.ordered : 0);
            return best && open > 0 ? [[keyOf(best), open]] : [];
          }),
        ),
      ),
    order: () => void order(),
  };
}
