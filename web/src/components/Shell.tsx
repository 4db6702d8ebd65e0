import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { logOut } from '../api/client';
import { SESSION, useAbout, useSession } from '../api/queries';
import type { Session } from '../api/types';
import { viewerZone } from '../format/time';
import { Failure } from './Failure';
import { GlobalSearch } from './GlobalSearch';
import { Loading } from './Loading';
import { Logo } from './Logo';
import { AppearanceSwitch, LanguageSwitch } from './Switches';

const FirstTour = lazy(() => import('./FirstTour'));

/** The frame of every page behind the login. */
export function Shell() {
  const session = useSession();
  const location = useLocation();
  if (session.isPending) {
    return (
      <main className="page">
        <Loading />
      </main>
    );
  }
  if (session.isError) {
    return (
      <main className="page narrow">
        <Failure error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (session.data === null) {
    const back = location.pathname + location.search + location.hash;
    return <Navigate to={`/login?next=${encodeURIComponent(back)}`} replace />;
  }
  return <Frame session={session.data} />;
}

function Frame({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { data: about } = useAbout();
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t('nav.skip')}
      </a>
      <header className="bar">
        <Link to="/incidents" className="brand">
          <Logo />
          <span>{t('product.name')}</span>
        </Link>
        <nav aria-label={t('nav.label')}>
          <NavLink to="/incidents">{t('nav.incidents')}</NavLink>
          <NavLink to="/clusters">{t('nav.clusters')}</NavLink>
          <NavLink to="/inventory">{t('nav.inventory')}</NavLink>
          <NavLink to="/map">{t('nav.map')}</NavLink>
          <NavLink to="/timeline">{t('nav.timeline')}</NavLink>
          <NavLink to="/explore">{t('nav.explore')}</NavLink>
          <NavLink to="/pools">{t('nav.pools')}</NavLink>
          <NavLink to="/scaling">{t('nav.scaling')}</NavLink>
          <NavLink to="/pipeline">{t('nav.pipeline')}</NavLink>
          <NavLink to="/bundles">{t('nav.bundles')}</NavLink>
          <NavLink to="/drill">{t('nav.drill')}</NavLink>
          {about?.drill && <NavLink to="/troubles">{t('nav.troubles')}</NavLink>}
          {mayAudit(session) && <NavLink to="/audit">{t('nav.audit')}</NavLink>}
        </nav>
        <div className="bar-end">
          <GlobalSearch />
          <LanguageSwitch />
          <AppearanceSwitch />
          <Link
            to="/account"
            className="who"
            title={t('nav.account')}
            aria-label={t('nav.signedInAs', { name: session.username })}
          >
            <UserOutlined /> <span className="who-name">{session.username}</span>
          </Link>
          <LogOutButton />
        </div>
      </header>
      <main className="page" id="content" tabIndex={-1}>
        {session.initialPassword && pathname !== '/account' && (
          <Alert
            banner
            role="status"
            className="initial"
            type="warning"
            title={
              <>
                {t('account.initial')} <Link to="/account">{t('account.initialAction')}</Link>
              </>
            }
          />
        )}
        <Outlet />
      </main>
      <Footer />
      {about?.drill && (
        <Suspense>
          <FirstTour />
        </Suspense>
      )}
    </div>
  );
}

export function mayAudit(session: Session): boolean {
  return session.roles.includes('ADMIN') || session.roles.includes('AUDITOR');
}

function LogOutButton() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const out = useMutation({
    mutationFn: logOut,
    // Also when the hub does not answer, the page must not go on showing what it holds.
    onSettled: async () => {
      await navigate('/login');
      queries.clear();
      queries.setQueryData(SESSION, null);
    },
  });
  return (
    <Button
      type="text"
      size="small"
      icon={<LogoutOutlined />}
      loading={out.isPending}
      aria-label={t('nav.logout')}
      title={t('nav.logout')}
      onClick={() => out.mutate()}
    />
  );
}

function Footer() {
  const { t } = useTranslation();
  const { data: about } = useAbout();
  return (
    <footer className="footer">
      {about && <span>{t('footer.version', { version: about.version, build: about.build })}</span>}
      <span>{t('footer.zone', { zone: viewerZone() })}</span>
    </footer>
  );
}
