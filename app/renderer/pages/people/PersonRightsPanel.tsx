import { useQuery } from '@tanstack/react-query';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PersonRights } from '../../../../shared/contracts/explaining.ts';
import { operations } from '../../../../shared/kernel/definition.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { FieldLine } from '../../documents/form/WhyRecord.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ViewAsButton } from './ViewAsButton.tsx';

/** What a person may do, each right with the positions that give it. */
export function PersonRightsPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const { words } = useSession();
  const id = form.answer?.id ?? 0;
  const { data, error } = useQuery({
    queryKey: [...keys.record('user', id), 'rights', form.answer?.version],
    queryFn: ({ signal }) => api.get<PersonRights>(`/api/users/${id}/rights`, { signal }),
    enabled: id !== 0,
    staleTime: 0,
  });
  if (error) return <ProblemAlert problem={error} />;
  if (!data) return null;
  const viewAs = <ViewAsButton user={data.person.id} name={data.person.name} />;
  if (data.positions.length === 0) return <div className="tp-panel tp-group">{t('people.noPositions')}</div>;
  const names = new Map(data.positions.map((position) => [position.id, position.name]));
  const by = (positions: readonly number[]) => positions.map((position) => names.get(position)).join(', ');
  return (
    <div className="tp-panel tp-group tp-history">
      <p>
        {t('people.heldPositions', { positions: by([...names.keys()]) })} {viewAs}
      </p>
      {data.administrator ? (
        <p>{t('people.administrator')}</p>
      ) : (
        <Matrix types={data.types} by={by} isPlain={data.positions.length === 1} />
      )}
      {data.special.length > 0 && !data.administrator ? <h4>{t('people.specialRights')}</h4> : null}
      {data.administrator
        ? null
        : data.special.map(({ right, positions }) => (
            <div key={right} className="tp-why">
              <span>{words.rights[right] ?? right}</span>
              <span className="tp-faint">{by(positions)}</span>
              <span />
            </div>
          ))}
      <HiddenFields fields={data.fields} />
    </div>
  );
}

interface MatrixProps {
  types: PersonRights['types'];
  by: (positions: readonly number[]) => string;
  /** There is one position alone: it need not be said at every right. */
  isPlain: boolean;
}

function Matrix({ types, by, isPlain }: MatrixProps) {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <div className="tp-matrix tp-matrix-read">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('people.kind')}</th>
            {operations.map((operation) => (
              <th key={operation} scope="col">
                {session.words.operations[operation] ?? operation}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {types.map(({ type, operations: allowed }) => (
            <tr key={type}>
              <th scope="row">{session.typeLabel(type)}</th>
              {operations.map((operation) => {
                const one = allowed.find((each) => each.operation === operation);
                return (
                  <td key={operation}>
                    {one ? <Tooltip title={by(one.positions)}>{session.words.scopes[one.scope] ?? one.scope}</Tooltip> : '—'}
                    {one && !isPlain ? <div className="tp-faint">{by(one.positions)}</div> : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HiddenFields({ fields }: { fields: PersonRights['fields'] }) {
  const { t } = useTranslation();
  const session = useSession();
  if (fields.length === 0) return null;
  const byType = Map.groupBy(fields, ({ type }) => type);
  return (
    <details>
      <summary>
        {t('people.fields')} ({fields.length})
      </summary>
      {[...byType].map(([type, group]) => (
        <div key={type}>
          <h4>{session.typeLabel(type)}</h4>
          {group.map((why) => (
            <FieldLine key={why.path} type={type} why={why} />
          ))}
        </div>
      ))}
    </details>
  );
}
