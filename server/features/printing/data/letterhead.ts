import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { PrintFields, PrintValue } from '../../../../shared/printing/printData.ts';
import { allSettings } from '../../../engine/settings.ts';
import type { Work } from '../../../work.ts';
import { readStoredFile } from '../../files/storedFiles.ts';
import { checkPicture } from '../pictures.ts';
import { textOf } from './printValue.ts';

/** What a company can say about itself on paper, each kept as the setting `company.<name>`. */
export const letterheadNames = ['name', 'address', 'phone', 'fax', 'email', 'website', 'taxNumber', 'bank', 'bankAccount'] as const;

/** The company as its letterhead shows it: what the settings say, at least its name. */
export async function letterheadOf(work: Work): Promise<PrintFields> {
  const settings = await allSettings(work);
  const fields: Record<string, PrintValue> = { name: { kind: 'text', value: work.company.name } };
  for (const name of letterheadNames) {
    const said = textOf(String(settings.get(`company.${name}`)?.value ?? '').trim());
    if (said) fields[name] = said;
  }
  const logo = await logoOf(work, settings.get(logoSetting)?.value);
  return logo ? { ...fields, logo } : fields;
}

/** What marks the paper of a company to practise in. */
export const practiceMark = ({ company }: Work): { practice?: true } => (company.practice ? { practice: true } : {});

/** The setting that holds the id of the file with the company's logo. */
export const logoSetting = 'company.logo';

/** A logo that is missing or cannot be printed stops no document: the paper goes without. */
async function logoOf(work: Work, id: unknown): Promise<PrintValue | undefined> {
  if (typeof id !== 'number') return undefined;
  try {
    const bytes = await readStoredFile(work, id);
    return { kind: 'picture', value: checkPicture(bytes).bytes };
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined;
    throw thrown;
  }
}
