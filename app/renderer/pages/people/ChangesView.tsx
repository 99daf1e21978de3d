import { useTranslation } from 'react-i18next';
import type { PersonChange, WhatIfAnswer } from '../../../../shared/contracts/whatIf.ts';
import { useSession } from '../../api/session.tsx';

/** What a change of rights would change: person by person, gained and lost, and how many records more or fewer. */
export function ChangesView({ answer: { people, count } }: { answer: WhatIfAnswer }) {
  const { t } = useTranslation();
  if (count === 0) return <p>{t('people.changesNothing')}</p>;
  return (
    <div className="tp-changes">
      <p>{t('people.changesCount', { count })}</p>
      {people.map((change) => (
        <OnePerson key={change.person.id} change={change} />
      ))}
      {count > people.length ? <p className="tp-faint">{t('people.changesMore', { count: count - people.length })}</p> : null}
    </div>
  );
}

function OnePerson({ change: { person, rights, special, fields, seen } }: { change: PersonChange }) {
  const { t } = useTranslation();
  const session = useSession();
  const { words } = session;
  const scope = (one: string) => (one === 'none' ? t('people.nothing') : (words.scopes[one] ?? one));
  const fromTo = (what: string, before: string, after: string) => t('people.changesFromTo', { what, before, after });
  const right = (one: string) => words.rights[one] ?? one;
  const field = (type: string, path: string) => {
    const isPart = session.definitionOf(type)?.parts[path] !== undefined;
    return `${session.typeLabel(type)} · ${isPart ? session.partLabel(type, path) : session.fieldLabel(type, path)}`;
  };
  const access = { write: t('people.fieldWrite'), readOnly: t('people.fieldReadOnly'), hidden: t('people.fieldHidden') };
  const isMoveAlone = rights.length + special.gained.length + special.lost.length + fields.length + (seen?.length ?? 0) === 0;
  return (
    <details open={seen !== null && rights.length + fields.length < 12}>
      <summary>
        <strong>{person.name}</strong> <span className="tp-faint">{person.department}</span>
      </summary>
      <ul>
        {isMoveAlone ? <li>{t(seen === null ? 'people.changesPlace' : 'people.changesPlaceAlone')}</li> : null}
        {seen?.map(({ type, before, after }) => (
          <li key={`seen ${type}`}>{t('people.changesSeen', { type: session.typeLabel(type, 'many'), before, after })}</li>
        ))}
        {rights.map(({ type, operation, before, after }) => (
          <li key={`${type} ${operation}`}>
            {fromTo(`${session.typeLabel(type)} · ${words.operations[operation] ?? operation}`, scope(before), scope(after))}
          </li>
        ))}
        {special.gained.length > 0 ? <li>{t('people.changesGained', { rights: special.gained.map(right).join(', ') })}</li> : null}
        {special.lost.length > 0 ? <li>{t('people.changesLost', { rights: special.lost.map(right).join(', ') })}</li> : null}
        {fields.map(({ type, path, before, after }) => (
          <li key={`${type} ${path}`}>{fromTo(field(type, path), access[before], access[after])}</li>
        ))}
      </ul>
    </details>
  );
}
