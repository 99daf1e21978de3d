import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const waitMaxMs = 3_000;

/** The number the operating system gave this computer when it was installed; empty where it has none or does not tell. */
export function machineNumber(platform: NodeJS.Platform): string {
  try {
    if (platform === 'linux') return readFileSync('/etc/machine-id', 'utf8').trim();
    const [program, words, found] = platform === 'win32' ? askWindows : askMac;
    return found.exec(execFileSync(program, words, { encoding: 'utf8', timeout: waitMaxMs, windowsHide: true }))?.[1] ?? '';
  } catch {
    return '';
  }
}

type Asking = readonly [program: string, words: readonly string[], found: RegExp];
const askWindows: Asking = [
  'reg',
  ['query', String.raw`HKLM\SOFTWARE\Microsoft\Cryptography`, '/v', 'MachineGuid'],
  /MachineGuid\s+REG_SZ\s+(\S+)/,
];
const askMac: Asking = ['/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice'], /"IOPlatformUUID" = "([^"]+)"/];
