import { useTranslation } from 'react-i18next';
import { catalogue } from '../../../../shared/catalogue.ts';
import { type Operation, operations, type Scope, scopes } from '../../../../shared/kernel/definition.ts';
import { type Session, useSession } from '../../api/session.tsx';
import { grantKey } from './positionDraft.ts';

interface RightsMatrixProps {
  grants: Record<string, Scope>;
  disabled: boolean;
  onChange: (grants: Record<string, Scope>) => void;
}

/** Which operation on which type reaches how far. The first line sets a whole column. */
export function RightsMatrix({ grants, disabled, onChange }: RightsMatrixProps) {
  const { t } = useTranslation();
  const session = useSession();
  const types = session.definitions;
  const set = (cells: [string, Operation][], scope: Scope) => {
    const next = { ...grants };
    for (const [type, operation] of cells) {
      const reach = scope !== 'none' && !reachesFor(session, type).includes(scope) ? 'all' : scope;
      if (reach === 'none') delete next[grantKey(type, operation)];
      else next[grantKey(type, operation)] = reach;
    }
    onChange(next);
  };
  const column = (operation: Operation): [string, Operation][] =>
    types.filter((one) => one.operations.includes(operation)).map((one) => [one.type, operation]);
  return (
    <div className="tp-matrix">
      <table>
        <thead>
          <tr>
            <th />
            {operations.map((operation) => (
              <th key={operation} scope="col">
                {session.words.operations[operation] ?? operation}
              </th>
            ))}
          </tr>
          <tr>
            <th scope="row">{t('settings.wholeColumn')}</th>
            {operations.map((operation) => (
              <td key={operation}>
                <Reach
                  label={t('settings.wholeColumn')}
                  reach=""
                  reaches={scopes}
                  disabled={disabled}
                  onChange={(scope) => set(column(operation), scope)}
                />
              </td>
            ))}
          </tr>
        </thead>
        <tbody>
          {types.map((definition) => (
            <tr key={definition.type}>
              <th scope="row">{session.typeLabel(definition.type)}</th>
              {operations.map((operation) => (
                <td key={operation}>
                  {definition.operations.includes(operation) ? (
                    <Reach
                      label={`${session.typeLabel(definition.type)} ${session.words.operations[operation] ?? operation}`}
                      reach={grants[grantKey(definition.type, operation)] ?? 'none'}
                      reaches={reachesFor(session, definition.type)}
                      disabled={disabled}
                      onChange={(scope) => set([[definition.type, operation]], scope)}
                    />
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What belongs to nobody, and hangs on nothing that belongs to somebody, is seen by all or by none; what belongs to a branch also by its people. */
function reachesFor(session: Session, type: string): readonly Scope[] {
  const visibility = catalogue.find(type)?.visibility;
  if (visibility?.by === 'company' && visibility.branch !== undefined) return ['none', 'department', 'departmentTree', 'all'];
  const fields = session.definitionOf(type)?.fields ?? {};
  const isOwned = (of: typeof fields | undefined) => of?.owner !== undefined;
  const hangsOn = Object.values(fields).filter((field) => field.kind === 'link' && field.required);
  const isOwnedThrough = hangsOn.some((field) => field.kind === 'link' && isOwned(session.definitionOf(field.to)?.fields));
  return isOwned(fields) || isOwnedThrough ? scopes : ['none', 'all'];
}

interface ReachProps {
  label: string;
  reach: Scope | '';
  reaches: readonly Scope[];
  disabled: boolean;
  onChange: (scope: Scope) => void;
}

function Reach({ label, reach, reaches, disabled, onChange }: ReachProps) {
  const { words } = useSession();
  return (
    <select
      aria-label={label}
      title={reach === '' ? label : (words.scopes[reach] ?? reach)}
      value={reach}
      disabled={disabled}
      data-reach={reach}
      onChange={(event) => event.target.value !== '' && onChange(event.target.value as Scope)}
    >
      {reach === '' ? <option value="">…</option> : null}
      {reaches.map((scope) => (
        <option key={scope} value={scope}>
          {scope === 'none' ? '—' : (words.scopes[scope] ?? scope)}
        </option>
      ))}
    </select>
  );
}
