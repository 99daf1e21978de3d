// The page on which a person names the server. It has no screens yet, so it brings its own few words.
const words = {
  'zh-CN': {
    brand: '商驿',
    label: '服务器地址',
    hint: '服务器启动后会在它的屏幕上显示这个地址。',
    connect: '连接',
    connecting: '正在连接…',
    badAddress: '这不是服务器地址，请照服务器屏幕上显示的填写。',
    noAnswer: '这个地址没有应答。请检查地址、网络，以及服务器是否已启动。',
    notTradepost: '这个地址上不是商驿服务器，请检查地址和端口。',
  },
  'zh-TW': {
    brand: '商驛',
    label: '伺服器位址',
    hint: '伺服器啟動後會在它的螢幕上顯示這個位址。',
    connect: '連線',
    connecting: '連線中…',
    badAddress: '這不是伺服器位址，請依伺服器螢幕上顯示的填寫。',
    noAnswer: '這個位址沒有回應。請檢查位址、網路，以及伺服器是否已啟動。',
    notTradepost: '這個位址上不是商驛伺服器，請檢查位址和連接埠。',
  },
  en: {
    brand: '商驿',
    label: 'Address of the server',
    hint: 'The server shows it on its own screen when it starts.',
    connect: 'Connect',
    connecting: 'Connecting…',
    badAddress: 'This is not the address of a server. Write it as the server shows it.',
    noAnswer: 'There is no answer from this address. Check it, the network, and whether the server is running.',
    notTradepost: 'What answers there is not Tradepost. Check the address and the port.',
  },
};

const language = /^zh.*(tw|hk|mo|hant)/i.test(navigator.language) ? 'zh-TW' : navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
const say = words[language];
const [form, address, known, problem, connect] = ['form', 'address', 'known', 'problem', 'connect'].map((id) =>
  document.getElementById(id),
);
document.documentElement.lang = language;
document.getElementById('brand').textContent = say.brand;
document.getElementById('label').textContent = say.label;
document.getElementById('hint').textContent = say.hint;
connect.textContent = say.connect;
address.focus();

for (const server of await window.tradepost.findServers()) {
  known.append(new Option(server, server));
  if (address.value === '') address.value = server;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  problem.textContent = '';
  connect.disabled = true;
  connect.textContent = say.connecting;
  const answer = await window.tradepost.useServer(address.value);
  if (answer.ok) return;
  problem.textContent = say[answer.problem];
  connect.disabled = false;
  connect.textContent = say.connect;
});
