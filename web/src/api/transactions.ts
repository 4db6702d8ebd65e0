import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, put, remove } from './client';
import { boundsOf, type Range } from './signals';
import type { Transaction, TransactionRule, TransactionRules } from './types';

const RULES = ['transactionRules'];

/** What is kept of the transaction with a serial number; nothing is asked without one. */
export function useTransaction(serial: string, range: Range) {
  return useQuery({
    queryKey: ['transaction', serial, range],
    queryFn: ({ signal }) =>
      get<Transaction>('/transactions', { serial, ...boundsOf(range) }, signal),
    enabled: serial !== '',
    staleTime: 5_000,
  });
}

export function useTransactionRules() {
  return useQuery({
    queryKey: RULES,
    queryFn: ({ signal }) => get<TransactionRules>('/transactions/rules', {}, signal),
  });
}

/** Other rules, or the usual ones again where none are given. */
export function useRulesChange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (rules: TransactionRule[] | null) => {
      if (rules === null) await remove('/transactions/rules');
      else await put<TransactionRules>('/transactions/rules', { rules });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: RULES }),
  });
}
