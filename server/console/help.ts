import { type Language, nearestLanguage } from '../../shared/language/languages.ts';

/** The language of whoever sits at the console, as the system says it. */
export function consoleLanguage(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const said = [LC_ALL, LC_MESSAGES, LANG].find((name) => name !== undefined && !/^($|C\b|POSIX)/.test(name));
  return nearestLanguage(said?.replace(/[.@].*$/, '').replace('_', '-') ?? new Intl.DateTimeFormat().resolvedOptions().locale);
}

/** Every command with one line about it. */
export function helpText(language: Language): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  const lines = commands.flatMap(({ name, options, words }) => [
    `  ${name.padEnd(width)}${words[language]}`,
    ...(options === '' ? [] : [`  ${''.padEnd(width)}${options}`]),
  ]);
  return ['tradepost <command> [--data DIR] [--company CODE]', '', ...lines, '', closing[language], ''].join('\n');
}

interface Command {
  readonly name: string;
  /** What may or must follow, on a line of its own. */
  readonly options: string;
  readonly words: Readonly<Record<Language, string>>;
}

const command = (usage: string, ...[zhCN, zhTW, en]: [string, string, string]): Command => ({
  name: usage.split(/ (?=[[-])/, 1)[0] ?? '',
  options: usage.slice(usage.search(/ (?=[[-])|$/)).trim(),
  words: { 'zh-CN': zhCN, 'zh-TW': zhTW, en },
});

const commands: readonly Command[] = [
  command('start [--port 7180] …', '启动服务器，直到按 Ctrl+C', '啟動伺服器，直到按 Ctrl+C', 'runs the server until Ctrl+C'),
  command(
    'status',
    '服务器是否运行、在哪里、有哪些账套',
    '伺服器是否執行、在哪裡、有哪些帳套',
    'whether the server runs, where, and its companies',
  ),
  command(
    'setup-code',
    '在其他电脑首次设置时需要的代码',
    '在其他電腦首次設定時需要的代碼',
    'what the first start asks for at other machines',
  ),
  command(
    'doctor [--port 7180]',
    '检查磁盘、端口、时钟、数据库、附件和备份，并说明怎么处理',
    '檢查磁碟、連接埠、時鐘、資料庫、附件和備份，並說明如何處理',
    'looks at disk, door, clock, databases, files and backups, and says what to do',
  ),
  command(
    'certificate show',
    '服务器证书：指纹、名称、剩余天数',
    '伺服器憑證：指紋、名稱、剩餘天數',
    'the certificate: fingerprint, names, days left',
  ),
  command(
    'certificate export FILE [--next]',
    '导出根证书；--next 为更换中的新根',
    '匯出根憑證；--next 為更換中的新根',
    'writes the root certificate to a file, or the next one',
  ),
  command(
    'certificate rotate [--days 60]',
    '更换根证书：旧根为新根签名，期间连接过的桌面客户端自动认识新根',
    '更換根憑證：舊根為新根簽章，期間連線過的桌面用戶端自動認識新根',
    'exchanges the root: the old one signs the new one, clients that connect meanwhile know both',
  ),
  command(
    'certificate import --key FILE --chain FILE [--name NAME]',
    '改用公司自己的证书',
    '改用公司自己的憑證',
    'takes over the company’s own certificate',
  ),
  command(
    'pair',
    '桌面客户端配对用的代码，十分钟内一次有效',
    '桌面用戶端配對用的代碼，十分鐘內一次有效',
    'a code for one desktop client, valid ten minutes, once',
  ),
  command(
    'clients list',
    '服务器提供的桌面程序安装包',
    '伺服器提供的桌面程式安裝檔',
    'the installers of the desktop program that are given out',
  ),
  command(
    'clients add FILE…',
    '添加安装包；已安装的桌面程序随之更新',
    '加入安裝檔；已安裝的桌面程式隨之更新',
    'more of them; installed desktop programs follow',
  ),
  command(
    'prove [--against FILE]',
    '核对账本、单据流转、单号和审计链，审计链也与最新备份核对',
    '核對帳本、單據流轉、單號和稽核鏈，稽核鏈也與最新備份核對',
    'proves ledgers, document flows, numbers and the audit chain, also against the newest backup',
  ),
  command('backup', '立即备份，并以恢复检验', '立即備份，並以還原檢驗', 'makes a backup now, proven by restoring it'),
  command(
    'verify FILE [--passphrase-file FILE]',
    '完整检验一份备份，不改动任何数据',
    '完整檢驗一份備份，不變動任何資料',
    'reads a backup whole and proves it; changes nothing',
  ),
  command(
    'restore FILE [--yes] [--advance-numbers[=N|auto]] [--company CODE] [--passphrase-file FILE] [--engine postgres --url URL]',
    '从备份恢复，原有数据另行保留；可跳过备份后已开出的单号',
    '從備份還原，原有資料另行保留；可跳過備份後已開出的單號',
    'restores a backup, what was there is kept; numbers given since can be left out',
  ),
  command(
    'migrate-engine --engine postgres --url URL | --engine sqlite',
    '把账套搬到 PostgreSQL，或搬回 SQLite；旧库保留',
    '把帳套搬到 PostgreSQL，或搬回 SQLite；舊資料庫保留',
    'moves companies to PostgreSQL, or back to SQLite; the old database is kept',
  ),
  command(
    'migrate-engine --drop-old [--yes]',
    '删除搬迁后保留的旧库',
    '刪除搬遷後保留的舊資料庫',
    'removes the old databases that were kept',
  ),
  command(
    'unlock [--user LOGIN [--second-factor]]',
    '停用地址规则和设备审批、解除锁定；或清除某人的二次验证',
    '停用位址規則和裝置核准、解除鎖定；或清除某人的兩步驟驗證',
    'address rules and device check off, locks away; or one person’s second step',
  ),
  command('user list', '列出用户', '列出使用者', 'the users'),
  command(
    'user reset-password LOGIN',
    '给出临时密码，登录后须更改',
    '給出臨時密碼，登入後須變更',
    'a temporary password, to be changed at the next sign-in',
  ),
  command('user make-administrator LOGIN', '没有管理员时，指定一位', '沒有管理員時，指定一位', 'makes an administrator where none is left'),
  command('company list', '列出账套', '列出帳套', 'the companies of this server'),
  command(
    'company create CODE NAME --password PASSWORD [--login admin] [--language zh-CN] [--currency CNY] [--tax-rate 13]',
    '新建账套',
    '新建帳套',
    'a further company with its own database, files and users',
  ),
  command('company practice CODE', '复制为演练账套', '複製為演練帳套', 'copies a company to one to practise in'),
  command('company remove-practice CODE [--yes]', '删除演练账套', '刪除演練帳套', 'removes a practice company'),
  command('help', '显示本说明', '顯示本說明', 'this list'),
];

const closing: Readonly<Record<Language, string>> = {
  'zh-CN':
    'prove、backup、restore、migrate-engine、user、company 须先停止服务器；其余可与服务器同时使用。npm 用户：npm run tradepost -- 命令。退出码 0 表示成功。',
  'zh-TW':
    'prove、backup、restore、migrate-engine、user、company 須先停止伺服器；其餘可與伺服器同時使用。npm 使用者：npm run tradepost -- 命令。結束代碼 0 表示成功。',
  en: 'prove, backup, restore, migrate-engine, user and company need the server stopped; the others work beside it. Exit code 0 is success.',
};
