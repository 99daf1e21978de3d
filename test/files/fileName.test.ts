import { describe, expect, test } from 'vitest';
import { cleanFileName } from '../../server/features/files/fileName.ts';
import { kindOf } from '../../server/features/files/mediaType.ts';
import { bytesOf, png } from './samples.ts';

describe('the name of an upload', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\王\\合同.pdf', '合同.pdf'],
    ['a\0.png', 'a.png'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['COM1.tar.gz', '_COM1.tar.gz'],
    ['console.txt', 'console.txt'],
    ['invoice\u202egnp.exe', 'invoicegnp.exe'],
    ['a\u2066b\u200f.txt', 'ab.txt'],
    ['报价 📄👍🏽.xlsx', '报价 📄👍🏽.xlsx'],
    ['  .hidden. ', 'hidden'],
    ['a\r\nb.txt', 'ab.txt'],
    ['what?<is>|"this":*.txt', 'what__is___this___.txt'],
    ['', 'file'],
    ['///', 'file'],
    ['..', 'file'],
    ['\ud800x.txt', 'x.txt'],
  ])('%j is shown as %j', (given, shown) => expect(cleanFileName(given)).toBe(shown));

  test('is at most 200 characters long and keeps its ending', () => {
    const name = cleanFileName(`${'长'.repeat(300)}.docx`);
    expect(Array.from(name)).toHaveLength(200);
    expect(name.endsWith('长.docx')).toBe(true);
    expect(Array.from(cleanFileName('👍'.repeat(300)))).toHaveLength(200);
  });
});

describe('the kind of an upload', () => {
  test.each([
    ['a picture called a document', png(2, 3), 'a.docx', 'image/png'],
    ['a PDF without an ending', bytesOf('%PDF-1.4'), 'scan', 'application/pdf'],
    ['a workbook', bytesOf('PK\x03\x04....xl/workbook.xml'), 'a.zip', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['an archive', bytesOf('PK\x03\x04....readme'), 'a.xlsx', 'application/zip'],
    ['an old table', bytesOf('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'a.XLS', 'application/vnd.ms-excel'],
    ['a list', Buffer.from('名称,数量\n钢笔,3\n'), 'a.csv', 'text/csv'],
    ['a list in another encoding', bytesOf('\xc3\xfb\xb3\xc6,3'), 'a.csv', 'application/octet-stream'],
    ['a text that begins as a picture and ends as a script', bytesOf('GIF89a\x01\0\x01\0=1;alert(1)'), 'a.js', 'image/gif'],
  ])('%s is known by its bytes', (_what, bytes, name, mediaType) => expect(kindOf(bytes, name).mediaType).toBe(mediaType));
});
