import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDesktop } from '../../scripts/buildDesktop.mjs';

describe('the built shell', () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tradepost-shell-'));
    await buildDesktop({ folder });
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const built = (path: string) => readFileSync(join(folder, path), 'utf8');

  test('has a bridge that a sandboxed window can load: one classic script that needs Electron alone', () => {
    const bridge = built('preload/preload.cjs');
    expect([...bridge.matchAll(/require\(([^)]*)\)/g)].map((match) => match[1])).toEqual(['"electron"']);
    expect(bridge).not.toMatch(/^\s*(import|export)\s/m);
    expect(() => new Function(bridge)).not.toThrow();
  });

  test('carries its libraries with it', () => {
    const imported = [...built('main/main.js').matchAll(/^import .* from "([^"]+)";/gm)].map((match) => String(match[1]));
    expect(imported.filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([]);
    for (const file of ['main/connect/connect.html', 'main/connect/connect.js', 'main/connect/connect.css', 'main/icon.png']) {
      expect(existsSync(join(folder, file))).toBe(true);
    }
  });

  test('is not built again while nothing changed', async () => expect(await buildDesktop({ folder })).toBe(false));
});

test('the packed client is closed to those who would use it as a Node', () => {
  const settings = readFileSync('electron-builder.yml', 'utf8');
  const fuses = Object.fromEntries([...settings.matchAll(/^ {2}(\w+): (true|false)$/gm)].map((match) => [match[1], match[2] === 'true']));
  expect(fuses).toMatchObject({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  });
});
