import type { Words } from '../../labels.ts';

/** What is said about files and about printing them. */
export const fileRefusals: Words = {
  'file.empty': '檔案是空的。請重新選擇檔案。',
  'file.program': '「{{name}}」是程式檔案，不能上傳。需要時請先壓縮成 ZIP 再上傳。',
  'file.pictureTooLarge': '圖片有 {{width}}×{{height}} 像素，太大了。請縮小後再上傳。',
  'file.notSmall': '縮圖必須是 JPEG，每邊不超過 {{sideMax}} 像素。',
  'file.missing': '檔案「{{name}}」在伺服器上找不到了。請從備份還原，或重新上傳。',
  'file.badName': '檔案名稱無法辨識。請改名後再上傳。',
  'file.tooMany': '一筆記錄最多附加 {{max}} 個檔案。請先刪除不需要的。',
  'print.noTemplate': '這種單據沒有所選的列印範本。請另選一個。',
};
