package io.bridgewatch.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as people type them. */
final class Moment {

  static final String FORMS =
      "2026-03-02T10:15:00+08:00, '2026-03-02 10:15', 10:15 (the last such time) or 15m (ago)";

  private static final Pattern AGO = Pattern.compile("-?(\\d{1,6})([smhd])");
  private static final Pattern CLOCK = Pattern.compile("\\d{1,2}:\\d{2}(:\\d{2})?");
  private static final Pattern LOCAL =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:[ T](\\d{1,2}:\\d{2}(?::\\d{2})?))?");

  private Moment() {}

  /** Empty if it is none of {@link #FORMS}. */
  static Optional<Instant> of(String text, Instant now, ZoneId zone) {
    var typed = text.strip();
    try {
      var ago = AGO.matcher(typed);
      if (ago.matches()) {
        return Optional.of(now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2))));
      }
      if (CLOCK.matcher(typed).matches()) {
        var today = LocalDate.ofInstant(now, zone).atTime(time(typed)).atZone(zone).toInstant();
        return Optional.of(
            today.isAfter(now)
                ? LocalDate.ofInstant(now, zone)
                    .minusDays(1)
                    .atTime(time(typed))
                    .atZone(zone)
                    .toInstant()
                : today);
      }
      var local = LOCAL.matcher(typed);
      if (local.matches()) {
        var date = LocalDate.parse(local.group(1));
        var time = local.group(2) == null ? LocalTime.MIDNIGHT : time(local.group(2));
        return Optional.of(LocalDateTime.of(date, time).atZone(zone).toInstant());
      }
      return Optional.of(OffsetDateTime.parse(typed).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static LocalTime time(String text) {
    return LocalTime.parse(text.indexOf(':') == 1 ? "0" + text : text);
  }

  private static Duration duration(long count, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
