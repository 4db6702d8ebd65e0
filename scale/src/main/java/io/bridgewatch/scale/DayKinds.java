package io.bridgewatch.scale;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** Tells days of one kind from those of another: working days, pay days, what is alike by load. */
public interface DayKinds {

  /** In which days begin. */
  ZoneId zone();

  /** Word for the kind of a day, the same for days of one kind; empty where it is of none. */
  Optional<String> kindOf(LocalDate day);
}
