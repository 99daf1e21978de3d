import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { say } from './prepare.mjs';

/** What to tell a person when there is no browser for the journeys. */
export const howToGetChromium =
  '界面测试需要 Chromium：请安装（Debian：apt-get install chromium fonts-noto-cjk），或用 CHROMIUM_PATH 指明位置。 · ' +
  'The journeys need Chromium: install it (Debian: apt-get install chromium fonts-noto-cjk) or name it in CHROMIUM_PATH.';

/**
 * Finds a Chromium for the journeys: the one named in CHROMIUM_PATH, one on the machine, or one that Playwright fetched.
 * @returns {string | undefined} path of the executable
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : undefined;
  return [...onThePath(), ...inUsualPlaces(), ...fetchedByPlaywright()].find((path) => existsSync(path));
}

/** Finds Chromium, and where Debian's packages may be installed without asking anybody, installs it first. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  const prefix = rightToInstall();
  if (!prefix) return undefined;
  say('正在安装 Chromium（界面测试用）', 'installing Chromium for the journeys');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
  ]) {
    const [command, ...rest] = [...prefix, 'apt-get', ...args];
    spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], env });
  }
  return findChromium();
}

function onThePath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe', 'msedge.exe'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function inUsualPlaces() {
  const windows = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(Boolean);
  return [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...windows.flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
  ];
}

function fetchedByPlaywright() {
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), '.cache', 'ms-playwright'),
    join(homedir(), 'Library', 'Caches', 'ms-playwright'),
    join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright'),
  ].filter((folder) => folder && existsSync(folder));
  const inside = ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-win/chrome.exe', 'chrome-win64/chrome.exe'];
  return caches.flatMap((cache) =>
    readdirSync(cache)
      .filter((name) => name.startsWith('chromium-'))
      .sort()
      .reverse()
      .flatMap((name) => inside.map((path) => join(cache, name, path))),
  );
}

/** How to call apt-get here without a password: nothing in front as root, sudo where it does not ask; undefined where neither. */
function rightToInstall() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return undefined;
  if (process.getuid() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}
