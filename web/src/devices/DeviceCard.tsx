import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Device } from '../api/types.js';
import { DeviceFacts } from './DeviceFacts.js';
import { useEnding } from './use-devices.js';

/** One signed-in device, and the way to sign it out. */
export function DeviceCard({ device }: { device: Device }) {
  const { t } = useTranslation();
  const name = device.deviceName ?? t('devices.unknown');
  return (
    <li className="card device">
      <DeviceFacts device={device} />
      {!device.current && <EndButton device={device} name={name} />}
    </li>
  );
}

function EndButton({ device, name }: { device: Device; name: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ending = useEnding(`/sessions/${device.id}`, ({ id }) => id === device.id);
  const end = async () => {
    await ending.mutateAsync();
    void message.success(t('devices.ended'));
  };
  return (
    <Popconfirm
      title={t('devices.endQuestion', { name })}
      description={t('devices.endText')}
      okText={t('devices.end')}
      okButtonProps={{ danger: true }}
      onConfirm={() => void end().catch(() => undefined)}
    >
      <Button danger aria-label={`${t('devices.end')} ${name}`}>
        {t('devices.end')}
      </Button>
    </Popconfirm>
  );
}
