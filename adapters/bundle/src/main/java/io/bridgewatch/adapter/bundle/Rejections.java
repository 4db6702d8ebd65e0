package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what could not be used, by file and reason. */
final class Rejections {

  private record Kind(String file, String reason) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      int byFile = file.compareTo(other.file);
      return byFile != 0 ? byFile : reason.compareTo(other.reason);
    }
  }

  private static final class Tally {
    private final String firstAt;
    private long count;

    private Tally(String firstAt) {
      this.firstAt = firstAt;
    }
  }

  private final Map<Kind, Tally> tallies = new TreeMap<>();

  /**
   * Counts records.
   *
   * @param line 0 means the file as a whole
   * @param reason a word in PascalCase
   */
  void add(String file, long line, String reason, long count) {
    tallies.computeIfAbsent(
                new Kind(file, reason), k -> new Tally(line > 0 ? file + ":" + line : file))
            .count +=
        count;
  }

  List<Bundle.Rejection> toList() {
    var all = new ArrayList<Bundle.Rejection>(tallies.size());
    tallies.forEach(
        (kind, tally) ->
            all.add(new Bundle.Rejection(kind.file, kind.reason, tally.count, tally.firstAt)));
    return all;
  }
}
