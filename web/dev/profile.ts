import type { EntityProfile } from '../src/api/types';

/** What invented containers are seen as. */
export const PROFILE: EntityProfile = {
  pod: 'ledger-7f9c-00000',
  annotation: 'bridgewatch.io/profile',
  containers: [
    {
      container: 'app',
      chosen: 'BY_EVIDENCE',
      seen: [
        {
          kind: 'postgresql',
          title: 'PostgreSQL',
          confidence: 0.985,
          evidence: [
            { source: 'IMAGE', found: 'registry.example/postgres:16', weight: 0.85 },
            { source: 'METRIC', found: 'pg_up', weight: 0.85 },
            { source: 'PORT', found: '5432', weight: 0.35 },
          ],
        },
      ],
      signals: [
        { tells: 'AVAILABILITY', metric: 'pg_up', names: ['pg_up'] },
        { tells: 'ERRORS', metric: 'pg_stat_database_deadlocks', names: [] },
      ],
    },
    { container: 'side', chosen: 'BY_EVIDENCE', seen: [], signals: [] },
  ],
};
