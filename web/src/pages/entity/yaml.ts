/** What a YAML reader would take for something else than this text unless it is quoted. */
const AMBIGUOUS =
  /^$|^[\s\-?:,[\]{}#&*!|>'"%@`]|[:#]\s|:$|\s$|\s#|^(?:true|false|yes|no|on|off|null|~|y|n)$|^[-+.\d]/i;

/** An object as `kubectl get -o yaml` would write it: two spaces, long texts as blocks. */
export function toYaml(value: unknown): string {
  return `${lines(value).join('\n')}\n`;
}

function lines(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const [first = '', ...rest] = nested(item) ? lines(item) : [scalar(item)];
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  }
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([name, inner]) => entry(quoted(name), inner));
  }
  return [scalar(value)];
}

function entry(name: string, value: unknown): string[] {
  if (nested(value)) {
    const inner = lines(value);
    return [`${name}:`, ...(Array.isArray(value) ? inner : inner.map((line) => `  ${line}`))];
  }
  if (typeof value === 'string' && value.includes('\n') && !/^\s|\r|\t|\n\n$/.test(value)) {
    const text = value.endsWith('\n') ? value.slice(0, -1) : value;
    const mark = value.endsWith('\n') ? '|' : '|-';
    return [`${name}: ${mark}`, ...text.split('\n').map((line) => (line ? `  ${line}` : ''))];
  }
  return [`${name}: ${scalar(value)}`];
}

/** Whether it needs lines of its own. */
function nested(value: unknown): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).length > 0;
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return '[]';
  if (value !== null && typeof value === 'object') return '{}';
  return value === undefined ? 'null' : String(value);
}

function quoted(text: string): string {
  return AMBIGUOUS.test(text) || /[\n\r\t]/.test(text) ? JSON.stringify(text) : text;
}
