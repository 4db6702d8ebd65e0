import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { createBrowserRouter, Navigate, type RouteObject, RouterProvider } from 'react-router';
import { onSessionEnded } from './api/client';
import { newQueryClient, SESSION } from './api/queries';
import { Loading } from './components/Loading';
import { RouteFailure } from './components/RouteFailure';
import { Shell } from './components/Shell';
import { LoginPage } from './pages/LoginPage';
import { NotFoundPage } from './pages/NotFoundPage';
import { AppearanceProvider } from './theme/theme';

export const routes: RouteObject[] = [
  { path: '/login', element: <LoginPage />, errorElement: <RouteFailure /> },
  {
    element: <Shell />,
    errorElement: <RouteFailure />,
    hydrateFallbackElement: <Loading />,
    children: [
      { index: true, element: <Navigate to="/incidents" replace /> },
      {
        errorElement: <RouteFailure />,
        children: [
          { path: 'incidents', lazy: () => import('./pages/IncidentsPage') },
          { path: 'incidents/:id', lazy: () => import('./pages/incident/IncidentPage') },
          { path: 'clusters', lazy: () => import('./pages/clusters/ClustersPage') },
          { path: 'inventory', lazy: () => import('./pages/inventory/InventoryPage') },
          { path: 'inventory/:type', lazy: () => import('./pages/inventory/InventoryPage') },
          { path: 'entity', lazy: () => import('./pages/entity/EntityPage') },
          { path: 'map', lazy: () => import('./pages/map/MapPage') },
          { path: 'timeline', lazy: () => import('./pages/timeline/TimelinePage') },
          { path: 'pools', lazy: () => import('./pages/pools/PoolsPage') },
          { path: 'scaling', lazy: () => import('./pages/scaling/ScalingPage') },
          {
            path: 'scaling/calendar',
            lazy: () => import('./pages/scaling/calendar/CalendarPage'),
          },
          { path: 'scaling/report', lazy: () => import('./pages/scaling/ReportPage') },
          { path: 'pipeline', lazy: () => import('./pages/pipeline/PipelinePage') },
          { path: 'explore', lazy: () => import('./pages/signals/ExplorePage') },
          { path: 'logs', lazy: () => import('./pages/signals/LogsPage') },
          { path: 'log-patterns', lazy: () => import('./pages/signals/LogPatternsPage') },
          { path: 'traces', lazy: () => import('./pages/signals/TracesPage') },
          { path: 'transactions', lazy: () => import('./pages/signals/TransactionsPage') },
          { path: 'traces/:id', lazy: () => import('./pages/signals/TracePage') },
          { path: 'bundles', lazy: () => import('./pages/BundlesPage') },
          { path: 'drill', lazy: () => import('./pages/drill/DrillPage') },
          { path: 'troubles', lazy: () => import('./pages/drill/TroublesPage') },
          { path: 'audit', lazy: () => import('./pages/AuditPage') },
          { path: 'account', lazy: () => import('./pages/AccountPage') },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
  },
];

export function App() {
  const [queries] = useState(newQueryClient);
  const [router] = useState(() => createBrowserRouter(routes));

  // A call that finds its session gone turns the whole page to the login, which leads back here.
  useEffect(() => onSessionEnded(() => queries.setQueryData(SESSION, null)), [queries]);

  return (
    <QueryClientProvider client={queries}>
      <AppearanceProvider>
        <RouterProvider router={router} />
      </AppearanceProvider>
    </QueryClientProvider>
  );
}
