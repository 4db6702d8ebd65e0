package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.runtime.ContainerRuntime.Start;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program reads from its environment: {@code THREADS}, the heap from {@code -Xmx} in {@code
 * JAVA_TOOL_OPTIONS}, and where its peers are, such as {@code ACCOUNT_DB_URL}. What is not set is
 * as planned; what cannot be read is, too.
 */
final class Settings {

  private static final Pattern HEAP = Pattern.compile("-Xmx(\\d{1,6})([mMgG])");
  private static final Pattern HOST = Pattern.compile("^[a-z]+://([^./:]+)");

  private final Start start;

  Settings(Start start) {
    this.start = start;
  }

  int threads(int planned) {
    String value = start.environment().getOrDefault("THREADS", "");
    return value.matches("[1-9]\\d{0,4}") ? Integer.parseInt(value) : planned;
  }

  double heapBytes(ServicePlan plan) {
    Matcher heap = HEAP.matcher(start.environment().getOrDefault("JAVA_TOOL_OPTIONS", ""));
    if (!heap.find()) {
      return plan.heapBytes();
    }
    double unit = heap.group(2).equalsIgnoreCase("g") ? 1L << 30 : 1L << 20;
    return Integer.parseInt(heap.group(1)) * unit;
  }

  /** Whether a peer is looked for where it is not. */
  boolean misplaces(String peer) {
    String variable = peer.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_URL";
    return Optional.ofNullable(start.environment().get(variable))
        .map(HOST::matcher)
        .map(host -> !host.find() || !host.group(1).equals(peer))
        .orElse(false);
  }
}
