package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.WatchEvent;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What the watches of one cluster share. */
interface Cluster {

  Time time();

  FeedSettings settings();

  RandomGenerator random();

  Masking masking();

  Interner interner();

  Statuses statuses();

  ListSlots slots();

  /** Whether the feed is being closed: nobody listens any more. */
  boolean closing();

  /** Waits until the API server is known to answer. */
  void awaitReachable() throws InterruptedException;

  /** A request went wrong in a way that any other would, too: somebody should look. */
  void suspect(ApiException failure);

  /** Sends a GET, within the cluster's limit of requests. */
  ApiConnection.Answer get(String what, String path, Duration patience)
      throws ApiException, InterruptedException;

  /** Whether the server is not known to refuse streamed lists. */
  boolean streamsLists();

  /** The server refused a streamed list: nobody need try again. */
  void streamsNoLists();

  /** Tells what was heard. */
  void tell(Observation observation) throws InterruptedException;

  /** The definition of a custom resource was seen. */
  void defined(WatchEvent.Type type, KubernetesObject definition) throws InterruptedException;

  /** All definitions are about to be seen anew, or have been. */
  void definitionsListed(boolean complete) throws InterruptedException;
}
