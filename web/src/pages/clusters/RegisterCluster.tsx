import { Alert, Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClusterCheck, useClusterRegistration } from '../../api/discovery';
import type { Cluster, ClusterCheck, ClusterRegistration } from '../../api/types';
import { Failure } from '../../components/Failure';

interface Filled {
  name: string;
  apiUrl: string;
  certificateAuthority?: string;
  token?: string;
  clientCertificate?: string;
  clientKey?: string;
}

/**
 * Registers a cluster, or replaces what opens a registered one. It is tried before it is kept; what
 * is typed here goes to the hub and is never shown again.
 */
export function RegisterCluster({
  replaced,
  onDone,
}: {
  replaced: Cluster | null;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Filled>();
  const [by, setBy] = useState<'token' | 'certificate'>('token');
  const check = useClusterCheck();
  const registration = useClusterRegistration(replaced?.name ?? null);
  const required = [{ required: true, message: t('login.required') }];
  const checked = check.data?.reachable === true;

  const filled = async (): Promise<ClusterRegistration | null> => {
    try {
      return bodyOf(await form.validateFields(), by);
    } catch {
      return null; // the fields say what is missing
    }
  };
  const tryIt = async () => {
    const body = await filled();
    if (body) check.mutate(body);
  };
  const keep = async () => {
    const body = await filled();
    if (body) registration.mutate(body, { onSuccess: onDone });
  };
  return (
    <Form<Filled>
      form={form}
      layout="vertical"
      autoComplete="off"
      requiredMark={false}
      initialValues={{ name: replaced?.name ?? '', apiUrl: replaced?.apiUrl ?? '' }}
      onValuesChange={() => {
        check.reset();
        registration.reset();
      }}
    >
      <Form.Item name="name" label={t('clusters.name')} rules={required}>
        <Input maxLength={63} disabled={replaced !== null} />
      </Form.Item>
      <Form.Item name="apiUrl" label={t('clusters.apiUrl')} rules={required}>
        <Input placeholder="https://10.0.0.1:6443" />
      </Form.Item>
      <Form.Item
        name="certificateAuthority"
        label={t('clusters.authority')}
        extra={t('clusters.authorityHelp')}
      >
        <Input.TextArea rows={3} className="mono" placeholder="-----BEGIN CERTIFICATE-----" />
      </Form.Item>
      <Form.Item label={t('clusters.opens')}>
        <Radio.Group
          value={by}
          onChange={(event) => {
            setBy(event.target.value as typeof by);
            check.reset();
          }}
          options={[
            { value: 'token', label: t('clusters.token') },
            { value: 'certificate', label: t('clusters.certificate') },
          ]}
        />
      </Form.Item>
      {by === 'token' ? (
        <Form.Item
          name="token"
          label={t('clusters.token')}
          rules={required}
          extra={t('clusters.credentialHelp')}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      ) : (
        <>
          <Form.Item name="clientCertificate" label={t('clusters.certificate')} rules={required}>
            <Input.TextArea rows={3} className="mono" placeholder="-----BEGIN CERTIFICATE-----" />
          </Form.Item>
          <Form.Item
            name="clientKey"
            label={t('clusters.key')}
            rules={required}
            extra={t('clusters.credentialHelp')}
          >
            <Input.TextArea rows={3} className="mono secret" autoComplete="off" />
          </Form.Item>
        </>
      )}
      <div className="stack">
        {check.isError && <Failure error={check.error} />}
        {check.data && <Outcome check={check.data} />}
        {registration.isError && <Failure error={registration.error} />}
        <div className="buttons">
          <Button
            type={checked ? 'default' : 'primary'}
            loading={check.isPending}
            onClick={() => void tryIt()}
          >
            {t('clusters.check')}
          </Button>
          <Button
            type={checked ? 'primary' : 'default'}
            disabled={!checked}
            loading={registration.isPending}
            onClick={() => void keep()}
          >
            {replaced ? t('clusters.replace') : t('clusters.register')}
          </Button>
          {!checked && <span className="quiet small">{t('clusters.checkFirst')}</span>}
        </div>
      </div>
    </Form>
  );
}

function bodyOf(filled: Filled, by: 'token' | 'certificate'): ClusterRegistration {
  const text = (value: string | undefined) => (value?.trim() ? value.trim() : null);
  return {
    name: filled.name.trim(),
    apiUrl: filled.apiUrl.trim(),
    certificateAuthority: text(filled.certificateAuthority),
    token: by === 'token' ? text(filled.token) : null,
    clientCertificate: by === 'certificate' ? text(filled.clientCertificate) : null,
    clientKey: by === 'certificate' ? text(filled.clientKey) : null,
  };
}

function Outcome({ check }: { check: ClusterCheck }) {
  const { t } = useTranslation();
  if (!check.reachable) {
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t('clusters.unreachable')}
        description={check.error}
      />
    );
  }
  return (
    <Alert
      type={check.denied.length > 0 ? 'warning' : 'success'}
      showIcon
      title={t('clusters.reached', { version: check.version ?? '?' })}
      description={
        <>
          <div>{t('clusters.readable', { count: check.readable.length })}</div>
          {check.denied.length > 0 && (
            <div>
              {t('clusters.denied')} <span className="mono">{check.denied.join(', ')}</span>
            </div>
          )}
        </>
      }
    />
  );
}
