import { useMemo } from 'react';
import { useSession } from '../../api/session.tsx';
import type { GridHost } from '../grid/host.ts';
import { useRefusalTexts } from './refusalText.ts';
import type { RecordForm } from './useRecordForm.ts';

const noRows: GridHost['rows'] = [];

/** What a grid needs of the form it stands in. */
export function useGridHost(form: RecordForm, part: string): GridHost | null {
  const session = useSession();
  const problemText = useRefusalTexts();
  const shape = form.definition.parts[part];
  const { state, dispatch, tellProblem, problems, digits, definition, defaults, editability } = form;
  const isEditable = editability.part(part);
  // The texts of problems change with the problems alone; the function itself is new each time.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const texts = useMemo(() => problemText, [problems, session]);
  return useMemo(
    () =>
      shape
        ? {
            type: definition.type,
            part,
            fields: shape.fields,
            rows: state.now.parts[part] ?? noRows,
            titles: state.titles,
            head: state.now.values,
            isEditable,
            fresh: defaults.rows[part] ?? {},
            rowsMax: shape.max,
            digits,
            baseDigits: session.digits,
            problems,
            problemText: texts,
            dispatch,
            tellProblem,
          }
        : null,
    [
      shape,
      definition.type,
      part,
      state.now,
      state.titles,
      isEditable,
      defaults,
      digits,
      session.digits,
      problems,
      texts,
      dispatch,
      tellProblem,
    ],
  );
}
