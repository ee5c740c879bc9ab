import { QueryClientProvider } from '@tanstack/react-query';
import { App as Notices, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import { NotFoundPage } from '../app/NotFoundPage.js';
import { useMe } from '../app/use-session.js';
import { addTexts } from '../i18n/i18n.js';
import { signedInEn } from '../i18n/signed-in-en.js';
import { signedInZh } from '../i18n/signed-in-zh.js';
import { Frame } from './Frame.js';
import { createQueries } from './queries.js';
import { Reauthentication } from './Reauthentication.js';
import './signed-in.css';

addTexts({ zh: signedInZh, en: signedInEn });

const DevicesPage = lazy(() => import('../devices/DevicesPage.js'));
const AccountPage = lazy(() => import('../account/AccountPage.js'));
const AdminPages = lazy(() => import('../admin/AdminPages.js'));

/** Everything behind the login, with what these pages share. */
export default function SignedInPages() {
  const { i18n } = useTranslation();
  const [queries] = useState(createQueries);
  return (
    <ConfigProvider locale={i18n.language === 'zh' ? zhCN : enUS}>
      <QueryClientProvider client={queries}>
        <Notices message={{ duration: 4 }}>
          <Reauthentication>
            <Frame>
              <Suspense fallback={null}>
                <Pages />
              </Suspense>
            </Frame>
          </Reauthentication>
        </Notices>
      </QueryClientProvider>
    </ConfigProvider>
  );
}

function Pages() {
  const { user } = useMe();
  return (
    <Routes>
      <Route path="/" element={<Navigate to="/devices" replace />} />
      <Route path="/devices" element={<DevicesPage />} />
      <Route path="/account" element={<AccountPage />} />
      {user.role === 'admin' && <Route path="/admin/*" element={<AdminPages />} />}
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
