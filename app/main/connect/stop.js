// The page on which everything ends when the server is not the one we know. There is no way on from here but a server that proves itself.
const words = {
  'zh-CN': {
    title: '已停止连接',
    otherRoot: '这个地址上的服务器出示了另一张证书，它不是您配对过的服务器。可能有人在网络中冒充服务器，也可能服务器被重装或更换了证书。',
    expired: '服务器的证书已过期或尚未生效，无法确认它的身份。本机或服务器的日期可能不对。',
    wrongName: '服务器的证书不包含这个地址，无法确认它的身份。服务器的地址可能刚刚变更。',
    advice: '没有发送任何数据。请通知管理员；确认无误后可再试，或用新的配对码重新配对。',
    again: '再试一次',
    trying: '正在连接…',
    noAnswer: '服务器没有应答。',
    other: '选择服务器或重新配对',
  },
  'zh-TW': {
    title: '已停止連線',
    otherRoot: '這個位址上的伺服器出示了另一張憑證，它不是您配對過的伺服器。可能有人在網路中冒充伺服器，也可能伺服器被重裝或更換了憑證。',
    expired: '伺服器的憑證已過期或尚未生效，無法確認它的身分。本機或伺服器的日期可能不對。',
    wrongName: '伺服器的憑證不包含這個位址，無法確認它的身分。伺服器的位址可能剛剛變更。',
    advice: '沒有送出任何資料。請通知管理員；確認無誤後可再試，或用新的配對碼重新配對。',
    again: '再試一次',
    trying: '連線中…',
    noAnswer: '伺服器沒有回應。',
    other: '選擇伺服器或重新配對',
  },
  en: {
    title: 'Connection stopped',
    otherRoot:
      'The server at this address shows another certificate: it is not the one you have paired with. Somebody in the network may be posing as the server, or the server was installed anew or has changed its certificate.',
    expired:
      'The certificate of the server is out of date or not valid yet, so nobody can say who it is. The date of this computer or of the server may be wrong.',
    wrongName:
      'The certificate of the server does not hold for this address, so nobody can say who it is. The address of the server may just have changed.',
    advice: 'Nothing was sent. Tell the administrator; once it is cleared up, try again, or pair anew with a new code.',
    again: 'Try again',
    trying: 'Connecting…',
    noAnswer: 'The server does not answer.',
    other: 'Choose a server or pair anew',
  },
};

const language = /^zh.*(tw|hk|mo|hant)/i.test(navigator.language) ? 'zh-TW' : navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
const say = words[language];
const [title, server, why, advice, problem, again, other] = ['title', 'server', 'why', 'advice', 'problem', 'again', 'other'].map((id) =>
  document.getElementById(id),
);
document.documentElement.lang = language;
title.textContent = say.title;
server.textContent = window.tradepost.server ?? '';
advice.textContent = say.advice;
again.textContent = say.again;
other.textContent = say.other;
explain(location.hash.slice(1));

function explain(reason) {
  why.textContent = ['expired', 'wrongName'].includes(reason) ? say[reason] : say.otherRoot;
}

again.addEventListener('click', async () => {
  problem.textContent = '';
  again.disabled = true;
  again.textContent = say.trying;
  // When it proves itself this page is left by itself.
  const answer = await window.tradepost.useServer(window.tradepost.server ?? '');
  if (answer.ok) return;
  if (answer.problem === 'noAnswer') problem.textContent = say.noAnswer;
  else explain(answer.problem);
  again.disabled = false;
  again.textContent = say.again;
});
other.addEventListener('click', () => window.tradepost.forgetServer());
