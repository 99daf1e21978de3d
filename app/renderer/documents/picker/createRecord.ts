import { createContext, useContext } from 'react';
import type { PickRow } from '../../../../shared/contracts/wire.ts';

/** Opens the form for a new record of a type with what was typed already; answers with the saved record, or null when given up. */
export type CreateRecord = (type: string, text: string) => Promise<PickRow | null>;

export const CreateRecordContext = createContext<CreateRecord | null>(null);

export const useCreateRecord = (): CreateRecord | null => useContext(CreateRecordContext);
