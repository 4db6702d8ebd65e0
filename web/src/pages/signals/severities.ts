import type { Severity } from '../../api/types';

/** The worst first. */
export const SEVERITIES: readonly Severity[] = [
  'FATAL',
  'ERROR',
  'WARN',
  'INFO',
  'DEBUG',
  'TRACE',
  'UNSPECIFIED',
];
