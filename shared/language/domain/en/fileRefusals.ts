import type { Words } from '../../labels.ts';

/** What is said about files and about printing them. */
export const fileRefusals: Words = {
  'file.empty': 'The file is empty. Choose another one.',
  'file.program': '“{{name}}” is a program and cannot be uploaded. If it must be, pack it into a ZIP first.',
  'file.pictureTooLarge': 'The picture has {{width}}×{{height}} pixels, which is too large. Make it smaller and upload it again.',
  'file.notSmall': 'The small version must be a JPEG of at most {{sideMax}} pixels a side.',
  'file.missing': 'The file “{{name}}” can no longer be found on the server. Restore it from a backup or upload it again.',
  'file.badName': 'The file name cannot be read. Rename the file and upload it again.',
  'file.tooMany': 'A record can have at most {{max}} attachments. Remove some first.',
  'print.noTemplate': 'There is no such print template for this document. Choose another one.',
};
