import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { logIn, Problem } from '../api/client';
import { aboutQuery, SESSION, useSession } from '../api/queries';
import type { About } from '../api/types';
import { useExplanation } from '../components/Failure';
import { Logo } from '../components/Logo';
import { AppearanceSwitch, LanguageSwitch } from '../components/Switches';
import { withQuery } from '../discovery/address';

interface Credentials {
  username: string;
  password: string;
}

export function LoginPage() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const next = safeTarget(parameters.get('next'));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const session = useSession();

  const login = useMutation({
    mutationFn: ({ username, password }: Credentials) => logIn(username, password),
    onSuccess: async (fresh) => {
      const target = next ?? (await startPage(() => queries.fetchQuery(aboutQuery)));
      queries.setQueryData(SESSION, fresh);
      await navigate(target, { replace: true });
    },
  });

  const alreadyIn = Boolean(session.data) && login.isIdle;
  useEffect(() => {
    if (alreadyIn) void navigate(next ?? '/incidents', { replace: true });
  }, [alreadyIn, navigate, next]);

  return (
    <div className="login">
      <div className="login-switches">
        <LanguageSwitch />
        <AppearanceSwitch />
      </div>
      <main className="login-card">
        <div className="login-brand">
          <Logo size={44} />
          <div>
            <h1>{t('product.name')}</h1>
            <p>{t('product.claim')}</p>
          </div>
        </div>
        {next && login.isIdle && <Alert type="info" title={t('login.expired')} />}
        {login.isError && <Refusal error={login.error} />}
        <Form<Credentials>
          layout="vertical"
          requiredMark={false}
          onFinish={(values) => login.mutate(values)}
        >
          <Form.Item
            name="username"
            label={t('login.username')}
            rules={[{ required: true, message: t('login.required') }]}
          >
            <Input autoComplete="username" autoFocus size="large" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('login.password')}
            rules={[{ required: true, message: t('login.required') }]}
          >
            <Input.Password autoComplete="current-password" size="large" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block size="large" loading={login.isPending}>
            {t('login.submit')}
          </Button>
        </Form>
        <p className="quiet small login-hint">{t('login.hint')}</p>
      </main>
    </div>
  );
}

function Refusal({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const explain = useExplanation();
  let text = explain(error);
  if (error instanceof Problem && error.reason === 'BadCredentials') {
    text = t('login.BadCredentials');
  } else if (error instanceof Problem && error.reason === 'TooManyAttempts') {
    text = t('login.TooManyAttempts', { count: error.retryAfterSeconds ?? 60 });
  }
  return <Alert type="error" showIcon role="alert" title={text} />;
}

const SAMPLE_TRIES = 40;
const SAMPLE_PAUSE_MILLIS = 500;

/**
 * Where a fresh session begins: beside a simulated cluster on the map around its entry, in another
 * demo at the incident it is about, else at the list. A demo that has just started is still reading
 * its sample, so it is asked again for a while.
 */
export async function startPage(
  about: () => Promise<About>,
  pause: () => Promise<void> = () =>
    new Promise((resolve) => setTimeout(resolve, SAMPLE_PAUSE_MILLIS)),
): Promise<string> {
  try {
    for (let tries = 0; tries < SAMPLE_TRIES; tries++) {
      const { demo, openIncident, drill } = await about();
      if (drill) {
        return withQuery('/map', drill);
      }
      if (!demo) {
        break;
      }
      if (openIncident) {
        return `/incidents/${encodeURIComponent(openIncident)}`;
      }
      await pause();
    }
    return '/incidents';
  } catch {
    return '/incidents';
  }
}

/** A path of this site; nothing that would lead a fresh login to somebody else's page. */
export function safeTarget(next: string | null): string | null {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : null;
}
