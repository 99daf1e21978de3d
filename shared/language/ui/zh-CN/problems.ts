/** 出错与拒绝。 */
export const problems = {
  connectionLost: '连不上服务器。您的输入仍在这里，连接恢复后请再试一次。',
  signedOut: '登录已失效，请重新登录。',
  forbidden: '您没有权限做这件事，或者它不存在。',
  notFound: '没有找到。它可能已被删除，或者您无权查看。',
  stale: '别人刚刚改过这条记录，请先查看最新内容再保存。',
  tooLarge: '内容太大，服务器没有接收。',
  tooMany: '操作太频繁，请稍候再试。',
  fault: '服务器出现故障，本次操作没有完成。',
  refused: '操作未被接受（代码 {{code}}）。',
  incident: '故障编号 {{incident}}',
  copyReport: '复制错误信息',
  wordsMissing: '不符合要求',
  screenFailed: '这个页面出错了',
  screenFailedHelp: '其他页面不受影响。请重试；如果仍然出错，请把错误信息交给管理员。',
};
