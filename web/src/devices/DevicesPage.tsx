import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Device } from '../api/types.js';
import { PageTitle } from '../app/PageTitle.js';
import { Loaded } from '../signed-in/Loaded.js';
import { DeviceCard } from './DeviceCard.js';
import { useDevices, useEnding } from './use-devices.js';

const currentFirst = (devices: Device[]): Device[] => devices.toSorted((a, b) => Number(b.current) - Number(a.current));

export default function DevicesPage() {
  const { t } = useTranslation();
  const devices = useDevices();
  const hasOthers = devices.data?.some(({ current }) => !current);
  return (
    <>
      <div className="page-head">
        <div>
          <PageTitle>{t('devices.title')}</PageTitle>
          <p>{t('devices.lead')}</p>
        </div>
        {hasOthers && <EndOthers />}
      </div>
      <Loaded query={devices}>
        {(all) => (
          <ul className="cards">
            {currentFirst(all).map((device) => (
              <DeviceCard key={device.id} device={device} />
            ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}

function EndOthers() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ending = useEnding('/sessions', ({ current }) => !current);
  const end = async () => {
    await ending.mutateAsync();
    void message.success(t('devices.othersEnded'));
  };
  return (
    <Popconfirm
      title={t('devices.endOthersQuestion')}
      description={t('devices.endText')}
      okText={t('devices.end')}
      okButtonProps={{ danger: true }}
      onConfirm={() => void end().catch(() => undefined)}
      placement="bottomRight"
    >
      <Button danger>{t('devices.endOthers')}</Button>
    </Popconfirm>
  );
}
