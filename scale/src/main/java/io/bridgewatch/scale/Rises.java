package io.bridgewatch.scale;

/** How far a load will rise after each of its steps; of a step only what was before is known. */
interface Rises {

  /**
   * The factor, as a logarithm, by which the load will at most rise.
   *
   * @param ahead steps; zero for none, which is no rise
   * @param errors usual errors above what is expected
   */
  double rise(int step, int ahead, double errors);

  /**
   * The rise that comes back at this time of the day, as a logarithm; zero for none.
   *
   * @param ahead steps
   */
  double recurring(int step, int ahead);
}
