import { assertSafe, type Money } from './numbers.ts';

export type WordsLanguage = 'zh-CN' | 'zh-TW' | 'en';

export interface WordsOptions {
  /** The character for the major unit; 圆 becomes 圓 in zh-TW. */
  yuan?: '元' | '圆';
  /** What closes a whole amount. */
  whole?: '整' | '正';
  /** Whether the currency's name stands directly before the amount, as it must on bills. Default yes. */
  prefix?: boolean;
  /** Decimal digits of the minor unit (0 to 3), where a company keeps another number than the currency has. */
  digits?: number;
}

/**
 * An amount in minor units written out, for contracts, receipts and bills.
 *
 * Chinese: 正确填写票据和结算凭证的基本规定 (annex 1 of 支付结算办法, People's Bank of China, 银发〔1997〕393号): 整 ends an amount
 * that ends at 元, may be left out after 角 (it is, here) and never follows 分; one 零 stands for any run of zeros
 * between digits and for a missing 角 before 分. Where those rules leave 零 open (1680.32, 107,000.53) none is written.
 * English: the wording of trade documents, 'ONE THOUSAND FOUR HUNDRED NINE YUAN AND FIFTY FEN ONLY'.
 * A currency that is not in the table is written with its code. Refuses 'number.tooLarge'.
 */
export function amountInWords(minor: Money, how: { language: WordsLanguage; currency: string; options?: WordsOptions }): string {
  const options = how.options ?? {};
  const currency = CURRENCIES[how.currency] ?? unknownCurrency(how.currency);
  const digits = options.digits ?? currency.digits;
  const text = String(Math.abs(assertSafe(minor))).padStart(digits + 1, '0');
  const amount = {
    isNegative: minor < 0,
    whole: Number(text.slice(0, text.length - digits)),
    fraction: text.slice(text.length - digits),
  };
  return how.language === 'en' ? inEnglish(amount, currency) : inChinese(amount, how.language, currency, options);
}

interface Amount {
  isNegative: boolean;
  /** Major units. */
  whole: number;
  /** The digits behind the point, as many as the minor unit has. */
  fraction: string;
}

interface Currency {
  digits: number;
  'zh-CN': string;
  'zh-TW': string;
  /** One and many of the major unit, one and many of the minor unit. */
  en: readonly [string, string, string, string];
}

const CURRENCIES: Record<string, Currency> = {
  CNY: { digits: 2, 'zh-CN': '人民币', 'zh-TW': '人民幣', en: ['YUAN', 'YUAN', 'FEN', 'FEN'] },
  TWD: { digits: 2, 'zh-CN': '新台币', 'zh-TW': '新臺幣', en: ['NEW TAIWAN DOLLAR', 'NEW TAIWAN DOLLARS', 'CENT', 'CENTS'] },
  HKD: { digits: 2, 'zh-CN': '港币', 'zh-TW': '港幣', en: ['HONG KONG DOLLAR', 'HONG KONG DOLLARS', 'CENT', 'CENTS'] },
  MOP: { digits: 2, 'zh-CN': '澳门币', 'zh-TW': '澳門幣', en: ['PATACA', 'PATACAS', 'AVO', 'AVOS'] },
  USD: { digits: 2, 'zh-CN': '美元', 'zh-TW': '美元', en: ['US DOLLAR', 'US DOLLARS', 'CENT', 'CENTS'] },
  EUR: { digits: 2, 'zh-CN': '欧元', 'zh-TW': '歐元', en: ['EURO', 'EUROS', 'CENT', 'CENTS'] },
  GBP: { digits: 2, 'zh-CN': '英镑', 'zh-TW': '英鎊', en: ['POUND STERLING', 'POUNDS STERLING', 'PENNY', 'PENCE'] },
  AUD: { digits: 2, 'zh-CN': '澳元', 'zh-TW': '澳元', en: ['AUSTRALIAN DOLLAR', 'AUSTRALIAN DOLLARS', 'CENT', 'CENTS'] },
  SGD: { digits: 2, 'zh-CN': '新加坡元', 'zh-TW': '新加坡元', en: ['SINGAPORE DOLLAR', 'SINGAPORE DOLLARS', 'CENT', 'CENTS'] },
  JPY: { digits: 0, 'zh-CN': '日元', 'zh-TW': '日圓', en: ['YEN', 'YEN', 'SEN', 'SEN'] },
  KRW: { digits: 0, 'zh-CN': '韩元', 'zh-TW': '韓元', en: ['WON', 'WON', 'JEON', 'JEON'] },
};

