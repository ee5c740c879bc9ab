import { useTranslation } from 'react-i18next';
import type { Device } from '../api/types.js';
import { Mark } from '../signed-in/Mark.js';
import { Moment } from '../signed-in/Moment.js';

/** What is known of a signed-in device. */
export function DeviceFacts({ device, level: Heading = 'h2' }: { device: Device; level?: 'h2' | 'h3' }) {
  const { t } = useTranslation();
  return (
    <div>
      <Heading className="device-name">
        {device.deviceName ?? t('devices.unknown')}
        {device.current && <Mark kind="good">{t('devices.current')}</Mark>}
      </Heading>
      <ul className="facts">
        <li>
          {t('devices.lastSeen')} <Moment at={device.lastSeenAt} />
        </li>
        <li>{device.ipAddress}</li>
        <li>{[t(`methods.${device.loginMethod}`), device.appId].filter(Boolean).join(' · ')}</li>
        <li>
          {t('devices.since')} <Moment at={device.createdAt} isFull />
        </li>
      </ul>
    </div>
  );
}
