import type { UiWords } from '../words.ts';

/** 離職交接。 */
export const leaving: UiWords['leaving'] = {
  title: '名下資料',
  titleLeft: '已離職，名下還有以下資料，請交接給他人：',
  titleLeaving: '離職日期{{day}}。名下有以下資料，請在此之前交接給他人：',
  none: '名下沒有資料和未完成的單據。',
  help: '填寫離職日期後即可提前交接：從次日起不能登入，匯出受限。改為「離職」則立即不能登入。資料一律保留。',
  shares: '他人共用的記錄 {{count}} 筆',
  approvals: '等待其審核的單據 {{count}} 張',
  advance: '借款未還 {{amount}}',
  claims: '本人的報銷和借款（與本人結清，不交接）：',
  handOver: '一步交接',
  handOverTitle: '交接{{name}}名下的全部資料',
  toOne: '全部給一人',
  evenly: '輪流給多人',
  to: '接手人',
  byType: '個別類型另行指定',
  byTypeHelp: '未指定的按上面處理。',
  goesAlong:
    '客戶連同聯絡人和未完成的單據一起交接，已完成的單據不變。共用的記錄和等待審核的單據交給第一位接手人，待審核的須有審核權限。逐筆記入操作記錄。',
  start: '開始交接',
  done: '已交接{{count}}筆',
  running: '已交接{{count}}筆，請不要關閉此視窗。中斷後再按「一步交接」即可繼續。',
};
