import { type AdvanceWish, advanceMax } from '../../shared/contracts/numbering.ts';
import { domainWords } from '../../shared/language/domain/index.ts';
import { typeName } from '../../shared/language/labels.ts';
import { type RestoreOptions, restoreCompany } from '../start/restore.ts';
import { consoleLanguage } from './help.ts';

/** What stands behind --advance-numbers; null for what cannot be meant. */
export function advanceWishIn(text: string | undefined): AdvanceWish | undefined | null {
  if (text === undefined || text === 'auto') return text && 'usual';
  return /^\d{1,6}$/.test(text) && Number(text) <= advanceMax ? Number(text) : null;
}

/** Restores a company and tells what its people have to know. Refuses like restoreCompany. */
export async function restoreByConsole(
  file: string,
  options: RestoreOptions & { readonly code: string },
  tell: (line: string) => void,
): Promise<void> {
  const moved: string[] = [];
  const manifest = await restoreCompany(file, {
    ...options,
    advanced: (series) => moved.push(...series.map(({ type, by }) => `  ${typeName(domainWords[consoleLanguage()], type)}: +${by}`)),
  });
  tell(`${options.code}: 已恢复 · restored`);
  tell('已批准的设备一并恢复，不必重新批准 · approved devices came along and need not be approved again');
  if (options.numbers === undefined)
    tell(
      '此后开出的单号可能与备份之后已打印的单据重复，请核对，或在“编号规则”中跳过 · numbers given after the backup was made may come again: compare with the papers, or leave them out under Numbering',
    );
  else
    tell(
      moved.length > 0
        ? `已跳过可能已开出的单号并登记 · numbers that may stand on papers are left out, on record:\n${moved.join('\n')}`
        : '备份前 30 天没有开过单号，未跳过 · no numbers were given in the 30 days before the backup: none is left out',
    );
  if (manifest.tables.some(({ name, rows }) => ['code_secrets', 'recovery_codes'].includes(name) && rows > 0))
    tell(
      '二次验证：密钥不在备份中，若不是原来的服务器，请逐人执行 · second steps: their key is in no backup; unless this is the same server, reset each person: tradepost unlock --user LOGIN --second-factor',
    );
}
