package io.bridgewatch.hub;

import io.bridgewatch.hub.BusinessCalendarApi.BusinessCalendarForm;
import io.bridgewatch.hub.BusinessCalendarApi.BusinessEventForm;
import io.bridgewatch.hub.BusinessCalendarApi.DailyWindowForm;
import io.bridgewatch.ports.SettingStore;
import io.bridgewatch.scale.scenario.BusinessCalendar;
import io.bridgewatch.scale.scenario.DailyWindow;
import io.bridgewatch.scale.scenario.EventWindow;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The calendar of the business that administrators set, kept over restarts. */
@Component
final class BusinessCalendars {

  private static final Logger LOG = LoggerFactory.getLogger(BusinessCalendars.class);
  private static final String SETTING = "business-calendar";
  private static final int MOST_DAYS = 2_000;
  private static final int MOST_EVENTS = 500;
  private static final int MOST_DAILY = 50;
  private static final int LONGEST_NAME = 100;

  private final SettingStore settings;
  private final JsonMapper json;
  private volatile Optional<BusinessCalendar> set;

  BusinessCalendars(SettingStore settings, JsonMapper json) {
    this.settings = settings;
    this.json = json;
    this.set = settings.setting(SETTING).flatMap(this::restored);
  }

  private Optional<BusinessCalendar> restored(String text) {
    try {
      return Optional.of(calendar(json.readValue(text, BusinessCalendarForm.class)));
    } catch (JacksonException | HubProblem e) {
      LOG.error("cannot use the stored calendar; set it again", e);
      return Optional.empty();
    }
  }

  /** What was set; empty if nothing was. */
  Optional<BusinessCalendar> set() {
    return set;
  }

  /** In which days begin. */
  ZoneId zone() {
    return set.map(BusinessCalendar::zone).orElseGet(ZoneId::systemDefault);
  }

  BusinessCalendarForm shown() {
    Optional<BusinessCalendar> now = set;
    return form(now.orElseGet(() -> BusinessCalendar.weeks(ZoneId.systemDefault())), now.isEmpty());
  }

  /**
   * Keeps another calendar; it holds at once.
   *
   * @throws HubProblem if it makes no sense
   */
  synchronized void set(BusinessCalendarForm wanted) {
    BusinessCalendar calendar = calendar(wanted);
    settings.set(SETTING, json.writeValueAsString(form(calendar, false)));
    set = Optional.of(calendar);
  }

  /** Forgets it. */
  synchronized void reset() {
    settings.remove(SETTING);
    set = Optional.empty();
  }

  /** As a document. */
  static BusinessCalendarForm form(BusinessCalendar calendar, boolean usual) {
    return new BusinessCalendarForm(
        calendar.zone().getId(),
        calendar.weekend().stream().sorted().toList(),
        calendar.holidays().stream().sorted().toList(),
        calendar.swapped().stream().sorted().toList(),
        calendar.payDays().stream().sorted().toList(),
        calendar.monthEndDays(),
        calendar.events().stream()
            .map(one -> new BusinessEventForm(one.name(), one.kind(), one.from(), one.to()))
            .toList(),
        calendar.daily().stream()
            .map(
                one ->
                    new DailyWindowForm(
                        one.name(),
                        one.kind(),
                        one.from().toString(),
                        one.to().toString(),
                        one.workingDaysOnly()))
            .toList(),
        usual);
  }

  /**
   * As a document says.
   *
   * @throws HubProblem if it makes no sense
   */
  static BusinessCalendar calendar(BusinessCalendarForm form) {
    try {
      return new BusinessCalendar(
          zone(form.zone()),
          new HashSet<>(some("weekend", form.weekend(), 7)),
          new HashSet<>(some("holidays", form.holidays(), MOST_DAYS)),
          new HashSet<>(some("swapped", form.swapped(), MOST_DAYS)),
          new HashSet<>(some("payDays", form.payDays(), 31)),
          form.monthEndDays(),
          some("events", form.events(), MOST_EVENTS).stream()
              .map(BusinessCalendars::event)
              .toList(),
          some("daily", form.daily(), MOST_DAILY).stream().map(BusinessCalendars::daily).toList());
    } catch (IllegalArgumentException e) {
      throw HubProblem.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static ZoneId zone(@Nullable String name) {
    try {
      return ZoneId.of(given("zone", name));
    } catch (DateTimeException e) {
      throw HubProblem.invalid("zone is '%s', wanted one such as Asia/Shanghai".formatted(name));
    }
  }

  private static <T, C extends Collection<T>> C some(String field, @Nullable C all, int most) {
    C values = given(field, all);
    if (values.size() > most || values.contains(null)) {
      throw HubProblem.invalid(
          "%s has %d, wanted at most %d and none of them null"
              .formatted(field, values.size(), most));
    }
    return values;
  }

  private static EventWindow event(BusinessEventForm form) {
    return new EventWindow(
        name(form.name()),
        given("kind of " + form.name(), form.kind()),
        given("from of " + form.name(), form.from()),
        given("to of " + form.name(), form.to()));
  }

  private static DailyWindow daily(DailyWindowForm form) {
    return new DailyWindow(
        name(form.name()),
        given("kind of " + form.name(), form.kind()),
        time(form, DailyWindowForm::from),
        time(form, DailyWindowForm::to),
        form.workingDaysOnly());
  }

  private static LocalTime time(DailyWindowForm form, Function<DailyWindowForm, String> field) {
    @Nullable String text = field.apply(form);
    try {
      return LocalTime.parse(given("from and to of " + form.name(), text));
    } catch (DateTimeException e) {
      throw HubProblem.invalid(
          "%s has the time '%s', wanted one such as 22:00".formatted(form.name(), text));
    }
  }

  private static String name(@Nullable String name) {
    String stripped = given("name", name).strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST_NAME) {
      throw HubProblem.invalid(
          "an event or window needs a name of 1 to %d characters, had '%s'"
              .formatted(LONGEST_NAME, stripped));
    }
    return stripped;
  }

  private static <T> T given(String field, @Nullable T value) {
    if (value == null) {
      throw HubProblem.invalid(field + " is missing");
    }
    return value;
  }
}
