package io.bridgewatch.scale;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How much safety a policy keeps on which days. All points have one down window, as an autoscaler
 * has.
 *
 * @param usual on days of no other kind
 * @param ofKinds by the word of {@link DayKinds#kindOf}; empty where all days are alike
 */
public record OperatingPoints(OperatingPoint usual, Map<String, OperatingPoint> ofKinds) {

  public OperatingPoints {
    ofKinds = Collections.unmodifiableMap(new TreeMap<>(ofKinds));
    for (Map.Entry<String, OperatingPoint> one : ofKinds.entrySet()) {
      if (one.getValue().downWindowSeconds() != usual.downWindowSeconds()) {
        throw new IllegalArgumentException(
            "%s has a down window of %d s, wanted that of all days, %d s"
                .formatted(
                    one.getKey(), one.getValue().downWindowSeconds(), usual.downWindowSeconds()));
      }
    }
  }

  /** The same on all days. */
  public static OperatingPoints of(OperatingPoint point) {
    return new OperatingPoints(point, Map.of());
  }

  /**
   * @param kinds empty where nobody tells days apart
   */
  OperatingPoint at(Instant moment, Optional<DayKinds> kinds) {
    if (ofKinds.isEmpty() || kinds.isEmpty()) {
      return usual;
    }
    LocalDate day = LocalDate.ofInstant(moment, kinds.get().zone());
    return kinds.get().kindOf(day).map(ofKinds::get).orElse(usual);
  }

  /** In technical words. */
  public String displayName() {
    var text = new StringBuilder(usual.displayName());
    ofKinds.forEach(
        (kind, point) -> text.append("; ").append(kind).append(": ").append(point.displayName()));
    return text.append(", down ").append(usual.downWindowSeconds()).append('s').toString();
  }
}
