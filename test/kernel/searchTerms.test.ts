import { describe, expect, test } from 'vitest';
import {
  foldText,
  matchesQuery,
  mnemonicOf,
  pinyinFull,
  pinyinInitials,
  queryTokens,
  searchTokens,
  sortKey,
} from '../../shared/kernel/searchTerms.ts';

describe('readings', () => {
  test('a name is read by its initials, in every way its characters allow', () => {
    expect(pinyinInitials('浙江宏远')).toEqual(['zjhy']);
    expect(pinyinInitials('重庆').toSorted()).toEqual(['cq', 'zq']);
    expect(pinyinFull('重庆').toSorted()).toEqual(['chongqing', 'zhongqing']);
    expect(pinyinInitials('乾元')).toContain('qy');
    expect(pinyinInitials('A1长城')).toContain('a1cc');
  });

  test('a name with many readings gives eight of them, the likeliest first, then those that differ at the beginning', () => {
    const readings = pinyinInitials('重庆长乐行重庆长乐行');
    expect(readings).toHaveLength(8);
    expect(readings.slice(0, 3)).toEqual(['zqclxzqclx', 'cqclxzqclx', 'zqzlxzqclx']);
  });

  test('the mnemonic follows the phrase, not the single character', () => {
    expect(mnemonicOf('重庆长城（银行）A1')).toBe('CQCCYHA1');
    expect(mnemonicOf('重慶銀行')).toBe('CQYH');
    expect(mnemonicOf('乾坤 公司')).toBe('QKGS');
    expect(mnemonicOf('宏'.repeat(50_000))).toBe('H'.repeat(32));
  });

  test('lists stand in the order of the phone book: digits, letters, pinyin, tone', () => {
    const names = ['重庆', '安徽', 'B公司', '昂立', '北京', '3M', '阿里', '浙江', '浙江A', '成都', '重庆A', 'a公司', '中山'];
    const sorted = names.toSorted((a, b) => Buffer.compare(Buffer.from(sortKey(a)), Buffer.from(sortKey(b))));
    expect(sorted).toEqual(['3M', 'a公司', 'B公司', '阿里', '安徽', '昂立', '北京', '成都', '重庆', '重庆A', '浙江', '浙江A', '中山']);
    expect(sortKey('時').startsWith(sortKey('时').slice(0, 5))).toBe(true);
  });

  test('folded texts are equal when they read alike', () => {
    expect(foldText(' 廣東　Ａ  b ')).toBe('广东 a b');
  });
});

describe('what the index holds', () => {
  test('tokens are letters, digits and CJK characters, at most 24 long', () => {
    const tokens = searchTokens(['浙江宏远 (A-1) Φ20×30 №5', '重庆长乐行有限责任公司股份有限公司'], ['NX-978/371', `C${'9'.repeat(90)}`]);
    expect(tokens.every((token) => /^[a-z0-9\p{Script=Han}]{1,24}$/u.test(token))).toBe(true);
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokens).toEqual(expect.arrayContaining(['宏', '宏远', 'wnx978371', 'w371', 'w20']));
  });

  test('initials and pinyin are held from every syllable on', () => {
    expect(searchTokens(['浙江宏'], []).toSorted()).toEqual(
      ['浙', '江', '宏', '浙江', '江宏', 'izjh', 'ijh', 'ih', 'pzhejianghong', 'pjianghong', 'phong'].toSorted(),
    );
  });

  test('a text without Chinese has no pinyin', () => {
    expect(searchTokens(['ab'], []).toSorted()).toEqual(['wab', 'wb']);
  });

  test('fifty thousand characters leave a bounded number of tokens', () => {
    expect(searchTokens(['重'.repeat(50_000)], ['9'.repeat(50_000)]).length).toBeLessThan(4_000);
  });
});

describe('what is asked of it', () => {
  test('Chinese is asked for in pairs, Latin as a code, as initials or as pinyin', () => {
    expect(queryTokens('廣東省').all).toEqual([[{ token: '广东', prefix: false }], [{ token: '东省', prefix: false }]]);
    expect(queryTokens('zj宏').all).toEqual([
      [
        { token: 'wzj', prefix: true },
        { token: 'izj', prefix: true },
        { token: 'pzj', prefix: true },
      ],
      [{ token: '宏', prefix: false }],
    ]);
    expect(queryTokens(' % " * ').all).toEqual([]);
    expect(queryTokens('a'.repeat(50_000)).all[0]?.every((one) => one.token.length === 24)).toBe(true);
  });

  test.each([
    ['zjhy', '浙江宏远贸易有限公司'],
    ['zhejianghong', '浙江宏远贸易有限公司'],
    ['hongyuan', '浙江宏远贸易有限公司'],
    ['zj宏', '浙江宏远贸易有限公司'],
    ['浙江hy', '浙江宏远贸易有限公司'],
    ['宏远', '浙江宏远贸易有限公司'],
    ['hymy', '浙江宏远贸易有限公司'],
    ['cq', '重庆火锅'],
    ['zq', '重庆火锅'],
    ['chongqing', '重慶火鍋'],
    ['廣東', '广东食品'],
    ['广东', '廣東食品'],
    ['ＡＢＣ', 'abc 公司'],
    ['46', '液压油46#'],
    ['油46', '液压油46#'],
    ['宏远 zj', '浙江宏远贸易有限公司'],
    ['nx-978', 'NX978371'],
    ['978371', 'NX-978371'],
    ['qk', '乾坤机械'],
  ])('%s finds %s in the index and holds when looked at again', (query, text) => {
    expect(isProposed(query, [text], [text])).toBe(true);
    expect(matchesQuery(query, [text], [text])).toBe(true);
  });

  test.each([
    ['zyh', '浙江宏远'],
    ['jz', '浙江宏远'],
    ['宏江', '浙江宏远'],
    ['zj东', '浙江宏远'],
    ['hongyuans', '浙江宏远'],
    ['xq', '重庆'],
  ])('%s does not find %s', (query, text) => {
    expect(matchesQuery(query, [text], [])).toBe(false);
  });

  test('pairs that stand apart are proposed by the index and turned down by the second look', () => {
    expect(isProposed('广东东莞', ['东莞广东东'], [])).toBe(true);
    expect(matchesQuery('广东东莞', ['东莞广东东'], [])).toBe(false);
  });

  test('an empty query holds for everything, a hostile one ends', () => {
    expect(matchesQuery(' ', [], [])).toBe(true);
    expect(matchesQuery('n'.repeat(50_000), ['嗯'.repeat(5_000)], [])).toBe(true);
    expect(matchesQuery(`${'n'.repeat(99)}x`, ['嗯'.repeat(5_000)], [])).toBe(false);
  });
});

/** What an inverted index would answer. */
function isProposed(query: string, texts: string[], codes: string[]): boolean {
  const tokens = searchTokens(texts, codes);
  return queryTokens(query).all.every((group) =>
    group.some((asked) => tokens.some((token) => (asked.prefix ? token.startsWith(asked.token) : token === asked.token))),
  );
}
