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
}
