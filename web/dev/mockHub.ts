import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import type { AuditEntry, ImportedBundle, Job, Language, Session } from '../src/api/types';
import { InventedCluster } from './cluster.ts';
import { incident, LARGE, MAIN, summaries, WEAK } from './fixture.ts';
import { InventedSignals } from './signals.ts';

/**
 * A hub that knows three invented incidents and a cluster, so that the UI can be worked on alone: `npm run dev`,
 * then any name with the password `bridgewatch`. Only the dev server has it; it is never built in.
 */
export function mockHub(): Plugin {
  const hub = new MockHub();
  return {
    name: 'bridgewatch-mock-hub',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use('/api/v1', (request, response) => hub.answer(request, response));
    },
    configurePreviewServer(server) {
      server.middlewares.use('/api/v1', (request, response) => hub.answer(request, response));
    },
  };
}

class MockHub {
  private session: Session | null = null;
  private readonly jobs = new Map<string, { polls: number; cancelled: boolean; file: string }>();
  private readonly audit: AuditEntry[] = [];
  private imported = true;

  answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://mock');
    const lang: Language = url.searchParams.get('lang') === 'zh' ? 'zh' : 'en';
    const route = `${request.method} ${url.pathname}`;
    readBody(request, (body) => {
      if (route === 'POST /session') return this.logIn(body, response);
      if (this.session === null) {
        return problem(response, 401, 'Unauthenticated', 'Log in first.');
      }
      if (route === 'GET /session') return json(response, 200, this.session);
      if (route === 'DELETE /session') {
        this.session = null;
        return json(response, 204);
      }
      if (route === 'PUT /session/password') return this.changePassword(body, response);
      if (route === 'GET /about') return json(response, 200, ABOUT);
      if (route === 'GET /incidents') return this.incidents(url, lang, response);
      if (route === 'GET /bundles') return this.bundles(response);
      if (route === 'POST /bundles') return this.upload(body, response);
      if (route === 'GET /audit/verification') {
        return json(response, 200, { entries: this.audit.length, intact: true, firstBroken: null });
      }
      if (route === 'GET /audit') return this.auditPage(url, response);
      if (route === 'GET /logs/tail') return follow(response);
      if (request.method === 'GET') {
        const told =
          new InventedSignals(Date.now()).answer(url) ??
          new InventedCluster(Date.now(), lang).answer(url);
        if (told !== undefined) return json(response, 200, told);
      }
      if (route === 'POST /clusters/check') return json(response, 200, CHECK);
      const job = /^(GET|DELETE) \/jobs\/(.+)$/.exec(route);
      if (job) return this.job(job[1] ?? '', job[2] ?? '', response);
      const one = /^GET \/incidents\/([^/]+)(\/report)?$/.exec(route);
      const found = one && incident(one[1] ?? '', lang);
      if (found) return json(response, 200, found);
      return problem(response, 404, 'NotFound', `There is no ${url.pathname} here.`);
    });
  }

  private logIn(body: string, response: ServerResponse): ServerResponse {
    const { username, password } = JSON.parse(body) as { username: string; password: string };
    const right = password === 'bridgewatch';
    this.note(username, right ? 'LOGIN' : 'LOGIN_FAILED', '');
    if (!right) {
      return problem(response, 401, 'BadCredentials', 'User name and password do not match.');
    }
    const roles = username === 'viewer' ? ['OPERATOR' as const] : ['ADMIN' as const];
    this.session = { username, roles, initialPassword: true, csrfToken: 'mock' };
    return json(response, 200, this.session);
  }

  private changePassword(body: string, response: ServerResponse): ServerResponse {
    const { current } = JSON.parse(body) as { current: string };
    if (current !== 'bridgewatch') {
      return problem(response, 403, 'BadCredentials', 'The current password is not right.');
    }
    this.note('admin', 'PASSWORD_CHANGED', '');
    if (this.session) this.session = { ...this.session, initialPassword: false };
    return json(response, 204);
  }

  private incidents(url: URL, lang: Language, response: ServerResponse): ServerResponse {
    const q = (url.searchParams.get('q') ?? '').toLowerCase();
    const items = this.imported
      ? summaries(lang).filter((item) => item.title.toLowerCase().includes(q))
      : [];
    return json(response, 200, { items, next: null, total: items.length });
  }

  private bundles(response: ServerResponse): ServerResponse {
    const items: ImportedBundle[] = [MAIN, WEAK, LARGE].flatMap((id) => {
      const one = incident(id, 'en');
      return one
        ? {
            name: one.bundle,
            digest: '5f0c'.repeat(16),
            window: one.window,
            importedAt: one.importedAt,
            incidents: 1,
            sizeBytes: 18_403_221,
            rejections: id === WEAK ? REJECTIONS : [],
          }
        : [];
    });
    return json(response, 200, { items, next: null, total: items.length });
  }

  private upload(body: string, response: ServerResponse): ServerResponse {
    const file = /filename="([^"]+)"/.exec(body)?.[1] ?? 'bundle.zip';
    const id = `job-${this.jobs.size + 1}`;
    this.jobs.set(id, { polls: 0, cancelled: false, file });
    this.note('admin', 'BUNDLE_IMPORTED', file);
    return json(response, 202, { job: id });
  }

  private job(method: string, id: string, response: ServerResponse): ServerResponse {
    const job = this.jobs.get(id);
    if (!job) return problem(response, 404, 'NotFound', `There is no job ${id}.`);
    if (method === 'DELETE') {
      job.cancelled = true;
      return json(response, 204);
    }
    job.polls++;
    const done = job.polls > 8;
    const failed = done && job.file.includes('broken');
    const state: Job = {
      id,
      state: job.cancelled ? 'CANCELLED' : failed ? 'FAILED' : done ? 'DONE' : 'RUNNING',
      step: job.polls > 6 ? 'STORE' : job.polls > 3 ? 'DIAGNOSE' : 'READ',
      progress: Math.min(1, job.polls / 8),
      incidents: done && !failed ? [MAIN] : [],
      rejections: done ? REJECTIONS : [],
      error: failed ? { reason: 'NoBundleJson', detail: 'bundle.json is missing.' } : null,
    };
    return json(response, 200, state);
  }

  private auditPage(url: URL, response: ServerResponse): ServerResponse {
    const action = url.searchParams.get('action');
    const user = url.searchParams.get('user');
    const items = this.audit.filter(
      (entry) => (!action || entry.action === action) && (!user || entry.user === user),
    );
    return json(response, 200, { items: [...items].reverse(), next: null, total: items.length });
  }

  private note(user: string, action: AuditEntry['action'], detail: string): void {
    const time = new Date().toISOString();
    this.audit.push({ time, user, action, address: '127.0.0.1', detail });
  }
}

