import type { Knex } from 'knex';
import { instantOf } from '../../../shared/kernel/days.ts';
import { clock } from '../../clock.ts';
import type { Company } from '../../work.ts';
import { personalRoom } from '../audience.ts';
import { tellPeople } from '../notices.ts';
import { devicesKeepers, type StoredDevice } from './knownDevices.ts';

/** Tells whoever keeps devices, and the one whose session it is, that somebody uses a session without its device. Gives whom. */
export async function tellOfSession(
  tx: Knex,
  code: 'notice.otherDevice' | 'notice.unprovenSession',
  of: { readonly user: number; readonly device: Pick<StoredDevice, 'name'>; readonly address: string },
): Promise<number[]> {
  const person = (await tx('users').where({ id: of.user }).first('name')) as { name: string };
  const told = [...new Set([...(await devicesKeepers(tx)), of.user])];
  await tellPeople(tx, told, {
    at: instantOf(clock.now()),
    code,
    facts: { user: person.name, name: of.device.name, address: of.address },
  });
  return told;
}

/** Lets the bells of those who were told ring, after the commit. */
export function announceTold(company: Company, device: { readonly id: number } | null, told: readonly number[]): void {
  const rooms = told.map(personalRoom);
  if (device && rooms.length > 0) company.announce([{ type: 'device', id: device.id, version: 1, rooms }]);
}
