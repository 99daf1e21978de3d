import { type Language, nearestLanguage } from '../../shared/language/languages.ts';
import type { Following } from './followServer.ts';

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
  /** Where the program stands towards its server's version; {{version}} is the server's. */
  readonly following: Readonly<Record<Following['state'], string>>;
}

/** The words in the language nearest to the computer's, a tag such as 'zh-TW'. */
export const shellWords = (locale: string): ShellWords => words[nearestLanguage(locale)];

/** Where the program stands towards its server's version, as the menu says it. */
export const followingText = ({ following: said }: ShellWords, following: Following, current: string): string =>
  said[following.state].replace('{{current}}', current).replace('{{version}}', 'version' in following ? following.version : '');

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
    following: {
      unknown: '版本 {{current}}',
      same: '版本 {{current}}，与服务器一致',
      newer: '版本 {{current}}，比服务器（{{version}}）新',
      notByItself: '服务器已是 {{version}}，请管理员更新本程序',
      fetching: '正在下载版本 {{version}}…',
      ready: '退出程序时将安装版本 {{version}}',
      failed: '未能取得版本 {{version}}，稍后再试',
    },
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
    following: {
      unknown: '版本 {{current}}',
      same: '版本 {{current}}，與伺服器一致',
      newer: '版本 {{current}}，比伺服器（{{version}}）新',
      notByItself: '伺服器已是 {{version}}，請管理員更新本程式',
      fetching: '正在下載版本 {{version}}…',
      ready: '結束程式時將安裝版本 {{version}}',
      failed: '未能取得版本 {{version}}，稍後再試',
    },
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
    following: {
      unknown: 'Version {{current}}',
      same: 'Version {{current}}, as the server',
      newer: 'Version {{current}}, newer than the server ({{version}})',
      notByItself: 'The server has {{version}}: ask the administrator for it',
      fetching: 'Fetching version {{version}}…',
      ready: 'Version {{version}} is installed when you quit',
      failed: 'Version {{version}} could not be fetched; it is tried again later',
    },
  },
};
