import { readyPositions } from '../../../shared/access/readyPositions.ts';
import type { RecordInput } from '../../../shared/contracts/wire.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { storePassword } from '../../access/changePassword.ts';
import { hashPassword, refuseWeakPassword } from '../../access/passwords.ts';
import { systemActor } from '../../access/rights.ts';
import { createRecord } from '../../engine/createRecord.ts';
import { storeSettings } from '../../engine/settings.ts';
import { transact } from '../../engine/transact.ts';
import type { Company, Work } from '../../work.ts';
import { otherTaxes, startCodes, startCurrencies, startDictionaries, startNames, startTaxes } from './startData.ts';

export interface SetUp {
  readonly administrator: { readonly login: string; readonly name: string; readonly password: string };
  readonly language: Language;
  /** ISO 4217. */
  readonly currency: string;
  /** The rate most sales have, 10⁻⁶. */
  readonly taxRate: number;
}

export interface SetUpResult {
  readonly administrator: number;
  readonly root: number;
  /** Positions by code. */
  readonly positions: Readonly<Record<string, number>>;
}

/**
 * Fills a new company with what it needs to begin: its department, positions, first administrator, currencies, taxes, lists,
 * a warehouse, accounts. One transaction: a set-up that is cut off leaves an empty database and can be begun again.
 */
export async function setUpCompany(company: Company, wanted: SetUp): Promise<SetUpResult> {
  // Hashing takes its time; the transaction does not wait for it.
  refuseWeakPassword(wanted.administrator.password, [company.name, wanted.administrator.login]);
  const hash = await hashPassword(wanted.administrator.password);
  return transact(company, systemActor(company), async (work) => {
    const root = await make(work, 'department', { name: company.name.slice(0, 80), kindOfUnit: 'company' });
    const positions = await makePositions(work, wanted.language);
    const { login, name } = wanted.administrator;
    const administrator = await make(work, 'user', { login, name, department: root, language: wanted.language }, [
      positions.administrator ?? 0,
    ]);
    await storePassword(work.tx, administrator, hash, false);
    await makeMoney(work, wanted);
    await makeLists(work, wanted.language);
    await make(work, 'orderType', { name: startNames.orderType[wanted.language], main: true });
    await make(work, 'orderType', { name: startNames.noticeType[wanted.language], outboundBy: 'notice' });
    await make(work, 'warehouse', { code: '01', name: startNames.warehouse[wanted.language], main: true });
    await storeSettings(work, { language: wanted.language, 'company.name': company.name, setUp: true });
    return { administrator, root, positions };
  });
}

async function make(work: Work, type: string, values: RecordInput['values'], positions?: readonly number[]): Promise<number> {
  const parts = positions ? { parts: { positions: positions.map((held) => ({ held })) } } : {};
  return (await createRecord(work, work.company.catalogue.get(type), { values: values ?? {}, ...parts })).id;
}

async function makePositions(work: Work, language: Language): Promise<Record<string, number>> {
  const made: Record<string, number> = {};
  for (const ready of readyPositions) {
    const record = await createRecord(work, work.company.catalogue.get('position'), {
      values: { name: ready.names[language], code: ready.code, administrator: ready.administrator === true },
      parts: {
        grants: ready.grants.map((grant) => ({ ...grant })),
        specialRights: ready.special.map((right) => ({ right })),
        fieldRights: (ready.fieldRights ?? []).map((rule) => ({ ...rule })),
      },
    });
    made[ready.code] = record.id;
  }
  return made;
}

async function makeMoney(work: Work, { currency, taxRate, language }: SetUp): Promise<void> {
  const isKnown = startCurrencies.some((known) => known.code === currency);
  const currencies = isKnown
    ? startCurrencies
    : [...startCurrencies, { code: currency, name: fill(currency), symbol: currency, digits: 2 }];
  let main = 0;
  for (const known of currencies) {
    const values = {
      code: known.code,
      name: known.name[language],
      symbol: known.symbol,
      digits: known.digits,
      main: known.code === currency,
      rate: known.code === currency ? 1_000_000_000 : null,
    };
    const id = await make(work, 'currency', values);
    if (values.main) main = id;
  }
  const taxes = startTaxes[currency] ?? otherTaxes(taxRate);
  const mainTax = taxes.findIndex((tax) => tax.rate === taxRate && !tax.exempt);
  for (const [index, tax] of taxes.entries()) {
    const values = {
      name: tax.name[language],
      rate: tax.rate,
      exempt: tax.exempt === true,
      legalSource: tax.legalSource,
      main: index === Math.max(mainTax, 0),
    };
    await make(work, 'taxCode', values);
  }
  const bank = await make(work, 'account', {
    code: '01',
    name: startNames.bank[language],
    accountKind: 'bank',
    currency: main,
    main: true,
  });
  const cash = await make(work, 'account', { code: '02', name: startNames.cash[language], accountKind: 'cash', currency: main });
  if (currency === 'CNY') {
    await make(work, 'account', { code: '03', name: startNames.alipay[language], accountKind: 'alipay', currency: main });
    await make(work, 'account', { code: '04', name: startNames.wechat[language], accountKind: 'wechat', currency: main });
  }
  for (const [index, method] of startNames.methods.entries()) {
    await make(work, 'paymentMethod', {
      name: method[language],
      account: index === 1 ? cash : index === 0 ? bank : null,
      main: index === 0,
    });
  }
}

const fill = (text: string): Record<Language, string> => ({ 'zh-CN': text, 'zh-TW': text, en: text });

async function makeLists(work: Work, language: Language): Promise<void> {
  for (const [dictionary, entries] of Object.entries(startDictionaries)) {
    for (const [index, entry] of entries.entries())
      await make(work, 'dictionaryEntry', {
        dictionary,
        name: entry[language],
        code: startCodes[dictionary]?.[index] ?? null,
        sequence: (index + 1) * 10,
      });
  }
}
