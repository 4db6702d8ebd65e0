/** Maps up to this size are shown whole; beyond, calm neighbours are folded away. */
export const SHOWN_WHOLE = 14;
