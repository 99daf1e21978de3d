import { Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceLine, DevicesAnswer } from '../../../../shared/contracts/devices.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { AddressListField, addressesIn } from '../../ui/AddressListField.tsx';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

type From = 'anywhere' | 'here' | 'listed';

/** Approves a device, or changes one that is: what it is called, from where and by whom it may be used. */
export function DeviceDialog(props: { device: DeviceLine; onTake: (fresh: DevicesAnswer) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const { device } = props;
  const isApproved = device.state === 'approved';
  const [name, setName] = useState(device.name);
  const [from, setFrom] = useState<From>(device.addresses === null ? 'anywhere' : 'listed');
  const [addresses, setAddresses] = useState(device.addresses?.join('\n') ?? '');
  const [people, setPeople] = useState<People>(
    device.users || device.positions ? { users: device.users ?? [], positions: device.positions ?? [] } : null,
  );
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const limits = { addresses: addressesFor(from, addresses, device.address), ...peopleFor(people) };
  const keep = async () => {
    setBusy(true);
    try {
      const wish = { version: device.version, name, limits };
      const path = `/api/devices/${device.id}`;
      props.onTake(await (isApproved ? api.patch<DevicesAnswer>(path, wish) : api.put<DevicesAnswer>(`${path}/approved`, wish)));
      notices.done(isApproved ? t('general.saved') : t('devices.approved', { name }));
      props.onClose();
    } catch (thrown) {
      setProblem(thrown);
    }
    setBusy(false);
  };
  return (
    <Modal
      open
      width={560}
      title={t(isApproved ? 'devices.editTitle' : 'devices.approveTitle', { name: device.name })}
      okText={isApproved ? t('general.save') : t('devices.approve')}
      okButtonProps={{ disabled: name.trim() === '' || limits.addresses?.length === 0, loading: isBusy }}
      onOk={() => void keep()}
      onCancel={props.onClose}
    >
      {problem ? <ProblemAlert problem={problem} /> : null}
      {device.doubt === 'machine' ? <p className="tp-warning">{t('devices.doubts.machine')}</p> : null}
      <Form layout="vertical">
        <Form.Item label={t('devices.name')}>
          <Input aria-label={t('devices.name')} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </Form.Item>
        <Form.Item label={t('devices.from')}>
          <Radio.Group
            aria-label={t('devices.from')}
            value={from}
            onChange={(event) => setFrom(event.target.value as From)}
            options={[
              { value: 'anywhere', label: t('devices.anywhere') },
              { value: 'here', label: t('devices.onlyHere', { address: device.address }) },
              { value: 'listed', label: t('devices.listed') },
            ]}
          />
        </Form.Item>
        {from === 'listed' ? <AddressListField label={t('devices.listed')} text={addresses} onChange={setAddresses} /> : null}
        <ForWhom people={people} onChange={setPeople} />
      </Form>
    </Modal>
  );
}

/** Null for everybody. */
type People = { users: readonly number[]; positions: readonly number[] } | null;

function ForWhom({ people, onChange }: { people: People; onChange: (people: People) => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const choose = (to: 'users' | 'positions', type: 'user' | 'position') =>
    people && session.may(type, 'read') ? (
      <Form.Item label={session.typeLabel(type)}>
        <LinkSelect
          many
          to={type}
          label={session.typeLabel(type)}
          value={[...people[to]]}
          onChange={(ids) => onChange({ ...people, [to]: ids })}
        />
      </Form.Item>
    ) : null;
  return (
    <>
      <Form.Item label={t('devices.forWhom')}>
        <Radio.Group
          aria-label={t('devices.forWhom')}
          value={people === null ? 'anybody' : 'chosen'}
          onChange={(event) => onChange(event.target.value === 'anybody' ? null : { users: [], positions: [] })}
          options={[
            { value: 'anybody', label: t('devices.anybody') },
            { value: 'chosen', label: t('devices.chosenPeople') },
          ]}
        />
      </Form.Item>
      {choose('users', 'user')}
      {choose('positions', 'position')}
    </>
  );
}

function addressesFor(from: From, typed: string, here: string): string[] | null {
  if (from === 'anywhere') return null;
  if (from === 'here') return [here];
  return addressesIn(typed);
}

const peopleFor = (people: People) => {
  const some = (ids: readonly number[] | undefined) => (ids && ids.length > 0 ? ids : null);
  return { users: some(people?.users), positions: some(people?.positions) };
};
