import type { UiWords } from '../words.ts';

/** 配對：桌面用戶端第一次認識伺服器。 */
export const pairing: UiWords['pairing'] = {
  title: '用戶端配對',
  help: '桌面用戶端第一次連線時要認識這台伺服器。產生配對碼，在新電腦的用戶端裡輸入位址和配對碼；用掃碼槍對著圖掃一下也可以。',
  noTls: '伺服器沒有啟用加密連線，不需要配對。建議用 --tls on 啟動伺服器，讓區域網路裡的人看不到資料。',
  start: '產生配對碼',
  another: '換一個配對碼',
  stop: '停止',
  code: '配對碼',
  left: '還有 {{minutes}} 分 {{seconds}} 秒，只能用一次',
  guesses: '已輸錯，還可嘗試 {{count}} 次',
  address: '伺服器位址',
  picture: '位址和配對碼的圖',
  states: {
    none: '現在沒有配對碼。',
    used: '{{at}} 一台用戶端用配對碼完成了配對。',
    stopped: '{{at}} 配對碼已停止。',
    expired: '{{at}} 配對碼已過期，沒有人使用。',
    void: '配對碼連續輸錯 5 次，已作廢。如果不是自己人輸錯，請留意。',
  },
  exchange: '憑證更換中，至 {{until}}',
  exchangeHelp:
    '在此之前連線過一次的桌面用戶端自動認識新憑證，沒有連線過的須重新配對。用瀏覽器的電腦請在此之前裝好新的根憑證，否則到時瀏覽器會警告：',
  exchangeFile: '到時使用的根憑證',
  fingerprint: '憑證指紋',
  fingerprintHelp: '不方便用配對碼時的第二種辦法：在用戶端選擇「改用憑證指紋」，輸入下面的前 16 位（4 段），由用戶端核對。',
};