function unknownCurrency(code: string): Currency {
  return { digits: 2, 'zh-CN': code, 'zh-TW': code, en: [code, code, 'CENT', 'CENTS'] };
}

interface Characters {
  digits: string;
  /** Tens within a group of four. */
  places: readonly string[];
  tenThousand: string;
  hundredMillion: string;
  minus: string;
  round: string;
}

const CHARACTERS: Record<'zh-CN' | 'zh-TW', Characters> = {
  'zh-CN': {
    digits: '零壹贰叁肆伍陆柒捌玖',
    places: ['', '拾', '佰', '仟'],
    tenThousand: '万',
    hundredMillion: '亿',
    minus: '负',
    round: '圆',
  },
  'zh-TW': {
    digits: '零壹貳參肆伍陸柒捌玖',
    places: ['', '拾', '佰', '仟'],
    tenThousand: '萬',
    hundredMillion: '億',
    minus: '負',
    round: '圓',
  },
};

function inChinese(amount: Amount, language: 'zh-CN' | 'zh-TW', currency: Currency, options: WordsOptions): string {
  const characters = CHARACTERS[language];
  const yuan = options.yuan === '圆' ? characters.round : '元';
  const parts = chineseFraction(amount, characters);
  const major = amount.whole > 0 || parts === '' ? `${chineseNumber(amount.whole, characters)}${yuan}` : '';
  const end = parts === '' ? (options.whole ?? '整') : parts;
  const prefix = options.prefix === false ? '' : currency[language];
  return `${prefix}${amount.isNegative ? characters.minus : ''}${major}${end}`;
}

/** 角, 分 and 厘, with one 零 for those that are missing between 元 and the first that is there. */
function chineseFraction(amount: Amount, characters: Characters): string {
  let text = '';
  let isGap = false;
  for (const [place, digit] of [...amount.fraction].entries()) {
    if (digit === '0') {
      isGap = amount.whole > 0 || text !== '';
      continue;
    }
    text += `${isGap ? '零' : ''}${characters.digits[Number(digit)]}${'角分厘'[place]}`;
    isGap = false;
  }
  return text;
}

/** A whole number; 零 only where a run of zeros lies between digits of one group or makes a lower group short. */
function chineseNumber(value: number, characters: Characters): string {
  for (const [size, unit] of [
    [1e8, characters.hundredMillion],
    [1e4, characters.tenThousand],
  ] as const) {
    if (value < size) continue;
    const rest = value % size;
    const gap = rest > 0 && rest < size / 10 ? '零' : '';
    const high = chineseNumber(Math.floor(value / size), characters);
    return `${high}${unit}${gap}${rest > 0 ? chineseNumber(rest, characters) : ''}`;
  }
  return chineseGroup(value, characters);
}

/** Below ten thousand. */
function chineseGroup(value: number, characters: Characters): string {
  const digits = [...String(value)];
  const text = digits
    .map((digit, index) => (digit === '0' ? '零' : `${characters.digits[Number(digit)]}${characters.places[digits.length - 1 - index]}`))
    .join('');
  return text.replace(/零+/g, '零').replace(/(.)零$/, '$1');
}

function inEnglish(amount: Amount, currency: Currency): string {
  const [one, many, minorOne, minorMany] = currency.en;
  const minor = Number(amount.fraction);
  const parts = [
    amount.whole > 0 || minor === 0 ? `${englishNumber(amount.whole)} ${amount.whole === 1 ? one : many}` : '',
    minor > 0 ? `${englishNumber(minor)} ${minor === 1 ? minorOne : minorMany}` : '',
  ];
  return `${amount.isNegative ? 'MINUS ' : ''}${parts.filter((part) => part !== '').join(' AND ')} ONLY`;
}

const SMALL = (
  'ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN FIFTEEN SIXTEEN ' + 'SEVENTEEN EIGHTEEN NINETEEN'
).split(' ');
const TENS = '- - TWENTY THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY'.split(' ');
const GROUPS = [
  [1e12, 'TRILLION'],
  [1e9, 'BILLION'],
  [1e6, 'MILLION'],
  [1e3, 'THOUSAND'],
  [100, 'HUNDRED'],
] as const;

function englishNumber(value: number): string {
  for (const [size, name] of GROUPS) {
    if (value < size) continue;
    const rest = value % size;
    return `${englishNumber(Math.floor(value / size))} ${name}${rest > 0 ? ` ${englishNumber(rest)}` : ''}`;
  }
  if (value < 20) return SMALL[value] ?? '';
  const ones = value % 10;
  return `${TENS[Math.floor(value / 10)]}${ones > 0 ? `-${SMALL[ones]}` : ''}`;
}
