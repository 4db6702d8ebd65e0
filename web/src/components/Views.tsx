import { Link } from 'react-router';

/** Ways to look at the same thing, each with an address of its own. */
export function Views({
  label,
  views,
  current,
}: {
  label: string;
  views: readonly { name: string; text: string; to: string }[];
  /** Name of the one that is shown. */
  current: string;
}) {
  return (
    <nav className="views" aria-label={label}>
      {views.map(({ name, text, to }) => (
        <Link key={name} to={to} aria-current={name === current ? 'page' : undefined}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
