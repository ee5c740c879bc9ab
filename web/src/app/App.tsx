import { ConfigProvider } from 'antd';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Navigate, Outlet, Route, Routes, useLocation } from 'react-router';
import { Boundary } from './Boundary.js';
import { Splash, Unreachable } from './Splash.js';
import { useTheme } from './theme.js';
import { useSession } from './use-session.js';

const LoginPage = lazy(() => import('../auth/LoginPage.js'));
const RegisterPage = lazy(() => import('../auth/RegisterPage.js'));
const SignedInPages = lazy(() => import('../signed-in/SignedInPages.js'));

const START = '/devices';
const BUTTON = { autoInsertSpace: false };

/** The whole page: what everyone may see is loaded first, and what is behind the login only after it. */
export function App({ nonce }: { nonce?: string }) {
  return (
    <ConfigProvider theme={useTheme()} csp={{ nonce }} button={BUTTON}>
      <BrowserRouter>
        <Boundary>
          <Suspense fallback={<Splash />}>
            <Pages />
          </Suspense>
        </Boundary>
      </BrowserRouter>
    </ConfigProvider>
  );
}

function Pages() {
  const { status } = useSession();
  if (status === 'unknown') return <Splash />;
  if (status === 'unreachable') return <Unreachable />;
  return (
    <Routes>
      <Route element={<ForStrangers />}>
        <Route path="/login" element={<LoginPage />} />
        <Route path="/register" element={<RegisterPage />} />
      </Route>
      <Route path="*" element={<ForCallers />} />
    </Routes>
  );
}

/** Who is logged in is sent on, to where they wanted to go before they were asked to log in. */
function ForStrangers() {
  const { status } = useSession();
  const from = (useLocation().state as { from?: string } | null)?.from;
  return status === 'signed-in' ? <Navigate to={from ?? START} replace /> : <Outlet />;
}

function ForCallers() {
  const session = useSession();
  const { pathname, search } = useLocation();
  if (session.status === 'signed-in') return <SignedInPages key={session.user.id} />;
  const from = pathname === '/' ? START : pathname + search;
  return <Navigate to="/login" replace state={{ from }} />;
}
