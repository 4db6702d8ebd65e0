package io.bridgewatch.hub;

import io.bridgewatch.ports.LiveIncidentStore;
import io.bridgewatch.ports.Retained;
import io.bridgewatch.ports.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The recordings that live incidents rest on, as something that is kept for some time and takes
 * room. An incident that is closed is forgotten with its recording, first closed first; one that is
 * open stays.
 */
@Component
final class LiveRecordings implements Retained {

  private final LiveIncidentStore store;
  private final KeptRecordings recordings;

  LiveRecordings(LiveIncidentStore store, KeptRecordings recordings) {
    this.store = store;
    this.recordings = recordings;
  }

  @Override
  public Kind kind() {
    return Kind.RECORDINGS;
  }

  @Override
  public long bytes() {
    return store.extent().bytes();
  }

  @Override
  public Instant oldest() {
    return store.extent().oldest();
  }

  @Override
  public void forgetBefore(Instant time) {
    store.forgetClosedBefore(time).forEach(recordings::removeUnlessNeeded);
  }

  /** The room of these and of all that another storage keeps. */
  Storage beside(Storage storage) {
    return new Storage() {
      @Override
      public List<Retained> retained() {
        var all = new ArrayList<>(storage.retained());
        all.add(LiveRecordings.this);
        return all;
      }

      @Override
      public long usableBytes() {
        return storage.usableBytes();
      }
    };
  }
}
