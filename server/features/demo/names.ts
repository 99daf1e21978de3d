import type { Random } from './random.ts';

const cities = [
  ['上海市', '上海'],
  ['江苏省', '苏州'],
  ['江苏省', '南京'],
  ['江苏省', '无锡'],
  ['浙江省', '杭州'],
  ['浙江省', '宁波'],
  ['广东省', '深圳'],
  ['广东省', '广州'],
  ['广东省', '佛山'],
  ['山西省', '太原'],
  ['山东省', '青岛'],
  ['四川省', '成都'],
  ['重庆市', '重庆'],
  ['湖北省', '武汉'],
  ['福建省', '厦门'],
  ['北京市', '北京'],
] as const;
const first = '宏鑫恒瑞盛泰华信博远嘉诚金辉永兴天润德科明达荣昌顺通旭凯祥和安卓优佳';
const trades = [
  '机械',
  '五金',
  '电子',
  '贸易',
  '自动化设备',
  '液压',
  '建材',
  '包装材料',
  '物流',
  '机电',
  '轴承',
  '化工',
  '工程',
  '精密制造',
  '汽配',
  '阀门',
];
const endings = ['有限公司', '有限公司', '有限公司', '有限责任公司', '股份有限公司', '厂', '商行', '经营部'];
const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕';
const given = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '勇',
  '艳',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '秀英',
  '建国',
  '志强',
  '晓东',
  '文博',
  '子涵',
  '思远',
  '雅婷',
  '国栋',
];
const roads = ['人民路', '中山路', '解放路', '工业大道', '科技路', '滨江路', '长安路', '建设路', '新华路', '创业路'];
const zones = ['高新区', '经开区', '工业园', '中心区', '新区', '保税区'];

export interface Place {
  readonly province: string;
  readonly city: string;
  readonly address: string;
}

/** A place as it stands on an envelope. */
export function placeFor(random: Random): Place {
  const [province, city] = random.pick(cities);
  return {
    province,
    city,
    address: `${city}${city.endsWith('市') ? '' : '市'}${random.pick(zones)}${random.pick(roads)}${random.whole(1, 998)}号`,
  };
}

/** A company's name and short name; `index` keeps two from being the same. */
export function companyFor(random: Random, city: string, index: number): { name: string; shortName: string } {
  const core = [0, 1].map(() => random.pick([...first])).join('') + serialWord(index);
  const trade = random.pick(trades);
  return { name: `${city}${core}${trade}${random.pick(endings)}`, shortName: `${core}${trade}` };
}

const marks = '甲乙丙丁戊己庚辛壬癸东南西北中春夏秋冬日月星海山川江河湖林森石玉珠';

/** A number in characters that look like part of a name; two for the first thousand, more after that. */
function serialWord(index: number): string {
  let word = '';
  let rest = index;
  do {
    word += marks[rest % marks.length];
    rest = Math.floor(rest / marks.length);
  } while (rest > 0);
  return word;
}

export const personFor = (random: Random): string => random.pick([...surnames]) + random.pick(given);

export const mobileFor = (random: Random): string =>
  `1${random.pick(['38', '39', '50', '86', '88', '77', '35'])}${String(random.whole(0, 99_999_999)).padStart(8, '0')}`;

export const phoneFor = (random: Random): string => `0${random.whole(10, 29)}-${random.whole(60_000_000, 89_999_999)}`;

const goods = [
  ['轴承', '深沟球轴承', '套', 'ZC'],
  ['轴承', '圆锥滚子轴承', '套', 'ZC'],
  ['液压件', '齿轮泵', '台', 'YY'],
  ['液压件', '电磁换向阀', '只', 'YY'],
  ['液压件', '液压缸', '台', 'YY'],
  ['油品', '液压油46#', '桶', 'YP'],
  ['油品', '锂基脂', '桶', 'YP'],
  ['密封件', 'O型密封圈', '盒', 'MF'],
  ['密封件', '骨架油封', '只', 'MF'],
  ['电器', '交流接触器', '只', 'DQ'],
  ['电器', '变频器', '台', 'DQ'],
  ['电器', '接近开关', '只', 'DQ'],
  ['紧固件', '内六角螺栓', '盒', 'JG'],
  ['紧固件', '不锈钢螺母', '盒', 'JG'],
  ['工具', '扭力扳手', '把', 'GJ'],
  ['工具', '游标卡尺', '把', 'GJ'],
  ['管件', '高压胶管', '米', 'GJN'],
  ['管件', '快换接头', '只', 'GJN'],
  ['气动', '气缸', '只', 'QD'],
  ['气动', '气源三联件', '套', 'QD'],
] as const;

export const goodsCategories: readonly string[] = [...new Set(goods.map(([category]) => category))];

export interface Goods {
  readonly category: string;
  readonly name: string;
  readonly spec: string;
  readonly unit: string;
  readonly code: string;
  /** EAN-13 with its check digit. */
  readonly barcode: string;
}

export function goodsFor(random: Random, index: number): Goods {
  const [category, name, unit, prefix] = goods[index % goods.length] ?? goods[0];
  const spec = random.pick([
    `Φ${random.whole(10, 400)}-${random.whole(10, 990)}A`,
    `DN${random.whole(15, 250)}`,
    `${random.whole(10, 90)}×${random.whole(10, 300)}`,
    `${6000 + random.whole(1, 340)}-2RS`,
  ]);
  const body = `69${String(40_000_000 + index).padStart(8, '0')}${random.whole(10, 99)}`;
  const sum = [...body].reduce((total, digit, position) => total + Number(digit) * (position % 2 === 0 ? 1 : 3), 0);
  return {
    category,
    name,
    spec: `${spec}/${index + 1}`,
    unit,
    code: `${prefix}${String(index + 1).padStart(5, '0')}`,
    barcode: `${body}${(10 - (sum % 10)) % 10}`,
  };
}
