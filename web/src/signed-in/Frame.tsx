import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { session } from '../api/session.js';
import icon from '../app/icon.svg';
import { LanguageSwitch } from '../app/LanguageSwitch.js';
import { useMe } from '../app/use-session.js';
import { useAction } from '../forms/use-action.js';
import { useShownProblem } from './use-shown-problem.js';

const EVERYONE = [
  ['/devices', 'devices'],
  ['/account', 'account'],
] as const;
const ADMINS = [
  ['/admin/users', 'users'],
  ['/admin/audit', 'audit'],
  ['/admin/wechat', 'wechat'],
] as const;

/** Around the pages behind the login: who this is, where to go, and the way out. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const logout = useAction(() => session.logout());
  useShownProblem(logout.error);
  const links = user.role === 'admin' ? [...EVERYONE, ...ADMINS] : EVERYONE;
  return (
    <div className="frame">
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <header>
        <span className="brand">
          <img src={icon} alt="" width={28} height={28} />
          {t('brand')}
        </span>
        <nav aria-label={t('nav.label')}>
          {links.map(([path, name]) => (
            <NavLink key={path} to={path}>
              {t(`nav.${name}`)}
            </NavLink>
          ))}
        </nav>
        <div className="frame-end">
          <span className="frame-user">{user.nickname ?? user.username}</span>
          <LanguageSwitch />
          <Button loading={logout.isBusy} onClick={() => void logout.run()}>
            {t('nav.logout')}
          </Button>
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
