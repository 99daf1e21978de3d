import type { Titles, WireField } from '../../../../shared/contracts/wire.ts';
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import type { RowValues } from '../form/draft.ts';

/** Where a line stands, for rules that fill it. */
export interface LineSurroundings {
  type: string;
  part: string;
  fields: Readonly<Record<string, WireField>>;
  head: Readonly<Record<string, Value>>;
}

export interface LineAnswer {
  values: ReadonlyMap<number, RowValues>;
  titles?: Titles;
}

/** What follows in a line when one of its fields is changed by hand. */
export interface LineRule {
  /** The field whose change calls the rule. */
  field: string;
  applies?(surroundings: LineSurroundings): boolean;
  /** What follows at once. */
  now?(row: AnyRow): RowValues;
  /** What has to be asked of the server, for several lines at a time. */
  ask?(rows: readonly AnyRow[], surroundings: LineSurroundings): Promise<LineAnswer>;
}

/** What a text of a line may be chosen from; it may still be typed freely. */
export interface LineChoice {
  field: string;
  applies?(surroundings: LineSurroundings): boolean;
  /** The texts with a remark each, for a line as it stands. */
  options(row: AnyRow): Promise<{ text: string; remark: string }[]>;
}

const rules: LineRule[] = [];
const choices: LineChoice[] = [];

/** Offers texts for a field of the lines of any document that has it. */
export const registerLineChoice = (choice: LineChoice): void => void choices.push(choice);

export const lineChoiceFor = (field: string, surroundings: LineSurroundings): LineChoice | null =>
  choices.find((choice) => choice.field === field && (choice.applies?.(surroundings) ?? true)) ?? null;

/** Adds a rule for lines of any document that has the field. */
export const registerLineRule = (rule: LineRule): void => void rules.push(rule);

/** The values that follow at once from what was changed in a row. */
export function followingNow(row: AnyRow, changed: RowValues, surroundings: LineSurroundings): RowValues {
  const after = { ...row, ...changed } as AnyRow;
  const following = rulesFor(Object.keys(changed), surroundings).map((rule) => rule.now?.(after) ?? {});
  return { ...Object.assign({}, ...following), ...changed };
}

/** Rules that ask the server, for these fields. */
export function askingRules(changed: readonly string[], surroundings: LineSurroundings): LineRule[] {
  return rulesFor(changed, surroundings).filter((rule) => rule.ask !== undefined);
}

/**
 * The answers that may still be written: fields the line has and that nobody touched since the question was asked, or filled on
 * purpose.
 */
export function stillWanted(of: {
  answer: LineAnswer;
  asked: readonly AnyRow[];
  now: readonly AnyRow[];
  fields: Readonly<Record<string, WireField>>;
  except: readonly string[];
}): { row: number; values: RowValues }[] {
  const before = new Map(of.asked.map((row) => [row.id, row]));
  const present = new Map(of.now.map((row) => [row.id, row]));
  return [...of.answer.values].flatMap(([id, values]) => {
    const [then, row] = [before.get(id), present.get(id)];
    if (!then || !row) return [];
    const wanted = Object.entries(values).filter(
      ([name, value]) => of.fields[name] !== undefined && !of.except.includes(name) && row[name] === then[name] && row[name] !== value,
    );
    return wanted.length > 0 ? [{ row: id, values: Object.fromEntries(wanted) }] : [];
  });
}

function rulesFor(changed: readonly string[], surroundings: LineSurroundings): LineRule[] {
  return rules.filter((rule) => changed.includes(rule.field) && (rule.applies?.(surroundings) ?? true));
}
