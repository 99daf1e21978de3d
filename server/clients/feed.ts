import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ClientInstaller } from '../../shared/contracts/clients.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { clock } from '../clock.ts';
import { writeFileSafely } from '../files.ts';
import { listInstallers } from './installers.ts';

/** By name of the feed, the installers in it, the one that a client takes by itself first. */
const feeds: Readonly<Record<string, (one: ClientInstaller) => number | null>> = {
  'latest.yml': ({ system, arch }) => (system === 'windows' && arch === 'x64' ? 0 : null),
  'latest-linux.yml': ({ system, arch, kind }) => (system === 'linux' && arch === 'x64' ? ['AppImage', 'deb'].indexOf(kind) : null),
};

/**
 * Writes what desktop clients read before they follow their server (the generic feed of electron-updater): the files of one
 * version in a folder with size and SHA-512. A feed without files is taken away. Gives the names of those written.
 */
export async function writeFeeds(folder: string, version: string): Promise<string[]> {
  const installers = listInstallers([folder]).filter((one) => one.version === version);
  const written: string[] = [];
  for (const [feed, rank] of Object.entries(feeds)) {
    const chosen = installers
      .flatMap((one) => ({ one, rank: rank(one) ?? -1 }))
      .filter((ranked) => ranked.rank >= 0)
      .sort((one, other) => one.rank - other.rank)
      .map(({ one }) => one);
    if (chosen.length === 0) {
      rmSync(join(folder, feed), { force: true });
      continue;
    }
    writeFileSafely(join(folder, feed), await feedText(folder, version, chosen));
    written.push(feed);
  }
  return written;
}

async function feedText(folder: string, version: string, installers: readonly ClientInstaller[]): Promise<string> {
  const files = [];
  for (const { name, bytes } of installers) files.push({ url: name, sha512: await sha512Of(join(folder, name)), size: bytes });
  const [first] = files;
  const lines = files.flatMap(({ url, sha512, size }) => [`  - url: ${url}`, `    sha512: ${sha512}`, `    size: ${size}`]);
  return [
    `version: ${version}`,
    'files:',
    ...lines,
    `path: ${first?.url}`,
    `sha512: ${first?.sha512}`,
    `releaseDate: '${instantOf(clock.now())}'`,
    '',
  ].join('\n');
}

async function sha512Of(path: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return hash.digest('base64');
}
