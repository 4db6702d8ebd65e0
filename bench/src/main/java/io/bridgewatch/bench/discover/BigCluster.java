package io.bridgewatch.bench.discover;

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/** A cluster that can be read and told to change. */
interface BigCluster extends AutoCloseable {
  URI url();

  /**
   * Changes pods.
   *
   * @param told gets each change about when it is made
   */
  void change(int count, int perSecond, Consumer<PodChanges.Change> told) throws IOException;

  State state() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * What there is.
   *
   * @param restarts of all pods together
   */
  record State(int pods, long restarts) {}
}
