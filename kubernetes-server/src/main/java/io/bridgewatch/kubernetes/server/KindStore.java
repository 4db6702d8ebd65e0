package io.bridgewatch.kubernetes.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;

/**
 * The objects of one kind, its last changes, and who watches them. Everything here happens under
 * the lock of {@link ObjectStore}.
 *
 * <p>Changes stand in a ring of bounded size, numbered without gaps; a watch is a position in it,
 * so that any number of watches share the changes. When the ring is full the oldest change goes,
 * and versions before it cannot be resumed from or listed any more.
 */
final class KindStore {
  private final int window;
  private final Condition changed;
  private final List<Watch> watches = new ArrayList<>();
  private ObjectTree objects = ObjectTree.EMPTY;
  private Change[] ring = new Change[16];
  private long first;
  private long next;

  /** The objects before the first change that is still known. */
  private ObjectTree oldest = ObjectTree.EMPTY;

  /** The newest version of a change that is no longer known. */
  private long forgotten;

  KindStore(int window, Condition changed) {
    this.window = window;
    this.changed = changed;
  }

  ObjectTree objects() {
    return objects;
  }

  Condition changed() {
    return changed;
  }

  /** Position after the newest change. */
  long end() {
    return next;
  }

  /** The version of the newest change; 0 if there was none. */
  long newest() {
    return next > first ? change(next - 1).version() : forgotten;
  }

  long forgotten() {
    return forgotten;
  }

  void append(Change change) {
    if (next - first == ring.length) {
      if (ring.length < window) {
        grow();
      } else {
        forgetFirst();
      }
    }
    ring[slot(next)] = change;
    next++;
    objects = change.after();
    changed.signalAll();
  }

  /** Forgets all changes: only the newest version can be resumed from. */
  void compact(long version) {
    first = next;
    ring = new Change[16];
    oldest = objects;
    forgotten = version;
    changed.signalAll();
  }

  void clear(long version) {
    objects = ObjectTree.EMPTY;
    compact(version);
  }

  /** The objects as they were at a version, absent when that has been forgotten. */
  Optional<ObjectTree> at(long version) {
    if (version < forgotten) {
      return Optional.empty();
    }
    var position = firstAfter(version);
    return Optional.of(position == first ? oldest : change(position - 1).after());
  }

  /** Position of the first known change after a version. */
  long firstAfter(long version) {
    var low = first;
    var high = next;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (change(middle).version() <= version) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  boolean isKnown(long position) {
    return position >= first;
  }

  List<Change> changes(long position, int most) {
    var count = (int) Math.min(most, next - position);
    var changes = new ArrayList<Change>(count);
    for (var i = 0; i < count; i++) {
      changes.add(change(position + i));
    }
    return changes;
  }

  List<Watch> watches() {
    return watches;
  }

  private Change change(long position) {
    return ring[slot(position)];
  }

  private int slot(long position) {
    return (int) (position % ring.length);
  }

  private void grow() {
    var bigger = new Change[Math.min(window, ring.length * 2)];
    for (var position = first; position < next; position++) {
      bigger[(int) (position % bigger.length)] = change(position);
    }
    ring = bigger;
  }

  private void forgetFirst() {
    var change = change(first);
    oldest = change.after();
    forgotten = change.version();
    first++;
  }
}
