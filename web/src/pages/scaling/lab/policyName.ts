import type { TFunction } from 'i18next';
import type { ComparedPolicy } from '../../../api/types';

/** What a policy is called where several are compared. */
export function policyName(policy: ComparedPolicy, t: TFunction): string {
  switch (policy.kind) {
    case 'USUAL':
      return policy.name;
    case 'LEARNED':
    case 'IN_FORCE':
    case 'RECORDED':
    case 'STATIC':
    case 'PERFECT':
      return t(`lab.policy.${policy.kind}`);
  }
}
