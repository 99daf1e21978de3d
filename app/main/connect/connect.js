// The page on which a person names the server. It has no screens yet, so it brings its own few words.
const words = {
  'zh-CN': {
    brand: '商驿',
    label: '服务器地址',
    found: '局域网中的服务器：',
    hint: '服务器启动后会在它的屏幕上显示这个地址。',
    connect: '连接',
    connecting: '正在连接…',
    badAddress: '这不是服务器地址，请照服务器屏幕上显示的填写。',
    noAnswer: '这个地址没有应答。请检查地址、网络，以及服务器是否已启动。',
    notTradepost: '这个地址上不是商驿服务器，请检查地址和端口。',
    codeLabel: '配对码',
    codeHint:
      '首次连接需要配对码：请管理员打开“设置 → 客户端配对”（或在服务器上运行 tradepost pair），把显示的 10 位代码告诉您。代码 10 分钟内有效，只能用一次。',
    needsCode: '请输入配对码。',
    wrongCode: '配对码不正确。连续输错 5 次后须重新生成。',
    noCode: '服务器上没有可用的配对码，请管理员重新生成。',
    notProven: '对方不知道配对码，可能有人冒充服务器。请不要继续，并通知管理员。',
    otherRoot: '对方出示的证书不是这台服务器的，可能有人冒充。请通知管理员；若服务器确实更换了证书，请输入新的配对码。',
    expired: '服务器的证书已过期或尚未生效。请检查本机与服务器的日期，并通知管理员。',
    wrongName: '服务器的证书不包含这个地址。请改用服务器上显示的地址，或请管理员用 --name 添加该名称。',
    useFingerprint: '改用证书指纹（不方便用配对码时）',
    useCode: '改用配对码',
    fingerprintLabel: '证书指纹',
    fingerprintHint:
      '请管理员打开“设置 → 客户端配对”（或在服务器上运行 tradepost certificate show），把指纹的前 16 位告诉您。本机会核对，不一致就不连接。',
    wrongFingerprint: '指纹与服务器出示的证书不一致，没有连接。请重新核对；仍不一致时，可能有人冒充服务器，请通知管理员。',
  },
  'zh-TW': {
    brand: '商驛',
    label: '伺服器位址',
    found: '區域網路中的伺服器：',
    hint: '伺服器啟動後會在它的螢幕上顯示這個位址。',
    connect: '連線',
    connecting: '連線中…',
    badAddress: '這不是伺服器位址，請依伺服器螢幕上顯示的填寫。',
    noAnswer: '這個位址沒有回應。請檢查位址、網路，以及伺服器是否已啟動。',
    notTradepost: '這個位址上不是商驛伺服器，請檢查位址和連接埠。',
    codeLabel: '配對碼',
    codeHint:
      '首次連線需要配對碼：請管理員開啟「設定 → 用戶端配對」（或在伺服器上執行 tradepost pair），把顯示的 10 位代碼告訴您。代碼 10 分鐘內有效，只能用一次。',
    needsCode: '請輸入配對碼。',
    wrongCode: '配對碼不正確。連續輸錯 5 次後須重新產生。',
    noCode: '伺服器上沒有可用的配對碼，請管理員重新產生。',
    notProven: '對方不知道配對碼，可能有人冒充伺服器。請不要繼續，並通知管理員。',
    otherRoot: '對方出示的憑證不是這台伺服器的，可能有人冒充。請通知管理員；若伺服器確實更換了憑證，請輸入新的配對碼。',
    expired: '伺服器的憑證已過期或尚未生效。請檢查本機與伺服器的日期，並通知管理員。',
    wrongName: '伺服器的憑證不包含這個位址。請改用伺服器上顯示的位址，或請管理員用 --name 加入該名稱。',
    useFingerprint: '改用憑證指紋（不方便用配對碼時）',
    useCode: '改用配對碼',
    fingerprintLabel: '憑證指紋',
    fingerprintHint:
      '請管理員開啟「設定 → 用戶端配對」（或在伺服器上執行 tradepost certificate show），把指紋的前 16 位告訴您。本機會核對，不一致就不連線。',
    wrongFingerprint: '指紋與伺服器出示的憑證不一致，沒有連線。請重新核對；仍不一致時，可能有人冒充伺服器，請通知管理員。',
  },
  en: {
    brand: '商驿',
    label: 'Address of the server',
    found: 'Servers on this network:',
    hint: 'The server shows it on its own screen when it starts.',
    connect: 'Connect',
    connecting: 'Connecting…',
    badAddress: 'This is not the address of a server. Write it as the server shows it.',
    noAnswer: 'There is no answer from this address. Check it, the network, and whether the server is running.',
    notTradepost: 'What answers there is not Tradepost. Check the address and the port.',
    codeLabel: 'Pairing code',
    codeHint:
      'The first connection needs a pairing code: ask the administrator to open “Settings → Pairing clients” (or to run “tradepost pair” on the server) and to tell you the 10 characters it shows. The code is valid for ten minutes, once.',
    needsCode: 'Enter the pairing code.',
    wrongCode: 'The pairing code is wrong. After five wrong tries a new one is needed.',
    noCode: 'No pairing code is waiting at the server. Ask the administrator for a new one.',
    notProven: 'What answers there does not know the code: somebody may be posing as the server. Do not go on, and tell the administrator.',
    otherRoot:
      'What answers there shows a certificate that is not this server’s: somebody may be posing as it. Tell the administrator; if the server has really changed its certificate, enter a new pairing code.',
    expired:
      'The certificate of the server is out of date or not valid yet. Check the date of this computer and of the server, and tell the administrator.',
    wrongName:
      'The certificate of the server does not hold for this address. Use an address the server shows, or ask the administrator to add the name with --name.',
    useFingerprint: 'Use the fingerprint instead (where a code cannot be used)',
    useCode: 'Use a pairing code',
    fingerprintLabel: 'Fingerprint of the certificate',
    fingerprintHint:
      'Ask the administrator to open “Settings → Pairing clients” (or to run “tradepost certificate show” on the server) and to tell you the first 16 characters of the fingerprint. This computer compares them, and does not connect unless they agree.',
    wrongFingerprint:
      'The fingerprint is not that of the certificate the server shows; nothing was connected. Check it again; if it still differs, somebody may be posing as the server: tell the administrator.',
  },
};

