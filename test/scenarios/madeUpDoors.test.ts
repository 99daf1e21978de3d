import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePrinting } from '../../server/features/printing/renderPdf.ts';
import { routes } from '../../server/http/routes/index.ts';
import type { DefinitionAnswer, ListAnswer, RecordAnswer } from '../../shared/contracts/wire.ts';
import type { ImportAnswer } from '../../shared/exchange/importAnswers.ts';
import type { PrintTemplate } from '../../shared/printing/template.ts';
import { aFile, rowsIn, shown } from '../exchange/fixtures.ts';
import { sheetOf } from '../exchange/importing.ts';
import { newKey } from '../journeys/ground.ts';
import { type Door, openDoor } from '../print-routes/door.ts';
import { readPdf } from '../printing/readPdf.ts';
import { madeUpCatalogue } from './madeUp.ts';
import { expectProven, type Office, openOffice, stores } from './office.ts';

describe.each(stores)('What nobody has thought of goes through every door, on $name', { timeout: 60_000 }, (kind) => {
  let office: Office;
  let door: Door;
  let customer: number;

  beforeAll(async () => {
    office = await openOffice(kind, madeUpCatalogue);
    door = await openDoor(office, routes);
    customer = (await office.create('admin', 'customer', { name: '广东顺达工程有限公司', siteManager: '何建军', deposit: 900_00 })).id;
    const position = await office.id('positions', { code: 'salesperson' });
    const { version } = await office.read('admin', 'position', position);
    const grants = (await office.read('admin', 'position', position)).parts.grants ?? [];
    const fresh = ['read', 'create', 'change', 'print', 'export'].map((operation) => ({
      type: 'machineHire',
      operation,
      scope: 'all',
    }));
    await office.change('admin', { type: 'position', id: position, version }, { parts: { grants: [...grants, ...fresh] as never } });
  });

  afterAll(async () => {
    await expectProven(office);
    await door.close();
    await office.close();
    await closePrinting();
  });

  const send = async <T>(who: string, method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await door.ask(who, method, path, body, { 'idempotency-key': newKey() });
    expect(answer.status, answer.ok ? '' : await answer.clone().text()).toBeLessThan(300);
    return (await answer.json()) as T;
  };
  const hired = (who: string, machine: string) =>
    send<RecordAnswer>(who, 'POST', '/api/records/machineHire', {
      values: { customer, machine, deposit: 500_00 },
      parts: { lines: [{ days: 3_000_000, rate: 80_000, note: '含司机' }] },
    });

  test('the description of the API names paths, fields and steps of the document, and the field of the customer', async () => {
    const api = await send<{ paths: Record<string, unknown>; components: { schemas: Record<string, unknown> } }>(
      'admin',
      'GET',
      '/api/openapi.json',
    );
    for (const path of ['', '/list', '/{id}', '/{id}/steps/{step}', '/export'])
      expect(Object.keys(api.paths)).toContain(`/api/records/machineHire${path}`);
    expect(Object.keys(api.paths)).toContain('/api/print/machineHire/{id}');
    const schema = JSON.stringify(api.components.schemas.machineHireInput);
    for (const name of ['machine', 'condition', 'deposit', 'days', 'rate']) expect(schema).toContain(`"${name}"`);
    expect(schema).not.toContain('"total"');
    expect(JSON.stringify(api.components.schemas.customerInput)).toContain('"siteManager"');
  });

  test('it is made, read, listed and stepped over HTTP', async () => {
    const made = await hired('admin', '压路机');
    expect(made.values).toMatchObject({ total: 240_000, number: expect.stringMatching(/^MH\d{4}-\d{3}$/) });
    const agreed = await send<RecordAnswer>('admin', 'POST', `/api/records/machineHire/${made.id}/steps/agree`, { version: made.version });
    expect(agreed.state).toBe('agreed');
    const list = await send<ListAnswer>('admin', 'POST', '/api/records/machineHire/list', { search: 'ylj' });
    expect(list.rows.map((row) => [row.id, row.state])).toEqual([[made.id, 'agreed']]);
  });

  test('the form is described to each person as far as that person may see it', async () => {
    const definitionsOf = async (who: string) => {
      const { definitions } = await send<{ definitions: DefinitionAnswer[] }>(who, 'GET', '/api/session');
      return new Map(definitions.map((definition) => [definition.type, definition]));
    };
    const boss = await definitionsOf('admin');
    expect(Object.keys(boss.get('machineHire')?.fields ?? {})).toEqual(expect.arrayContaining(['customer', 'machine', 'deposit', 'total']));
    expect(Object.keys(boss.get('machineHire')?.parts.lines?.fields ?? {})).toEqual(['days', 'rate', 'note']);
    const seller = await definitionsOf('wang');
    expect(Object.keys(seller.get('machineHire')?.fields ?? {})).toContain('machine');
    expect(Object.keys(seller.get('machineHire')?.fields ?? {})).not.toContain('deposit');
    expect(seller.get('machineHire')?.steps?.agree).toBeUndefined();
    expect(Object.keys(seller.get('customer')?.fields ?? {})).toContain('siteManager');
    expect(Object.keys(seller.get('customer')?.fields ?? {})).not.toContain('deposit');
    expect((await definitionsOf('chen')).has('machineHire')).toBe(false);
    const { id } = await hired('admin', '吊车');
    expect((await send<RecordAnswer>('wang', 'GET', `/api/records/machineHire/${id}`)).values).not.toHaveProperty('deposit');
  });

  test('the list goes out as a workbook that reads as it stands, without what the person may not see', async () => {
    await hired('admin', '推土机');
    const ask = (who: string, ...more: string[]) =>
      door.ask(who, 'POST', '/api/records/machineHire/export', {
        query: { search: '推土机', fields: ['number', 'customer', 'machine', 'condition', 'total', ...more] },
        format: 'xlsx',
        language: 'zh-CN',
      });
    const sheet = async (answer: Response) => {
      const path = await aFile('out.xlsx', Buffer.from(await answer.arrayBuffer()));
      return (await rowsIn(path)).map((row) => row.cells.map(shown));
    };
    const [heading, row] = await sheet(await ask('admin', 'deposit'));
    expect(heading).toHaveLength(6);
    expect(row?.slice(1, 3)).toEqual(['广东顺达工程有限公司', '推土机']);
    expect(row?.slice(4)).toEqual(['2400', '500']);
    expect((await sheet(await ask('wang')))[1]?.slice(1, 3)).toEqual(['广东顺达工程有限公司', '推土机']);
    // What is not there and what may not be seen are answered alike.
    expect((await ask('wang', 'deposit')).status).toBe(400);
    expect((await ask('wang', 'nothing')).status).toBe(400);
  });

  const imported = async (type: string, bytes: Buffer): Promise<ImportAnswer> => {
    const started = await send<ImportAnswer>('admin', 'POST', `/api/imports?type=${type}&name=list.xlsx`, new Uint8Array(bytes));
    expect(started.columns.filter((column) => column.field === null)).toEqual([]);
    await send('admin', 'POST', `/api/imports/${started.id}/check`, {});
    await until(started.id, 'checked');
    await send('admin', 'POST', `/api/imports/${started.id}/commit`, { decisions: { all: 'skip' } });
    return until(started.id, 'done');
  };
  const until = async (id: number, state: string): Promise<ImportAnswer> => {
    for (;;) {
      const answer = await send<ImportAnswer>('admin', 'GET', `/api/imports/${id}`);
      if (answer.state === state) return answer;
      expect(['checking', 'checked', 'committing', 'done']).toContain(answer.state);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  test('made-up records come in from a workbook, and a wrong cell stops its row', async () => {
    const bytes = await sheetOf(
      ['name', 'tonnage', 'boughtOn'],
      ['汽车吊', 25, '2024-03-01'],
      ['履带吊', 9000, '2024-03-01'],
      ['塔吊', 80, ''],
    );
    const { counts, result } = await imported('machine', bytes);
    expect([counts.clean, counts.badValue, result?.added]).toEqual([2, 1, 2]);
    const { rows } = await send<ListAnswer>('admin', 'POST', '/api/records/machine/list', { search: 'qcd' });
    expect(rows.map(({ values }) => values)).toMatchObject([{ name: '汽车吊', tonnage: 25, boughtOn: '2024-03-01' }]);
  });

  test('a made-up field of the customer comes in with the others, is found, and goes out again', async () => {
    const bytes = await sheetOf(['客户名称', 'siteManager', '手机'], ['佛山宏达建筑有限公司', '罗海燕', '13907183598']);
    expect((await imported('customer', bytes)).result).toMatchObject({ added: 1, companions: { contact: 1 } });
    const { rows } = await send<ListAnswer>('admin', 'POST', '/api/records/customer/list', {
      search: 'lhy',
      fields: ['name', 'siteManager'],
    });
    expect(rows.map(({ values }) => values)).toMatchObject([{ name: '佛山宏达建筑有限公司', siteManager: '罗海燕' }]);
  });

  test('a document is no list: it is not imported, and the answer says so', async () => {
    const answer = await door.json<{ code: string }>(
      'admin',
      'POST',
      '/api/imports?type=machineHire&name=a.xlsx',
      new Uint8Array(await sheetOf(['machine'], ['a'])),
    );
    expect(answer.body.code).toBe('import.notImportable');
  });

  test('it prints on a paper of its own, with its lines, its sum and what is known of the customer', async () => {
    const layout: PrintTemplate = {
      version: 1,
      name: 'hire',
      label: { 'zh-CN': '租赁单' },
      type: 'machineHire',
      paper: { size: 'A5', orientation: 'landscape', marginsTenthMm: { top: 100, right: 100, bottom: 100, left: 100 }, continuous: false },
      fontSizeTenthPt: 100,
      look: 'plain',
      blocks: [
        { kind: 'title', text: '租赁单 {{document.number}}' },
        {
          kind: 'fields',
          columns: 2,
          fields: [{ field: 'customer.name' }, { field: 'customer.siteManager' }, { field: 'document.machine' }],
        },
        {
          kind: 'table',
          columns: [
            { field: 'days', share: 1 },
            { field: 'rate', share: 1 },
            { field: 'note', share: 2 },
          ],
        },
        { kind: 'totals', rows: [{ field: 'total.grossAmount', label: '合计' }] },
      ],
    };
    await office.create('admin', 'printTemplate', {
      name: '租赁单',
      documentType: 'machineHire',
      main: true,
      layout: JSON.stringify(layout),
    });
    const { id, values } = await hired('admin', '挖掘机');
    const answer = await door.ask('admin', 'GET', `/api/print/machineHire/${id}`);
    expect(answer.status, answer.ok ? '' : await answer.clone().text()).toBe(200);
    const text = (await readPdf(new Uint8Array(await answer.arrayBuffer())))
      .map((page) => page.text)
      .join(' ')
      .replaceAll('\n', ' ');
    for (const words of [`租赁单 ${values.number}`, '广东顺达工程有限公司', '何建军', '挖掘机', '含司机', '800.00', '2,400.00'])
      expect(text).toContain(words);
  });
});
