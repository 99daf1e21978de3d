/** 离职交接。 */
export const leaving = {
  title: '名下资料',
  titleLeft: '已离职，名下还有以下资料，请交接给他人：',
  titleLeaving: '离职日期{{day}}。名下有以下资料，请在此之前交接给他人：',
  none: '名下没有资料和未完成的单据。',
  help: '填写离职日期后即可提前交接：从次日起不能登录，导出受限。改为“离职”则立即不能登录。资料一律保留。',
  shares: '他人共享的记录 {{count}} 条',
  approvals: '等待其审核的单据 {{count}} 张',
  advance: '借款未还 {{amount}}',
  claims: '本人的报销和借款（与本人结清，不交接）：',
  handOver: '一步交接',
  handOverTitle: '交接{{name}}名下的全部资料',
  toOne: '全部给一人',
  evenly: '轮流给多人',
  to: '接手人',
  byType: '个别类型另行指定',
  byTypeHelp: '未指定的按上面处理。',
  goesAlong:
    '客户连同联系人和未完成的单据一起交接，已完成的单据不变。共享的记录和等待审核的单据交给第一位接手人，待审核的须有审核权限。逐条记入操作日志。',
  start: '开始交接',
  done: '已交接{{count}}条',
  running: '已交接{{count}}条，请不要关闭此窗口。中断后再点“一步交接”即可继续。',
};
