import type { Job, Session } from './types';

const BASE = '/api/v1';

/** The hub refused or failed; carries its problem+json (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly reason: string,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(detail || title);
  }
}

/** The hub could not be reached at all: no answer, so no status and no words of its own. */
export const UNREACHABLE = 'HubUnreachable';

let csrfToken = '';
let sessionEnded = () => {};

/** Called when the hub no longer knows the session that a call was made with. */
export function onSessionEnded(listener: () => void): void {
  sessionEnded = listener;
}

/** What a query asks for; a list is told value by value, what is empty not at all. */
export type Query = Record<string, string | number | readonly string[] | null | undefined>;

export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return call<T>('GET', path + queryString(query), undefined, signal);
}

export function post<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  return call<T>('POST', path, body, signal);
}

export function put<T>(path: string, body?: unknown): Promise<T> {
  return call<T>('PUT', path, body);
}

export function remove(path: string): Promise<void> {
  return call<void>('DELETE', path);
}

/** The session of this browser; null where nobody is logged in. */
export async function currentSession(signal?: AbortSignal): Promise<Session | null> {
  try {
    return remember(await call<Session>('GET', '/session', undefined, signal, false));
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) return null;
    throw problem;
  }
}

export async function logIn(username: string, password: string): Promise<Session> {
  return remember(
    await call<Session>('POST', '/session', { username, password }, undefined, false),
  );
}

export async function logOut(): Promise<void> {
  await call<void>('DELETE', '/session', undefined, undefined, false);
  csrfToken = '';
}

export function changePassword(current: string, next: string): Promise<void> {
  return call<void>('PUT', '/session/password', { current, next });
}

export function cancelJob(id: string): Promise<void> {
  return call<void>('DELETE', `/jobs/${encodeURIComponent(id)}`);
}

export function reportUrl(id: string, lang: string): string {
  return `${BASE}/incidents/${encodeURIComponent(id)}/report${queryString({ lang })}`;
}

/** Where the archive of a bundle is downloaded, as it was imported. */
export function bundleUrl(digest: string): string {
  return `${BASE}/bundles/${encodeURIComponent(digest)}/file`;
}

/**
 * Sends a bundle; fetch cannot tell how much of a body has left, so this one is an XMLHttpRequest.
 *
 * @param onProgress share of the file that has been sent, 0 to 1
 */
export function uploadBundle(
  file: File,
  onProgress: (share: number) => void,
  abort: AbortSignal,
): Promise<Pick<Job, 'id'>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${BASE}/bundles`);
    request.setRequestHeader('X-CSRF-Token', csrfToken);
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve({ id: (JSON.parse(request.responseText) as { job: string }).job });
        return;
      }
      const problem = problemOf(request.status, request.responseText, null);
      if (problem.status === 401) sessionEnded();
      reject(problem);
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException('upload cancelled', 'AbortError'));
    abort.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}

async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  sessionNeeded = true,
): Promise<T> {
  const headers: Record<string, string> = {
    Accept: 'application/json, application/problem+json',
  };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET') headers['X-CSRF-Token'] = csrfToken;
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal) init.signal = signal;

  let response: Response;
  try {
    response = await fetch(BASE + path, init);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw unreachable();
  }
  if (!response.ok) {
    const problem = problemOf(
      response.status,
      await response.text(),
      response.headers.get('Retry-After'),
    );
    if (problem.status === 401 && sessionNeeded) sessionEnded();
    throw problem;
  }
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function remember(session: Session): Session {
  csrfToken = session.csrfToken;
  return session;
}

function unreachable(): Problem {
  return new Problem(0, '', '', UNREACHABLE);
}

/** Reads what the hub, or a proxy in front of it, said; a body that is no problem+json is left out. */
function problemOf(status: number, body: string, retryAfter: string | null): Problem {
  let told: { title?: string; detail?: string; reason?: string } = {};
  try {
    told = JSON.parse(body) as typeof told;
  } catch {
    // A proxy's HTML page helps nobody: the status alone is shown.
  }
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
  return new Problem(
    status,
    told.title ?? '',
    told.detail ?? '',
    told.reason ?? `Http${status}`,
    Number.isFinite(seconds) ? seconds : null,
  );
}

function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'object' && value !== null) {
      for (const one of value) parameters.append(name, one);
    } else if (value !== null && value !== undefined && value !== '') {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** Where something of the hub is that the browser reads by itself: a stream of events, a file. */
export function urlOf(path: string, query: Query): string {
  return BASE + path + queryString(query);
}
