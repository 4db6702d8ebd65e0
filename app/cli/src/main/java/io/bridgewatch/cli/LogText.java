package io.bridgewatch.cli;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A log line for a terminal: when, how bad, whose, what. It is shown whole, further lines of its
 * body indented, without the control characters that could steer the terminal.
 */
final class LogText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
  private static final int LEVEL = 5;

  private LogText() {}

  /**
   * @param wide whether the trace is told too
   */
  static String of(JsonNode line, Listing.View view, boolean wide) {
    String level = HubClient.text(line, "severity");
    var text = new StringBuilder(time(HubClient.text(line, "time"), view));
    text.append(' ').append(level.equals("UNSPECIFIED") ? "-" : level);
    text.repeat(" ", Math.max(0, LEVEL - level.length()));
    text.append(' ').append(tame(whose(line.path("resource")))).append(' ');
    text.append(
        HubClient.text(line, "body")
            .strip()
            .lines()
            .map(LogText::tame)
            .collect(Collectors.joining("\n    ")));
    String trace = HubClient.text(line, "traceId");
    if (wide && !trace.isEmpty()) {
      text.append(" trace=").append(tame(trace));
    }
    return text.append('\n').toString();
  }

  private static String time(String text, Listing.View view) {
    try {
      return TIME.withZone(view.zone()).format(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return text;
    }
  }

  private static String whose(JsonNode resource) {
    String pod = HubClient.text(resource, "k8s.pod.name");
    if (pod.isEmpty()) {
      String service = HubClient.text(resource, "service.name");
      return service.isEmpty() ? "-" : service;
    }
    String namespace = HubClient.text(resource, "k8s.namespace.name");
    return namespace.isEmpty() ? pod : namespace + "/" + pod;
  }

  private static String tame(String text) {
    return text.replace('\t', ' ').replaceAll("\\p{Cntrl}", "");
  }
}
