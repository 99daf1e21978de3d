import type { UiWords } from '../words.ts';

export const problems: UiWords['problems'] = {
  connectionLost: '無法連線到伺服器。您輸入的內容仍保留在此，連線恢復後請再試一次。',
  signedOut: '登入已失效，請重新登入。',
  forbidden: '您沒有權限執行此操作，或該項目不存在。',
  notFound: '找不到資料，可能已被刪除，或您無權檢視。',
  stale: '其他人剛修改過這筆資料，請先檢視最新內容再儲存。',
  tooLarge: '內容過大，伺服器未接收。',
  tooMany: '操作過於頻繁，請稍後再試。',
  fault: '伺服器發生錯誤，此操作未完成。',
  refused: '操作未被接受（代碼 {{code}}）。',
  incident: '錯誤編號 {{incident}}',
  copyReport: '複製錯誤訊息',
  wordsMissing: '不符合要求',
  screenFailed: '此頁面發生錯誤',
  screenFailedHelp: '其他頁面不受影響。請重試；若仍發生錯誤，請將錯誤訊息提供給系統管理員。',
};
