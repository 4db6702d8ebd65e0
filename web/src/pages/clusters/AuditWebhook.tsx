import { Alert, Button, Input, Popconfirm } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAuditWebhook, useAuditWebhookEnd } from '../../api/discovery';
import type { Cluster } from '../../api/types';
import { CopyButton } from '../../components/CopyButton';
import { Failure } from '../../components/Failure';
import { API_SERVER_OPTIONS, AUDIT_POLICY, deliveryUrl, webhookConfig } from './webhookFiles';

/**
 * Makes, replaces and ends the token by which a cluster's API server delivers audit events, and
 * shows what to put on that server. The token is known here only until this is closed.
 */
export function AuditWebhook({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const { name, auditWebhook } = cluster;
  const opening = useAuditWebhook(name);
  const ending = useAuditWebhookEnd(name);
  const [hub, setHub] = useState(window.location.origin);
  const hubId = useId();
  const url = deliveryUrl(hub, name);
  const token = opening.data?.token;

  const open = () => {
    ending.reset();
    opening.mutate();
  };
  const end = () => {
    opening.reset();
    ending.mutate();
  };
  return (
    <div className="stack">
      <p className="quiet">{t('webhook.purpose')}</p>
      <p role="status">{t(auditWebhook ? 'webhook.open' : 'webhook.closed')}</p>
      <div className="stack-tight">
        <label htmlFor={hubId}>{t('webhook.hub')}</label>
        <Input
          id={hubId}
          className="mono"
          value={hub}
          maxLength={300}
          onChange={(event) => setHub(event.target.value)}
        />
        {/^http:/i.test(hub.trim()) && <p className="small strong">{t('webhook.clear')}</p>}
      </div>
      <div className="buttons">
        {auditWebhook ? (
          <>
            <Popconfirm
              title={t('webhook.renewSure', { name })}
              description={t('webhook.renewHelp')}
              okText={t('webhook.renew')}
              onConfirm={open}
            >
              <Button loading={opening.isPending}>{t('webhook.renew')}</Button>
            </Popconfirm>
            <Popconfirm
              title={t('webhook.endSure', { name })}
              description={t('webhook.endHelp')}
              okText={t('webhook.end')}
              onConfirm={end}
            >
              <Button danger loading={ending.isPending}>
                {t('webhook.end')}
              </Button>
            </Popconfirm>
          </>
        ) : (
          <Button type="primary" loading={opening.isPending} onClick={open}>
            {t('webhook.create')}
          </Button>
        )}
      </div>
      {opening.isError && <Failure error={opening.error} />}
      {ending.isError && <Failure error={ending.error} />}
      {token && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={t('webhook.once')}
          description={t('webhook.onceHelp')}
        />
      )}
      <Snippet title={t('webhook.url')} text={url} />
      <Snippet
        title={t('webhook.file')}
        help={t('webhook.fileHelp')}
        text={webhookConfig(url, token ?? t('webhook.placeholder'))}
      />
      <Snippet title={t('webhook.policy')} help={t('webhook.policyHelp')} text={AUDIT_POLICY} />
      <Snippet title={t('webhook.flags')} text={API_SERVER_OPTIONS} />
    </div>
  );
}

function Snippet({ title, help, text }: { title: string; help?: string; text: string }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        <CopyButton what={title} text={text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <pre className="panel object-text" tabIndex={0}>
        {text}
      </pre>
      {help && <p className="quiet small">{help}</p>}
    </section>
  );
}
