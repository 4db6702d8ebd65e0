package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.model.SymptomHint;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bundles as the reader might have read them: any text, any number, any part empty. */
final class RandomBundles {

  private static final Instant FROM = Instant.parse("2023-01-29T08:20:00Z");
  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "\"quoted\" \\ back",
          "line\r\nbreak\ttab",
          "\u0000\u0001\u001f\u007f\u2028",
          "支付服务 超时",
          "\ud83d\ude80 up",
          "half \ud83d",
          "\ude80 half",
          "{\"a\":[1]}",
          "1.0",
          "null",
          "\ufeffmark");
  private static final List<Double> NUMBERS =
      List.of(
          0.0,
          -0.0,
          1.0,
          0.1 + 0.2,
          Double.MIN_VALUE,
          Double.MIN_NORMAL,
          Double.MAX_VALUE,
          -Double.MAX_VALUE,
          9007199254740993.0,
          1e23,
          2.2250738585072011e-308);

  private final Random random;

  RandomBundles(Random random) {
    this.random = random;
  }

  Bundle next() {
    var window = new Window(FROM, FROM.plusMillis(random.nextInt(3_600_000)));
    return new Bundle(
        bundleName(),
        window,
        maybe(this::time),
        maybe(() -> new SymptomHint(attributes(0), text())),
        series(),
        spans(),
        sorted(some(this::log), Comparator.comparingLong(LogRecord::epochNanos)),
        some(this::object),
        sorted(some(this::watchEvent), Comparator.comparing(WatchEvent::time)),
        sorted(some(this::change), Comparator.comparing(Change::time)),
        some(() -> new Call(attributes(1), attributes(1))),
        List.of());
  }

  private String bundleName() {
    return "b"
        + text()
            .codePoints()
            .filter(c -> !Character.isISOControl(c))
            .limit(90)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
  }

  private List<Series> series() {
    var byKey = new TreeMap<SeriesKey, Series>();
    for (Attributes resource : some(() -> attributes(0))) {
      for (String metric : some(this::word)) {
        for (String unit : some(this::text)) {
          var key = new SeriesKey(resource, metric, unit, any(MetricKind.values()), attributes(0));
          byKey.put(key, samples(key));
        }
      }
    }
    return List.copyOf(byKey.values());
  }

  private Series samples(SeriesKey key) {
    long[] times = random.longs(1 + random.nextInt(40), 0, 3_000_000).distinct().sorted().toArray();
    var values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] += FROM.toEpochMilli();
      values[i] = number();
    }
    return new Series(key, times, values);
  }

  private double number() {
    double bits = Double.longBitsToDouble(random.nextLong());
    return random.nextInt(4) == 0 || !Double.isFinite(bits)
        ? NUMBERS.get(random.nextInt(NUMBERS.size()))
        : bits;
  }

  private List<Span> spans() {
    var all = new ArrayList<Span>();
    for (Attributes resource : some(() -> attributes(0))) {
      for (String traceId : some(() -> id(16))) {
        all.add(
            new Span(
                traceId,
                id(8),
                random.nextBoolean() ? "" : id(8),
                text(),
                any(SpanKind.values()),
                nanos(),
                nanos(),
                random.nextBoolean(),
                resource,
                attributes(0)));
      }
    }
    return sorted(
        all,
        Comparator.comparingLong(Span::startNanos)
            .thenComparing(Span::traceId)
            .thenComparing(Span::spanId));
  }

  private LogRecord log() {
    return new LogRecord(
        nanos(),
        any(Severity.values()),
        text(),
        random.nextBoolean() ? "" : id(16),
        random.nextBoolean() ? "" : id(8),
        attributes(0),
        attributes(0));
  }

  private WatchEvent watchEvent() {
    return new WatchEvent(time(), any(WatchEvent.Type.values()), object());
  }

  private Change change() {
    return new Change(
        time().minus(Duration.ofDays(random.nextInt(20))),
        any(Change.Kind.values()),
        attributes(0),
        text(),
        text(),
        text(),
        some(this::text));
  }

  private KubernetesObject object() {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("spec", value(4));
    tree.put("kind", word());
    tree.put("metadata", Map.of("name", word(), "labels", Map.of(name(), text())));
    tree.put(name(), value(2));
    return KubernetesObject.of(tree);
  }

  private @Nullable Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt(8) == 0 ? Long.MAX_VALUE : random.nextLong() >> random.nextInt(63);
      case 3 -> number();
      case 4 -> text();
      case 5 -> {
        var list = new ArrayList<@Nullable Object>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(depth - 1));
        }
        yield list;
      }
      default -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(name(), value(depth - 1));
        }
        yield map;
      }
    };
  }

  private Attributes attributes(int atLeast) {
    var values = new TreeMap<String, String>();
    for (int i = atLeast + random.nextInt(4); i > 0; i--) {
      values.put(name(), text());
    }
    return Attributes.of(values);
  }

  private String text() {
    return switch (random.nextInt(30)) {
      case 0 -> word().repeat(1 + random.nextInt(400)); // many times the 4,096 of live telemetry
      case 1, 2, 3, 4, 5 -> word();
      default -> ODD.get(random.nextInt(ODD.size()));
    };
  }

  /** Text that is not empty. */
  private String word() {
    return "w" + random.nextInt(9) + ODD.get(random.nextInt(ODD.size()));
  }

  /** A name that is not empty and that JSON can hold. */
  private String name() {
    return word().replaceAll("[\\ud800-\\udfff]", "");
  }

  private String id(int bytes) {
    var id = new byte[bytes];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private Instant time() {
    return FROM.plusNanos(random.nextLong(3_000_000_000_000L));
  }

  private long nanos() {
    return FROM.getEpochSecond() * 1_000_000_000 + random.nextLong(3_000_000_000_000L);
  }

  private <T> Optional<T> maybe(Supplier<T> supplier) {
    return random.nextBoolean() ? Optional.of(supplier.get()) : Optional.empty();
  }

  /** None in a third of all cases. */
  private <T> List<T> some(Supplier<T> supplier) {
    return Stream.generate(supplier).limit(Math.max(0, random.nextInt(9) - 2)).toList();
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static <T> List<T> sorted(List<T> unordered, Comparator<T> order) {
    return unordered.stream().sorted(order).toList();
  }
}
