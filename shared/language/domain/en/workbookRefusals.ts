import type { Words } from '../../labels.ts';

/** What can be wrong with a workbook that is read or written. */
export const workbookRefusals: Words = {
  'workbook.cancelled': 'Cancelled. Nothing was written.',
  'workbook.cellTooLong': 'A cell in row {{row}} is too long: at most {{most}} characters. Shorten it and upload the file again.',
  'workbook.damaged': 'The file is damaged and cannot be read. Open it in Excel or WPS, save it as a new file and upload that.',
  'workbook.dde': 'The file contains formulas that call other programs (DDE) and is not accepted. Paste values only and save it again.',
  'workbook.doctype': 'The file contains declarations that are not allowed. Save it as a new file and upload that.',
  'workbook.duplicatePart': 'Two parts inside the file have the same name. Save it as a new file and upload that.',
  'workbook.encrypted': 'The file has a password. Remove it and upload the file again.',
  'workbook.externalLinks': 'The file refers to other files. Break the links, paste values only and upload it again.',
  'workbook.macros': 'The file contains macros and is not accepted. Save it as .xlsx without macros.',
  'workbook.nestedArchive': 'The file contains another archive and is not accepted. Remove embedded files.',
  'workbook.noSuchSheet': 'The file has no sheet “{{sheet}}”. Choose again.',
  'workbook.oldFormat': 'This is an old .xls file. Save it as .xlsx and upload that.',
  'workbook.overlappingParts': 'The file is built in an unsafe way and is not accepted. Save it as a new file and upload that.',
  'workbook.sizesLie': 'The sizes stated in the file do not fit its content. Save it as a new file and upload that.',
  'workbook.suspiciousCompression':
    'The file is compressed {{ratio}} times and is not accepted. Remove empty rows and columns and save it again.',
  'workbook.symlink': 'The file contains links and is not accepted. Save it as a new file and upload that.',
  'workbook.tooLarge': 'The file is too large when unpacked. Split it into several files.',
  'workbook.tooManyColumns': 'Row {{row}} has more than {{most}} columns. Remove the extra ones.',
  'workbook.tooManyEntries': 'The file has {{entries}} parts inside, at most {{most}} are allowed. Save it as a new file and upload that.',
  'workbook.tooManyRows': 'Too many rows: at most {{most}}. Split the file.',
  'workbook.tooMuchMemory': 'The file is too complex for the memory of the server. Split it into smaller files.',
  'workbook.unclosedQuote': 'A quotation mark opened in row {{row}} is never closed. Check that row.',
  'workbook.unknownEncoding': 'The encoding of the text is not known. Save it as CSV in UTF-8, or upload .xlsx.',
  'workbook.unsafeName': 'The file contains an unsafe path and is not accepted. Save it as a new file and upload that.',
  'workbook.unsupportedFormat': 'This kind of file is not supported. Upload .xlsx or .csv.',
};
