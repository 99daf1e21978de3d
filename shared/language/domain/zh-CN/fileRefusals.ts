import type { Words } from '../../labels.ts';

/** What is said about files and about printing them. */
export const fileRefusals: Words = {
  'file.empty': '文件是空的。请重新选择文件。',
  'file.program': '“{{name}}”是程序文件，不能上传。需要时请先压缩成 ZIP 再上传。',
  'file.pictureTooLarge': '图片有 {{width}}×{{height}} 像素，太大了。请缩小后再上传。',
  'file.notSmall': '缩略图必须是 JPEG，每边不超过 {{sideMax}} 像素。',
  'file.missing': '文件“{{name}}”在服务器上找不到了。请从备份恢复，或重新上传。',
  'file.badName': '文件名无法识别。请改名后再上传。',
  'file.tooMany': '一条记录最多挂 {{max}} 个附件。请先删除不需要的。',
  'print.noTemplate': '这种单据没有所选的打印模板。请另选一个。',
};
