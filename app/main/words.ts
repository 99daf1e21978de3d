import { type Language, nearestLanguage } from '../../shared/language/languages.ts';

/** What the shell itself says: its menu, and the sign in the tray. The screens bring their own words. */
export interface ShellWords {
  readonly title: string;
  readonly program: string;
  readonly switchServer: string;
  readonly quit: string;
  readonly edit: string;
  readonly view: string;
  readonly reload: string;
  readonly show: string;
}

/** The words in the language nearest to the computer's, a tag such as 'zh-TW'. */
export const shellWords = (locale: string): ShellWords => words[nearestLanguage(locale)];

const words: Readonly<Record<Language, ShellWords>> = {
  'zh-CN': {
    title: '商驿 Tradepost',
    program: '程序',
    switchServer: '更换服务器…',
    quit: '退出',
    edit: '编辑',
    view: '查看',
    reload: '重新载入',
    show: '打开窗口',
  },
  'zh-TW': {
    title: '商驛 Tradepost',
    program: '程式',
    switchServer: '更換伺服器…',
    quit: '結束',
    edit: '編輯',
    view: '檢視',
    reload: '重新載入',
    show: '開啟視窗',
  },
  en: {
    title: 'Tradepost 商驿',
    program: 'Program',
    switchServer: 'Switch server…',
    quit: 'Quit',
    edit: 'Edit',
    view: 'View',
    reload: 'Reload',
    show: 'Open window',
  },
};
