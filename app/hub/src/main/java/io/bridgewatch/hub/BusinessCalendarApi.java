package io.bridgewatch.hub;

import io.bridgewatch.scale.scenario.EventKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents about what a business knows of its days. */
final class BusinessCalendarApi {
  private BusinessCalendarApi() {}

  @Schema(description = "what a business knows of its days; replicas are kept by it")
  record BusinessCalendarForm(
      @Schema(description = "in which days begin", example = "Asia/Shanghai") String zone,
      @Schema(description = "days of the week that are off") List<DayOfWeek> weekend,
      @Schema(description = "days that are off besides") List<LocalDate> holidays,
      @Schema(description = "days of a weekend that are worked, in exchange for a holiday")
          List<LocalDate> swapped,
      @Schema(
              description =
                  "days of the month, 1 to 31; one that is off moves to the working day before")
          List<Integer> payDays,
      @Schema(description = "working days at the end of a month that are apart; 0 for none")
          int monthEndDays,
      @Schema(description = "what happens once, each time by itself")
          List<BusinessEventForm> events,
      @Schema(description = "what happens each day at the same local time")
          List<DailyWindowForm> daily,
      @Schema(
              description = "whether nobody has set it; what is sent does not count",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Boolean usual) {}

  record BusinessEventForm(
      @Schema(description = "the same for each time it happens", example = "flash sale")
          String name,
      EventKind kind,
      Instant from,
      Instant to) {}

  record DailyWindowForm(
      @Schema(example = "end-of-day batch") String name,
      EventKind kind,
      @Schema(description = "local time", example = "22:00") String from,
      @Schema(description = "local time; on the next day unless it is later", example = "02:00")
          String to,
      boolean workingDaysOnly) {}
}
