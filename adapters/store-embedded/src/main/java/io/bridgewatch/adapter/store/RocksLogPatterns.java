package io.bridgewatch.adapter.store;

import io.bridgewatch.adapter.store.HistoryDb.Family;
import io.bridgewatch.model.LogPattern;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.LogPatternStore;
import io.bridgewatch.ports.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Patterns of log lines by their ids. */
final class RocksLogPatterns implements LogPatternStore {

  private static final byte[] END = {(byte) 0xff};

  private final HistoryDb db;

  RocksLogPatterns(HistoryDb db) {
    this.db = db;
  }

  @Override
  public List<LogPattern> all() {
    var found = new ArrayList<LogPattern>();
    try (var cursor = db.from(Family.LOG_PATTERNS, new byte[0], END)) {
      for (; cursor.isValid(); cursor.next()) {
        found.add(pattern(new Decoder(cursor.value())));
      }
    }
    return found;
  }

  @Override
  public void put(Collection<LogPattern> patterns) {
    try (var batch = db.batch()) {
      for (LogPattern pattern : patterns) {
        batch.put(Family.LOG_PATTERNS, Keys.text(pattern.id()), encoded(pattern));
      }
      batch.commit();
    }
  }

  @Override
  public void remove(Collection<String> ids) {
    try (var batch = db.batch()) {
      ids.forEach(id -> batch.delete(Family.LOG_PATTERNS, Keys.text(id)));
      batch.commit();
    }
  }

  private static byte[] encoded(LogPattern pattern) {
    var out = new Encoder();
    out.plain(pattern.id()).attributes(pattern.source()).plain(pattern.text());
    out.text(pattern.severity().name()).time(pattern.firstSeen()).time(pattern.lastSeen());
    out.unsigned(pattern.lines()).unsigned(pattern.samples().size());
    for (LogPattern.Sample sample : pattern.samples()) {
      out.time(sample.time()).text(sample.severity().name()).plain(sample.body());
      out.attributes(sample.resource());
    }
    return out.bytes();
  }

  private static LogPattern pattern(Decoder in) {
    String id = in.plain();
    var source = in.attributes();
    String text = in.plain();
    Severity severity = severity(in.text());
    var firstSeen = in.time();
    var lastSeen = in.time();
    long lines = in.unsigned();
    int count = in.count();
    var samples = new ArrayList<LogPattern.Sample>();
    for (int i = 0; i < count; i++) {
      samples.add(
          new LogPattern.Sample(in.time(), severity(in.text()), in.plain(), in.attributes()));
    }
    return new LogPattern(id, source, text, severity, firstSeen, lastSeen, lines, samples);
  }

  private static Severity severity(String name) {
    try {
      return Severity.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "cannot read a pattern of log lines: it has the unknown severity "
              + name
              + "; a newer release wrote it, start that one",
          e);
    }
  }
}
