import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { NotFoundPage } from '../app/NotFoundPage.js';
import { adminEn } from '../i18n/admin-en.js';
import { adminZh } from '../i18n/admin-zh.js';
import { addTexts } from '../i18n/i18n.js';
import './admin.css';

addTexts({ zh: adminZh, en: adminEn });

const UsersPage = lazy(() => import('./users/UsersPage.js'));
const UserPage = lazy(() => import('./users/UserPage.js'));
const AuditPage = lazy(() => import('./audit/AuditPage.js'));
const WechatPage = lazy(() => import('./wechat/WechatPage.js'));

/** The pages for admins. The server opens their doors to nobody else; this only shows them. */
export default function AdminPages() {
  return (
    <Routes>
      <Route index element={<Navigate to="users" replace />} />
      <Route path="users" element={<UsersPage />} />
      <Route path="users/:id" element={<UserPage />} />
      <Route path="audit" element={<AuditPage />} />
      <Route path="wechat" element={<WechatPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
