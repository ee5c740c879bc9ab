import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../api/types.js';
import { DeviceFacts } from '../../devices/DeviceFacts.js';
import { Loaded } from '../../signed-in/Loaded.js';
import { useAnswer } from '../../signed-in/queries.js';
import { useChange } from '../use-change.js';

/** The devices a user is signed in on, with the way to sign each out, or all. */
export function UserSessions({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const path = `/admin/users/${userId}/sessions`;
  const query = useAnswer<Device[]>(path);
  return (
    <section aria-labelledby="sessions">
      <div className="page-head">
        <h2 id="sessions">{t('admin.user.sessions')}</h2>
        {(query.data?.length ?? 0) > 0 && <End path={path} isAll />}
      </div>
      <Loaded query={query}>
        {(devices) =>
          devices.length === 0 ? (
            <p className="quiet">{t('admin.user.noSessions')}</p>
          ) : (
            <ul className="cards">
              {devices.map((device) => (
                <li key={device.id} className="card device">
                  <DeviceFacts device={device} level="h3" />
                  <End path={`${path}/${device.id}`} name={device.deviceName ?? t('devices.unknown')} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function End({ path, name, isAll = false }: { path: string; name?: string; isAll?: boolean }) {
  const { t } = useTranslation();
  const change = useChange('DELETE', path);
  const what = isAll ? t('admin.user.endAll') : t('devices.end');
  return (
    <Popconfirm
      title={isAll ? t('admin.user.endAllQuestion') : t('devices.endQuestion', { name })}
      description={t('devices.endText')}
      okText={t('devices.end')}
      okButtonProps={{ danger: true }}
      onConfirm={() => void change.run()}
      placement="bottomRight"
    >
      <Button danger loading={change.isBusy} aria-label={name && `${what} ${name}`}>
        {what}
      </Button>
    </Popconfirm>
  );
}
