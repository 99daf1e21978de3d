/** The page on which people fetch the desktop program. */
export const clients = {
  title: '获取桌面程序',
  help: '桌面程序与浏览器功能相同，另可直接打印到打印机，并在服务器升级后自动跟随其版本。安装后首次连接需要配对码。',
  yours: '适合这台电脑',
  others: '其他系统',
  systems: { windows: 'Windows', linux: 'Linux', mac: 'macOS' },
  download: '下载',
  none: '服务器上还没有安装包',
  noneHelp: '管理员在服务器上用 tradepost clients add 添加安装包；浏览器无需安装即可使用。',
  version: '版本',
};
