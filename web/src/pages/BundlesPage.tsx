import { DownloadOutlined, InboxOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { Alert, Button, Progress, Upload } from 'antd';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { bundleUrl, cancelJob, Problem, uploadBundle } from '../api/client';
import { isFinal, useBundles, useJob } from '../api/queries';
import type { ImportedBundle, Job, Rejection } from '../api/types';
import { DataTable } from '../components/DataTable';
import { EmptyState } from '../components/EmptyState';
import { Failure } from '../components/Failure';
import { Loading } from '../components/Loading';
import { Pager, usePaging } from '../components/Pager';
import { Time } from '../components/Time';
import { formatBytes } from '../format/value';

export function Component() {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <title>{`${t('bundles.title')} · Bridgewatch`}</title>
      <h1>{t('bundles.title')}</h1>
      <Import />
      <Imported />
    </div>
  );
}

/** Sends a file and follows its job; the job's id is in the address, so a reload goes on with it. */
function Import() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [parameters, setParameters] = useSearchParams();
  const jobId = parameters.get('job');
  const job = useJob(jobId);
  const [sent, setSent] = useState(0);
  const [refused, setRefused] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);

  const upload = useMutation({
    mutationFn: (file: File) => {
      const controller = new AbortController();
      abort.current = controller;
      setSent(0);
      return uploadBundle(file, setSent, controller.signal);
    },
    onSuccess: ({ id }) => setParameters({ job: id }, { replace: true }),
  });
  const cancel = useMutation({
    mutationFn: cancelJob,
    onSettled: () => queries.invalidateQueries({ queryKey: ['job', jobId] }),
  });

  const ended = isFinal(job.data);
  useEffect(() => {
    if (!ended) return;
    void queries.invalidateQueries({ queryKey: ['bundles'] });
    void queries.invalidateQueries({ queryKey: ['incidents'] });
  }, [ended, queries]);

  const again = () => {
    upload.reset();
    setParameters({}, { replace: true });
  };
  const choose = (file: File) => {
    const fits = /\.(zip|tar\.gz|tgz)$/i.test(file.name);
    setRefused(fits ? null : file.name);
    if (fits) upload.mutate(file);
  };

  if (upload.isPending) {
    return (
      <section className="panel stack" aria-live="polite">
        <Step
          title={t('bundles.uploading', { name: upload.variables.name })}
          share={sent}
          action={<Button onClick={() => abort.current?.abort()}>{t('bundles.cancel')}</Button>}
        />
      </section>
    );
  }
  if (jobId !== null) {
    return (
      <section className="panel stack" aria-live="polite">
        {job.isError && <Failure error={job.error} onRetry={() => void job.refetch()} />}
        {cancel.isError && <Failure error={cancel.error} />}
        {job.data && !ended && (
          <Step
            title={t(
              `bundles.${job.data.state === 'QUEUED' ? 'QUEUED' : (job.data.step ?? 'READ')}`,
            )}
            share={job.data.progress}
            action={
              <Button loading={cancel.isPending} onClick={() => cancel.mutate(jobId)}>
                {t('bundles.cancel')}
              </Button>
            }
          />
        )}
        {job.data && ended && <Outcome job={job.data} />}
        {(ended || job.isError) && (
          <div>
            <Button onClick={again}>{t('bundles.again')}</Button>
          </div>
        )}
      </section>
    );
  }
  return (
    <section className="stack">
      {upload.isError && !isAbort(upload.error) && <Failure error={upload.error} />}
      {refused && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t('bundles.wrongType', { name: refused })}
        />
      )}
      <Upload.Dragger
        accept=".zip,.tgz,.gz"
        showUploadList={false}
        maxCount={1}
        beforeUpload={(file) => {
          choose(file);
          return false;
        }}
      >
        <p className="drop-icon">
          <InboxOutlined />
        </p>
        <p className="strong">{t('bundles.drop')}</p>
        <p className="quiet small">{t('bundles.dropHint')}</p>
      </Upload.Dragger>
    </section>
  );
}

function isAbort(error: unknown): boolean {
  return (
    !(error instanceof Problem) && error instanceof DOMException && error.name === 'AbortError'
  );
}

function Step({ title, share, action }: { title: string; share: number; action: ReactNode }) {
  return (
    <div className="step">
      <div className="step-bar">
        <div className="strong">{title}</div>
        <Progress percent={Math.round(share * 100)} status="active" aria-label={title} />
      </div>
      {action}
    </div>
  );
}

