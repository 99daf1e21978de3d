interface DemoDepartment {
  readonly code: string;
  readonly name: string;
  readonly parent: string;
  readonly kindOfUnit: 'branch' | 'office' | 'department' | 'team';
}

/** The tree of the demo company below its root. */
export const demoDepartments: readonly DemoDepartment[] = [
  { code: 'XS', name: '销售部', parent: '', kindOfUnit: 'department' },
  { code: 'XS1', name: '销售一组', parent: 'XS', kindOfUnit: 'team' },
  { code: 'XS2', name: '销售二组', parent: 'XS', kindOfUnit: 'team' },
  { code: 'TY', name: '太原办事处', parent: '', kindOfUnit: 'office' },
  { code: 'CK', name: '仓储部', parent: '', kindOfUnit: 'department' },
  { code: 'CG', name: '采购部', parent: '', kindOfUnit: 'department' },
  { code: 'CW', name: '财务部', parent: '', kindOfUnit: 'department' },
];

interface DemoPersonData {
  readonly login: string;
  readonly name: string;
  readonly department: string;
  readonly position: string;
  readonly jobTitle: string;
}

/** Who works there; the logins are those of the sample workbooks, so that their owners are found. */
export const demoPeople: readonly DemoPersonData[] = [
  { login: 'zhang.wei', name: '张伟', department: 'XS1', position: 'salesperson', jobTitle: '销售代表' },
  { login: 'wang.lei', name: '王磊', department: 'XS1', position: 'salesperson', jobTitle: '销售代表' },
  { login: 'liu.yang', name: '刘洋', department: 'XS1', position: 'salesperson', jobTitle: '销售代表' },
  { login: 'chen.jing', name: '陈静', department: 'XS2', position: 'salesperson', jobTitle: '销售代表' },
  { login: 'zhao.lei', name: '赵磊', department: 'TY', position: 'salesperson', jobTitle: '区域销售' },
  { login: 'wang.fang', name: '王芳', department: 'XS', position: 'salesManager', jobTitle: '销售经理' },
  { login: 'sun.hao', name: '孙浩', department: 'TY', position: 'salesManager', jobTitle: '办事处主任' },
  { login: 'li.na', name: '李娜', department: 'CK', position: 'warehouseClerk', jobTitle: '仓库管理员' },
  { login: 'zhou.min', name: '周敏', department: 'CG', position: 'buyer', jobTitle: '采购员' },
  { login: 'wu.ting', name: '吴婷', department: 'CW', position: 'accountant', jobTitle: '会计' },
  { login: 'ma.qiang', name: '马强', department: '', position: 'owner', jobTitle: '总经理' },
];