const language = /^zh.*(tw|hk|mo|hant)/i.test(navigator.language) ? 'zh-TW' : navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
const say = words[language];
const [form, address, known, problem, connect, pairing, code, way] = [
  ...['form', 'address', 'known', 'problem', 'connect', 'pairing', 'code', 'way'],
].map((id) => document.getElementById(id));
let byFingerprint = false;
document.documentElement.lang = language;
document.getElementById('brand').textContent = say.brand;
document.getElementById('label').textContent = say.label;
document.getElementById('hint').textContent = say.hint;
connect.textContent = say.connect;
showWay();
address.focus();

for (const server of await window.tradepost.findServers()) {
  known.append(new Option(server, server));
  if (address.value === '') address.value = server;
}

// Another address is another server, which may need no code.
address.addEventListener('input', () => {
  pairing.hidden = true;
  code.value = '';
  problem.textContent = '';
});

// What calls itself out is offered, never chosen for anybody: whether it is the server it says it is, the connection decides.
window.tradepost.discoverServers().then((servers) => {
  document.getElementById('found').hidden = servers.length === 0;
  document.getElementById('foundLabel').textContent = say.found;
  const list = document.getElementById('foundList');
  for (const { name, server } of servers) {
    const choice = document.createElement('button');
    choice.type = 'button';
    choice.className = 'quiet';
    choice.textContent = `${name} · ${server.replace(/^https?:\/\//, '')}`;
    choice.addEventListener('click', () => {
      address.value = server;
      address.dispatchEvent(new Event('input'));
      connect.focus();
    });
    const entry = document.createElement('li');
    entry.append(choice);
    list.append(entry);
  }
});

/** The code is the first way; whoever cannot use one types the beginning of the fingerprint, and this computer compares it. */
function showWay() {
  document.getElementById('codeLabel').textContent = byFingerprint ? say.fingerprintLabel : say.codeLabel;
  document.getElementById('codeHint').textContent = byFingerprint ? say.fingerprintHint : say.codeHint;
  way.textContent = byFingerprint ? say.useCode : say.useFingerprint;
  code.placeholder = byFingerprint ? '12AB 34CD 56EF 7890' : 'ABCDE-23456';
  code.maxLength = byFingerprint ? 100 : 20;
}

way.addEventListener('click', () => {
  byFingerprint = !byFingerprint;
  problem.textContent = '';
  showWay();
  askForCode();
});

/** Address and code in one line, as a scanner reads them from the server's picture. */
function takeLine() {
  const [, place, read] = /^\s*tradepost\s+(\S+)\s+([0-9a-z]{5}-?[0-9a-z]{5})\s*$/i.exec(address.value) ?? [];
  if (!read) return;
  byFingerprint = false;
  showWay();
  askForCode();
  address.value = place;
  code.value = read;
}

function askForCode() {
  pairing.hidden = false;
  code.value = '';
  code.focus();
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  problem.textContent = '';
  takeLine();
  connect.disabled = true;
  connect.textContent = say.connecting;
  const typed = pairing.hidden ? '' : code.value.trim();
  const shown = byFingerprint ? [undefined, typed] : [typed];
  const answer = await window.tradepost.useServer(address.value, ...(typed === '' ? [] : shown));
  if (answer.ok) return;
  problem.textContent = say[answer.problem];
  if (['needsCode', 'wrongCode', 'wrongFingerprint', 'noCode', 'otherRoot'].includes(answer.problem)) askForCode();
  connect.disabled = false;
  connect.textContent = say.connect;
});