function Outcome({ job }: { job: Job }) {
  const { t } = useTranslation();
  return (
    <>
      {job.state === 'DONE' && (
        <Alert
          type={job.incidents.length > 0 ? 'success' : 'info'}
          showIcon
          title={t('bundles.DONE')}
          description={
            job.incidents.length > 0
              ? t('bundles.found', { count: job.incidents.length })
              : t('bundles.foundNone')
          }
          action={job.incidents.map((id) => (
            <div key={id}>
              <Link to={`/incidents/${encodeURIComponent(id)}`}>{t('bundles.open')}</Link>
            </div>
          ))}
        />
      )}
      {job.state === 'FAILED' && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t('bundles.FAILED')}
          description={
            job.error && (
              <>
                <div>{job.error.detail}</div>
                <div className="quiet small">
                  {t('errors.reason', { reason: job.error.reason })}
                </div>
              </>
            )
          }
        />
      )}
      {job.state === 'CANCELLED' && <Alert type="info" showIcon title={t('bundles.CANCELLED')} />}
      {job.rejections.length > 0 && <Rejections rejections={job.rejections} />}
    </>
  );
}

function Rejections({ rejections }: { rejections: Rejection[] }) {
  const { t, i18n } = useTranslation();
  const columns = useMemo<ColumnDef<Rejection>[]>(
    () => [
      {
        header: t('bundles.file'),
        cell: ({ row }) => <span className="mono">{row.original.file}</span>,
      },
      { header: t('bundles.reason'), cell: ({ row }) => row.original.reason },
      {
        header: t('bundles.count'),
        cell: ({ row }) => row.original.count.toLocaleString(i18n.language),
        meta: { className: 'number' },
      },
      { header: t('bundles.firstAt'), cell: ({ row }) => row.original.firstAt },
    ],
    [t, i18n.language],
  );
  return (
    <div>
      <h3>{t('bundles.rejections')}</h3>
      <p className="quiet small">{t('bundles.rejectionsHelp')}</p>
      <DataTable
        label={t('bundles.rejections')}
        columns={columns}
        rows={rejections}
        rowKey={(row) => `${row.file} ${row.reason}`}
      />
    </div>
  );
}

function Imported() {
  const { t, i18n } = useTranslation();
  const paging = usePaging();
  const bundles = useBundles(paging.cursor);
  const [open, setOpen] = useState<string | null>(null);
  const columns = useMemo<ColumnDef<ImportedBundle>[]>(
    () => [
      {
        header: t('bundles.name'),
        cell: ({ row }) => <span className="strong">{row.original.name}</span>,
        meta: { className: 'wide' },
      },
      {
        header: t('bundles.window'),
        cell: ({ row }) => (
          <>
            <Time value={row.original.window.from} /> –{' '}
            <Time clock value={row.original.window.to} />
          </>
        ),
        meta: { className: 'nowrap' },
      },
      {
        header: t('bundles.importedAt'),
        cell: ({ row }) => <Time value={row.original.importedAt} />,
        meta: { className: 'nowrap' },
      },
      {
        header: t('bundles.incidents'),
        cell: ({ row: { original } }) => (
          <Link to={`/incidents?bundle=${encodeURIComponent(original.name)}`}>
            {original.incidents}
          </Link>
        ),
        meta: { className: 'number' },
      },
      {
        header: t('bundles.size'),
        cell: ({ row }) => formatBytes(row.original.sizeBytes, i18n.language),
        meta: { className: 'number nowrap' },
      },
      {
        header: t('bundles.rejected'),
        cell: ({ row: { original } }) => {
          const count = original.rejections.reduce((sum, one) => sum + one.count, 0);
          return count === 0 ? (
            '0'
          ) : (
            <Button
              type="link"
              size="small"
              aria-label={t('bundles.showRejected', { name: original.name })}
              onClick={() => setOpen((before) => (before === original.name ? null : original.name))}
            >
              {count.toLocaleString(i18n.language)}
            </Button>
          );
        },
        meta: { className: 'number' },
      },
      {
        header: t('bundles.archive'),
        cell: ({ row: { original } }) => (
          <Button
            type="text"
            size="small"
            icon={<DownloadOutlined />}
            href={bundleUrl(original.digest)}
            download
            aria-label={t('bundles.download', { name: original.name })}
          />
        ),
        meta: { className: 'number' },
      },
    ],
    [t, i18n.language],
  );
  const shown = bundles.data?.items.find((one) => one.name === open);

  return (
    <section className="stack">
      <h2>{t('bundles.list')}</h2>
      {bundles.isPending && <Loading rows={3} />}
      {bundles.isError && <Failure error={bundles.error} onRetry={() => void bundles.refetch()} />}
      {bundles.data && bundles.data.items.length === 0 && (
        <EmptyState title={t('bundles.emptyTitle')} text={t('bundles.emptyText')} />
      )}
      {bundles.data && bundles.data.items.length > 0 && (
        <div className="panel flush">
          <DataTable
            label={t('bundles.list')}
            columns={columns}
            rows={bundles.data.items}
            rowKey={(row) => `${row.name} ${row.importedAt}`}
            stale={bundles.isPlaceholderData}
          />
          <Pager paging={paging} next={bundles.data.next} total={bundles.data.total} />
        </div>
      )}
      {shown && (
        <div className="panel">
          <Rejections rejections={shown.rejections} />
        </div>
      )}
    </section>
  );
}
