package io.bridgewatch.adapter.store;

import io.bridgewatch.model.SeriesKey;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one series in memory, and its samples that are in no chunk yet: those in order
 * encoded as they come, late ones apart. Guarded by the store's lock, but for key and number.
 */
final class MetricSeries {

  /** Samples after which a chunk is made: two hours at one in 15 s. */
  static final int MOST_IN_HEAD = 480;

  private static final int FIRST_HEAD_BYTES = 48;
  private static final byte[] NOTHING = {};

  final int id;
  final SeriesKey key;

  /** The same key, as it came last: mostly it is that very object again. */
  SeriesKey lastKey;

  /** Whether the log or the dictionary on disk has the key. */
  boolean isDefined;

  /** Whether the dictionary on disk has it. */
  boolean isInDictionary;

  /** Times of the oldest and newest samples ever; the first is the later if there were none. */
  long oldest = Long.MAX_VALUE;

  long newest = Long.MIN_VALUE;

  /** The newest that was logged, though it may not have been added yet. */
  long newestLogged = Long.MIN_VALUE;

  /** Bits of the newest sample's value. */
  long newestBits;

  /** The newest time in a chunk, and the bits of its value. */
  long newestInChunk = Long.MIN_VALUE;

  long newestBitsInChunk;

  /** Records of the log up to this one hold nothing that is not in chunks. */
  long chunkedUpTo;

  /** The log's segment that has the first sample that is in no chunk. */
  long oldestSegment;

  /** The segment in which a value was last logged, and that. */
  long loggedSegment = -1;

  long loggedBits;

  private byte[] head = NOTHING;
  private int headLength;
  private int headCount;
  private long headStart;
  private long headStep;
  private @Nullable Samples late;

  MetricSeries(int id, SeriesKey key) {
    this.id = id;
    this.key = key;
    this.lastKey = key;
  }

  boolean isEmpty() {
    return newest < oldest;
  }

  /** How many samples are in no chunk. */
  int open() {
    return headCount + (late == null ? 0 : late.size);
  }

  int headCount() {
    return headCount;
  }

  int headBytes() {
    return head.length;
  }

  int headLength() {
    return headLength;
  }

  long headStart() {
    return headStart;
  }

  int lateCount() {
    return late == null ? 0 : late.size;
  }

  /** Adds a sample that is newer than all. */
  void add(long time, long bits) {
    var out = new ByteSink(headCount == 0 ? new byte[FIRST_HEAD_BYTES] : head, headLength);
    if (headCount == 0) {
      headStart = time;
      headStep = 0;
      out.value(0, bits);
    } else {
      long step = time - newest;
      out.signed(step - headStep).value(newestBits, bits);
      headStep = step;
    }
    head = out.bytes;
    headLength = out.length;
    headCount++;
    seen(time);
    newest = time;
    newestBits = bits;
  }

  /** Adds an older one, of a time that has none. */
  void addLate(long time, long bits) {
    if (late == null) {
      late = new Samples(4);
    }
    late.insert(time, bits);
    seen(time);
  }

  private void seen(long time) {
    oldest = Math.min(oldest, time);
  }

  /** Notes that samples are in a chunk; they are in order. */
  void chunked(Samples samples) {
    long last = samples.times[samples.size - 1];
    long bits = samples.bits[samples.size - 1];
    seen(samples.times[0]);
    if (last > newestInChunk) {
      newestInChunk = last;
      newestBitsInChunk = bits;
    }
    if (last > newest) {
      newest = last;
      newestBits = bits;
      newestLogged = Math.max(newestLogged, last);
    }
  }

  /** Where a late sample of that time is; negative if there is none. */
  int findLate(long time) {
    return late == null ? -1 : late.find(time);
  }

  long lateBits(int at) {
    return late == null ? 0 : late.bits[at];
  }

  /** The samples that are in no chunk, in order. */
  Samples openSamples() {
    var found = new Samples(open());
    if (late != null) {
      found.addAll(late);
    }
    headSamples(found);
    found.order();
    return found;
  }

  /** Adds the samples that came in order and are in no chunk. */
  void headSamples(Samples into) {
    if (headCount == 0) {
      return;
    }
    var in = new ByteSource(head, 0, headLength);
    long time = headStart;
    long bits = in.value(0);
    long step = 0;
    into.add(time, bits);
    for (int i = 1; i < headCount; i++) {
      step += in.signed();
      time += step;
      bits = in.value(bits);
      into.add(time, bits);
    }
  }

  /** Forgets the samples that are in no chunk: they are in one now, or not wanted. */
  void clearOpen() {
    head = NOTHING;
    headLength = 0;
    headCount = 0;
    late = null;
  }
}
