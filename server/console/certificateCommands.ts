import type { RootFate } from '../../shared/contracts/restoring.ts';
import { describeCertificates, exportRoot, importCertificates, rotateRoot } from '../start/certificates.ts';

type Tell = (line: string) => void;

export function showCertificate(dataFolder: string, tell: Tell): number {
  tell(describeCertificates(dataFolder));
  return 0;
}

export function exportCertificate(dataFolder: string, { file, isNext }: { file: string; isNext: boolean }, tell: Tell): number {
  exportRoot(dataFolder, file, isNext);
  tell(`${file}: 已导出根证书 · the root certificate is written`);
  return 0;
}

export function importCertificate(dataFolder: string, of: { key: string; chain: string; names: readonly string[] }, tell: Tell): number {
  importCertificates(dataFolder, of);
  tell(describeCertificates(dataFolder));
  tell('已导入，一分钟内生效；已配对的客户端需重新配对 · imported, shown within a minute; clients that have paired pair again');
  return 0;
}

export function rotateCertificate(dataFolder: string, days: number, tell: Tell): number {
  const { until, isAtOnce } = rotateRoot(dataFolder, days);
  for (const line of isAtOnce ? atOnce : duringUntil(until)) tell(line);
  return 0;
}

const atOnce = [
  '根证书已更换，一分钟内生效 · the root is exchanged, shown within a minute',
  '桌面客户端须重新配对；浏览器用户请安装新的根证书：/api/root-certificate · desktop clients pair again; browsers need the new root: /api/root-certificate',
];

const duringUntil = (until: string): string[] => [
  `新的根证书已由旧的签名，至 ${until} 两者并用 · the new root is signed by the old one; both count until then`,
  '桌面客户端在此之前连接一次即自动认识新的根证书；一次都没有连接的须重新配对 · desktop clients that connect once until then know it by themselves; others pair again',
  '浏览器用户请在此之前安装新的根证书：/api/root-certificate/next 或 tradepost certificate export FILE --next · browsers need the new root until then: /api/root-certificate/next, or the command',
  '此前的备份只含旧的根证书，请另做一份有口令的备份 · earlier backups carry the old root alone: make another one under a passphrase',
];

/** What becomes of the root of the server when a backup is restored. */
export const rootFates: Readonly<Record<RootFate, string>> = {
  restored:
    '备份含服务器根证书，将放到本机：桌面客户端不必重新配对 · the server’s root is inside and is put here: desktop clients need not pair again',
  same: '备份中的服务器根证书就是本机的 · the root inside is the one this server has',
  kept: '备份含服务器根证书，但本机保留自己的：原服务器的桌面客户端须重新配对 · a root is inside, but this server keeps its own: desktop clients of the other server pair again',
  missing:
    '备份不含服务器根证书（只有设了口令的备份才含）：换了服务器时，桌面客户端须重新配对 · no root of the server inside (only backups under a passphrase carry it): on another server desktop clients pair again',
};
