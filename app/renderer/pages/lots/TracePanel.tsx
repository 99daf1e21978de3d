import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LotTraceAnswer, LotTraceMove } from '../../../../shared/contracts/lots.ts';
import type { Translate } from '../../api/i18n.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatDay, formatQuantity } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { DocumentLink } from '../stock/moveColumns.tsx';
import { useLotTrace } from './lotAnswers.ts';

const ways = ['in', 'inside', 'out'] as const;

/** Where a batch or serial number came from, where it lies, and to whom it went. */
export function TracePanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useLotTrace(form.answer?.id ?? null);
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  return (
    <Flex gap={8} wrap="wrap" className="tp-trace">
      <section className="tp-panel tp-fact">
        <h3>{t('lots.liesAt')}</h3>
        {data.places.length === 0 ? <span className="tp-faint">{t('lots.nowhere')}</span> : null}
        <table>
          <tbody>
            {data.places.map(({ kind, place, held }) => (
              <tr key={`${kind} ${place}`}>
                <td>{placeText({ kind, place }, data, t)}</td>
                <td className="is-number">{formatQuantity(held)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {ways.map((way) => (
        <Way key={way} way={way} moves={data.moves.filter((move) => move.way === way)} answer={data} />
      ))}
    </Flex>
  );
}

function Way({ way, moves, answer }: { way: (typeof ways)[number]; moves: readonly LotTraceMove[]; answer: LotTraceAnswer }) {
  const { t } = useTranslation();
  const session = useSession();
  if (way === 'inside' && moves.length === 0) return null;
  return (
    <section className="tp-panel tp-fact">
      <h3>{t(`lots.ways.${way}`)}</h3>
      {moves.length === 0 ? <span className="tp-faint">{t('lots.noMoves')}</span> : null}
      {moves.length === 0 ? null : (
        <table>
          <tbody>
            {moves.map((move) => (
              <tr key={move.id}>
                <td>{formatDay(move.day, session.language)}</td>
                <td>
                  {move.number === undefined ? (
                    <span className="tp-faint">{t('lots.hiddenDocument')}</span>
                  ) : (
                    <DocumentLink type={move.type} id={move.document} number={move.number} />
                  )}
                </td>
                <td>
                  {move.party ? (
                    <Link to={`/record/${move.party.type}/${move.party.id}`}>{answer.titles[move.party.type]?.[move.party.id]}</Link>
                  ) : null}
                </td>
                <td>
                  {placeText(move.from, answer, t)} → {placeText(move.to, answer, t)}
                </td>
                <td className="is-number">{formatQuantity(move.amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** A place in words: the warehouse by its name, what is outside by what it is. */
function placeText({ kind, place }: { kind: string; place: number }, { titles }: LotTraceAnswer, t: Translate): string {
  const kinds: Readonly<Record<string, string>> = t('warehousing.places', { returnObjects: true });
  const name = titles[kind === 'lent' ? 'customer' : 'warehouse']?.[place] ?? '';
  return [kinds[kind], name].filter(Boolean).join(' ');
}
