import type { ColumnToWrite, SheetToWrite } from './sheetToWrite.ts';

/** The number formats a workbook needs beyond the fixed ones: digits shown → style number. */
export type Styles = ReadonlyMap<number, number>;

export const HEADER_STYLE = 1;
export const QUOTED_TEXT_STYLE = 3;

/** The styles for the decimals the columns ask for. */
export function stylesOf(sheets: SheetToWrite[]): Styles {
  const digits = new Set(sheets.flatMap((sheet) => sheet.columns.flatMap((column) => column.digits ?? [])));
  return new Map([...digits].map((count, index) => [count, FIXED_STYLES.length + index]));
}

export function columnStyle(styles: Styles, { kind, digits }: ColumnToWrite): number {
  if (kind === 'text') return TEXT_STYLE;
  if (kind === 'day') return DAY_STYLE;
  return (digits === undefined ? undefined : styles.get(digits)) ?? PLAIN_STYLE;
}

/** Sheet names as Excel takes them: no []:*?/\, at most 31 characters, no quote at either end, each one once. */
export function sheetNames(wanted: string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((name) => {
    const clean =
      name
        .replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
        .replace(/^'+|'+$/g, '')
        .trim()
        .slice(0, SHEET_NAME_MAX) || 'Sheet';
    let unique = clean;
    for (let count = 2; taken.has(unique.toLowerCase()); count += 1) unique = `${clean.slice(0, SHEET_NAME_MAX - 4)} ${count}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** Everything of a workbook but its sheets' cells. */
export function staticParts(
  names: string[],
  styles: Styles,
  mark?: { by: string; at: string; line: string },
): { name: string; content: string }[] {
  const numbers = names.map((_, index) => index + 1);
  const sheetTypes = numbers.map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${SPREADSHEET}.worksheet+xml"/>`);
  const sheets = names.map((name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`);
  const relations = numbers.map((n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`);
  return [
    {
      name: '[Content_Types].xml',
      content: `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/>${mark ? PROPERTIES_TYPE : ''}${sheetTypes.join('')}</Types>`,
    },
    {
      name: '_rels/.rels',
      content: `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/>${mark ? PROPERTIES_RELATION : ''}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}<Relationship Id="rId${names.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    },
    { name: 'xl/styles.xml', content: stylesXml(styles) },
    ...(mark ? [{ name: 'docProps/core.xml', content: propertiesXml(mark) }] : []),
  ];
}

function propertiesXml({ by, at, line }: { by: string; at: string; line: string }): string {
  const [who, what] = [escapeXml(by), escapeXml(line)];
  const when = `${at.slice(0, 19)}Z`;
  return `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>${who}</dc:creator><cp:lastModifiedBy>${who}</cp:lastModifiedBy><dc:description>${what}</dc:description><dcterms:created xsi:type="dcterms:W3CDTF">${when}</dcterms:created></cp:coreProperties>`;
}

/** Text for XML; characters it cannot carry become Excel's _x000D_, and text that looks like that is itself escaped. */
export function escapeXml(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(FORBIDDEN, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const PROPERTIES_TYPE =
  '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>';
const PROPERTIES_RELATION = `<Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>`;
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
// Control characters but tab and line feed, which XML keeps.
const FORBIDDEN = /(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu;
const NEEDS_ESCAPE = /[&<>"\ufffe\uffff]|(?![\t\n])\p{Cc}|_x[0-9A-Fa-f]{4}_/u;
const SHEET_NAME_MAX = 31;

const PLAIN_STYLE = 0;
const TEXT_STYLE = 2;
const DAY_STYLE = 4;
const DAY_FORMAT = 164;
// In the order of the style numbers above. Format 49 is text: what a person types into such a column stays as typed, '007' included.
const FIXED_STYLES = [
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" quotePrefix="1"/>',
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>',
  `<xf numFmtId="${DAY_FORMAT}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
];

function stylesXml(styles: Styles): string {
  const digits = [...styles.keys()];
  const formats = digits.map((count, index) => `<numFmt numFmtId="${DAY_FORMAT + 1 + index}" formatCode="${digitsFormat(count)}"/>`);
  const cells = digits.map(
    (_, index) => `<xf numFmtId="${DAY_FORMAT + 1 + index}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  );
  const font = '<sz val="11"/><name val="Calibri"/>';
  return (
    `${XML}<styleSheet xmlns="${MAIN}">` +
    `<numFmts count="${formats.length + 1}"><numFmt numFmtId="${DAY_FORMAT}" formatCode="yyyy\\-mm\\-dd"/>${formats.join('')}</numFmts>` +
    `<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${FIXED_STYLES.length + cells.length}">${FIXED_STYLES.join('')}${cells.join('')}</cellXfs>` +
    '</styleSheet>'
  );
}

function digitsFormat(count: number): string {
  return count === 0 ? '#,##0' : `#,##0.${'0'.repeat(count)}`;
}
