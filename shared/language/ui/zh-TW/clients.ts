import type { UiWords } from '../words.ts';

/** The page on which people fetch the desktop program. */
export const clients: UiWords['clients'] = {
  title: '取得桌面程式',
  help: '桌面程式與瀏覽器功能相同，另可直接列印到印表機，並在伺服器升級後自動跟隨其版本。安裝後首次連線需要配對碼。',
  yours: '適合這台電腦',
  others: '其他系統',
  systems: { windows: 'Windows', linux: 'Linux', mac: 'macOS' },
  download: '下載',
  none: '伺服器上還沒有安裝檔',
  noneHelp: '管理員在伺服器上用 tradepost clients add 加入安裝檔；瀏覽器無需安裝即可使用。',
  version: '版本',
};