const ABOUT = {
  version: '0.1.0',
  build: 'dev',
  java: '25',
  startedAt: '2026-03-14T18:00:00.000Z',
  demo: true,
  openIncident: MAIN,
};

const CHECK = {
  reachable: true,
  version: 'v1.36.2',
  readable: ['pods', 'nodes'],
  denied: ['networkpolicies.networking.k8s.io'],
  error: null,
};

const REJECTIONS = [
  { file: 'metrics.jsonl', reason: 'InvalidJson', count: 3, firstAt: 'line 4411' },
  { file: 'logs.jsonl.gz', reason: 'TimeOutsideWindow', count: 118, firstAt: 'line 2' },
];

function readBody(request: IncomingMessage, then: (body: string) => unknown): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => then(Buffer.concat(chunks).toString('latin1')));
}

/** A line a second, until the reader goes. */
function follow(response: ServerResponse): void {
  response.setHeader('Content-Type', 'text/event-stream');
  const timer = setInterval(() => {
    const items = [new InventedSignals(Date.now()).line(0)];
    response.write(`event: lines\ndata: ${JSON.stringify({ items, skipped: 0 })}\n\n`);
  }, 1_000);
  response.on('close', () => clearInterval(timer));
}

function json(response: ServerResponse, status: number, body?: unknown): ServerResponse {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  return response.end(body === undefined ? '' : JSON.stringify(body));
}

function problem(
  response: ServerResponse,
  status: number,
  reason: string,
  detail: string,
): ServerResponse {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/problem+json');
  return response.end(JSON.stringify({ title: reason, status, reason, detail }));
}
