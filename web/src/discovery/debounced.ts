import { useEffect, useState } from 'react';

const TYPING_PAUSE_MILLIS = 200;

/** A value once it has stayed the same for a moment, so that typing asks once and not per letter. */
export function useDebounced<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const pause = setTimeout(() => setSettled(value), TYPING_PAUSE_MILLIS);
    return () => clearTimeout(pause);
  }, [value]);
  return settled;
}
