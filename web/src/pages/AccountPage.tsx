import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { changePassword } from '../api/client';
import { SESSION, useSession } from '../api/queries';
import { Failure } from '../components/Failure';
import { useWord } from '../i18n';

const SHORTEST_PASSWORD = 12;

interface Passwords {
  current: string;
  next: string;
  again: string;
}

export function Component() {
  const { t } = useTranslation();
  const word = useWord();
  const { data: session } = useSession();
  const queries = useQueryClient();
  const [form] = Form.useForm<Passwords>();
  const change = useMutation({
    mutationFn: ({ current, next }: Passwords) => changePassword(current, next),
    onSuccess: async () => {
      form.resetFields();
      await queries.invalidateQueries({ queryKey: SESSION });
    },
  });
  const required = { required: true, message: t('login.required') };

  return (
    <div className="narrow stack">
      <title>{`${t('account.title')} · Bridgewatch`}</title>
      <h1>{t('account.title')}</h1>
      <section className="panel">
        <dl className="facts">
          <dt>{t('login.username')}</dt>
          <dd>{session?.username}</dd>
          <dt>{t('account.roles')}</dt>
          <dd>{session?.roles.map((role) => word('roles', role)).join(', ')}</dd>
        </dl>
      </section>
      <section className="panel stack">
        <h2>{t('account.change')}</h2>
        {session?.initialPassword && !change.isSuccess && (
          <Alert type="warning" showIcon title={t('account.initial')} />
        )}
        {change.isError && <Failure error={change.error} />}
        {change.isSuccess && <Alert type="success" showIcon title={t('account.done')} />}
        <Form<Passwords>
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(values) => change.mutate(values)}
        >
          <Form.Item name="current" label={t('account.current')} rules={[required]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item
            name="next"
            label={t('account.next')}
            rules={[required, { min: SHORTEST_PASSWORD, message: t('account.tooShort') }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={t('account.again')}
            dependencies={['next']}
            rules={[
              required,
              ({ getFieldValue }) => ({
                validator: (_, again) =>
                  again === getFieldValue('next')
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('account.differs'))),
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t('account.submit')}
          </Button>
        </Form>
      </section>
    </div>
  );
}
