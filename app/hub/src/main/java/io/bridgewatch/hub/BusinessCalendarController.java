package io.bridgewatch.hub;

import io.bridgewatch.hub.BusinessCalendarApi.BusinessCalendarForm;
import io.bridgewatch.ports.AuditEntry.Action;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the business knows of its days. */
@RestController
@RequestMapping("/api/v1/scaling/calendar")
@Tag(name = "scaling")
final class BusinessCalendarController {

  private final BusinessCalendars calendars;
  private final Audit audit;

  BusinessCalendarController(BusinessCalendars calendars, Audit audit) {
    this.calendars = calendars;
    this.audit = audit;
  }

  @GetMapping
  @Operation(
      operationId = "businessCalendar",
      summary = "Holidays, pay days, sales and windows, by which policies keep replicas")
  BusinessCalendarForm calendar() {
    return calendars.shown();
  }

  @PutMapping
  @Operation(
      operationId = "setBusinessCalendar",
      summary = "Another calendar; policies that keep replicas by a calendar follow it at once")
  BusinessCalendarForm set(@RequestBody BusinessCalendarForm wanted, HttpServletRequest request) {
    calendars.set(wanted);
    return noted(request);
  }

  @DeleteMapping
  @Operation(
      operationId = "resetBusinessCalendar",
      summary = "No calendar; days are told apart by their load")
  BusinessCalendarForm reset(HttpServletRequest request) {
    calendars.reset();
    return noted(request);
  }

  private BusinessCalendarForm noted(HttpServletRequest request) {
    var now = calendars.shown();
    audit.note(
        Caller.current().name(),
        Action.BUSINESS_CALENDAR_CHANGED,
        request.getRemoteAddr(),
        Boolean.TRUE.equals(now.usual())
            ? "none"
            : "%d holidays, %d events, %d daily windows"
                .formatted(now.holidays().size(), now.events().size(), now.daily().size()));
    return now;
  }
}
