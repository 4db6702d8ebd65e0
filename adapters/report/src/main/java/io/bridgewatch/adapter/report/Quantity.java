package io.bridgewatch.adapter.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Numbers with UCUM units, as people write them: {@code 0.42 s} as {@code 420 ms}, {@code 5e8 By}
 * as {@code 477 MiB}, {@code 0.05 {cpu}} as {@code 50 millicores}.
 */
final class Quantity {

  /** Two values of one series; the unit stands once where the language allows it. */
  record Pair(String before, String after) {}

  /** A unit people read, how many base units it is, and from how many on it is used. */
  private record Scale(String symbol, double size, double from) {
    Scale(String symbol, double size) {
      this(symbol, size, size);
    }
  }

  /** What a UCUM unit measures: scales from large to small, its own size in base units. */
  private record Measure(List<Scale> scales, double size, String suffix) {}

  private static final List<Scale> SECONDS =
      List.of(
          new Scale(" h", 3600),
          new Scale(" min", 60),
          new Scale(" s", 1),
          new Scale(" ms", 1e-3),
          new Scale(" µs", 1e-6),
          new Scale(" ns", 1e-9));
  private static final List<Scale> BYTES =
      List.of(
          new Scale(" TiB", 0x1p40),
          new Scale(" GiB", 0x1p30),
          new Scale(" MiB", 0x1p20),
          new Scale(" KiB", 0x1p10),
          new Scale(" B", 1));
  private static final List<Scale> PERCENT = List.of(new Scale("%", 0.01));
  private static final List<Scale> CORES_EN =
      List.of(new Scale(" cores", 1, 0.1), new Scale(" millicores", 1e-3));
  private static final List<Scale> CORES_ZH =
      List.of(new Scale(" 核", 1, 0.1), new Scale(" 毫核", 1e-3));

  private Quantity() {}

  /**
   * One value.
   *
   * @param unit UCUM; empty if not stated
   * @param share whether a dimensionless value is a share of a whole and is read in percent
   */
  static String one(double value, String unit, boolean share, Language language) {
    Measure measure = measure(unit, share, language);
    Scale scale = scaleOf(Math.abs(value * measure.size()), measure);
    return text(value, measure, scale, 3, language);
  }

  /**
   * Two values of one series, in one unit where both can be read in it, with as many digits as it
   * takes to tell them apart.
   */
  static Pair pair(double before, double after, String unit, boolean share, Language language) {
    Measure measure = measure(unit, share, language);
    double first = Math.abs(before) * measure.size();
    double second = Math.abs(after) * measure.size();
    Scale shared = scaleOf(Math.max(first, second), measure);
    double small = Math.min(first, second);
    boolean readable = !(small > 0) || small / shared.size() >= 0.1;
    Scale scaleBefore = readable ? shared : scaleOf(first, measure);
    Scale scaleAfter = readable ? shared : scaleOf(second, measure);
    int digits = 3;
    String from = text(before, measure, scaleBefore, digits, language);
    String to = text(after, measure, scaleAfter, digits, language);
    while (from.equals(to) && before != after && digits < 8) {
      digits++;
      from = text(before, measure, scaleBefore, digits, language);
      to = text(after, measure, scaleAfter, digits, language);
    }
    String symbol = scaleBefore.symbol() + measure.suffix();
    boolean once =
        language == Language.EN
            && scaleBefore.equals(scaleAfter)
            && !symbol.startsWith("%")
            && from.endsWith(symbol)
            && to.endsWith(symbol);
    return new Pair(once ? from.substring(0, from.length() - symbol.length()) : from, to);
  }

  /** A number alone, three significant digits or more for large ones. */
  static String number(double value, Language language) {
    return number(value, 3, language);
  }

  /** A stretch of time in words that people say: {@code 1 h 20 min}, {@code 35 s}. */
  static String duration(Duration duration, Language language) {
    Duration positive = duration.abs();
    long seconds = positive.toSeconds();
    if (seconds == 0) {
      return one(positive.toNanos() / 1e9, "s", false, language);
    }
    String hour = language.pick(" h", " 小时");
    String minute = language.pick(" min", " 分钟");
    String second = language.pick(" s", " 秒");
    if (seconds >= 86_400) {
      long days = seconds / 86_400;
      long hours = seconds % 86_400 / 3600;
      return days + language.pick(" d", " 天") + (hours == 0 ? "" : " " + hours + hour);
    }
    if (seconds >= 3600) {
      long minutes = seconds % 3600 / 60;
      return seconds / 3600 + hour + (minutes == 0 ? "" : " " + minutes + minute);
    }
    if (seconds >= 600 || seconds >= 60 && seconds % 60 == 0) {
      return Math.round(seconds / 60.0) + minute;
    }
    return seconds >= 60 ? seconds / 60 + minute + " " + seconds % 60 + second : seconds + second;
  }

  private static String text(
      double value, Measure measure, Scale scale, int digits, Language language) {
    if (!Double.isFinite(value)) {
      return language.pick("unknown", "未知");
    }
    double scaled = value * measure.size() / scale.size();
    String number = number(scaled, digits, language);
    boolean whole = scale.equals(PERCENT.getFirst()) && number.equals("100") && scaled < 100;
    if (whole && digits < 8) { // 99.98% is not 100%
      return text(value, measure, scale, digits + 1, language);
    }
    return number + scale.symbol() + measure.suffix();
  }

  private static Scale scaleOf(double magnitude, Measure measure) {
    List<Scale> scales = measure.scales();
    Scale smallest = scales.getLast();
    if (!(magnitude > 0)) {
      return scales.stream().filter(s -> s.size() == 1).findFirst().orElse(smallest);
    }
    for (Scale scale : scales) {
      if (magnitude >= scale.from()) {
        return scale;
      }
    }
    return smallest;
  }

  private static Measure measure(String unit, boolean share, Language language) {
    for (String per : List.of("/s", "/min", "/h")) {
      if (unit.endsWith(per)) {
        Measure base = base(unit.substring(0, unit.length() - per.length()), false, language);
        String suffix =
            switch (language) {
              case EN -> per;
              case ZH -> per.equals("/s") ? "/秒" : per.equals("/min") ? "/分钟" : "/小时";
            };
        boolean symbols = !base.scales().getFirst().symbol().isEmpty();
        return new Measure(
            base.scales(), base.size(), symbols ? suffix : language.pick(suffix, " 次" + suffix));
      }
    }
    return base(unit, share, language);
  }

  private static Measure base(String unit, boolean share, Language language) {
    return switch (unit) {
      case "d" -> new Measure(SECONDS, 86_400, "");
      case "h" -> new Measure(SECONDS, 3600, "");
      case "min" -> new Measure(SECONDS, 60, "");
      case "s" -> new Measure(SECONDS, 1, "");
      case "ms" -> new Measure(SECONDS, 1e-3, "");
      case "us" -> new Measure(SECONDS, 1e-6, "");
      case "ns" -> new Measure(SECONDS, 1e-9, "");
      case "By" -> new Measure(BYTES, 1, "");
      case "kBy" -> new Measure(BYTES, 1e3, "");
      case "MBy" -> new Measure(BYTES, 1e6, "");
      case "GBy" -> new Measure(BYTES, 1e9, "");
      case "KiBy" -> new Measure(BYTES, 0x1p10, "");
      case "MiBy" -> new Measure(BYTES, 0x1p20, "");
      case "GiBy" -> new Measure(BYTES, 0x1p30, "");
      case "bit" -> new Measure(BYTES, 0.125, "");
      case "%" -> new Measure(PERCENT, 0.01, "");
      case "{cpu}", "{core}", "{cores}" ->
          new Measure(language == Language.ZH ? CORES_ZH : CORES_EN, 1, "");
      case "m{cpu}" -> new Measure(language == Language.ZH ? CORES_ZH : CORES_EN, 1e-3, "");
      case "Cel" -> plain(" °C");
      case "", "1" -> share ? new Measure(PERCENT, 1, "") : plain("");
      default -> plain(noun(unit, language).map(noun -> " " + noun).orElse(""));
    };
  }

  private static Measure plain(String symbol) {
    return new Measure(List.of(new Scale(symbol, 1)), 1, "");
  }

  /** The counted thing of an annotated unit such as {@code {request}}; a known one in words. */
  private static Optional<String> noun(String unit, Language language) {
    boolean annotated = unit.startsWith("{") && unit.endsWith("}");
    String name = annotated ? unit.substring(1, unit.length() - 1) : unit;
    return switch (name) {
      case "count", "item", "occurrence", "1" -> Optional.empty();
      case "request", "requests" -> Optional.of(language.pick("requests", "个请求"));
      case "call", "calls" -> Optional.of(language.pick("calls", "次调用"));
      case "error", "errors" -> Optional.of(language.pick("errors", "个错误"));
      case "packet", "packets" -> Optional.of(language.pick("packets", "个数据包"));
      case "connection", "connections" -> Optional.of(language.pick("connections", "个连接"));
      case "thread", "threads" -> Optional.of(language.pick("threads", "个线程"));
      case "process", "processes" -> Optional.of(language.pick("processes", "个进程"));
      case "restart", "restarts" -> Optional.of(language.pick("restarts", "次重启"));
      case "operation", "operations" -> Optional.of(language.pick("operations", "次操作"));
      case "message", "messages" -> Optional.of(language.pick("messages", "条消息"));
      case "query", "queries" -> Optional.of(language.pick("queries", "次查询"));
      case "line", "lines" -> Optional.of(language.pick("lines", "行"));
      case "record", "records" -> Optional.of(language.pick("records", "条记录"));
      case "pod", "pods" -> Optional.of(language.pick("pods", "个 Pod"));
      case "replica", "replicas" -> Optional.of(language.pick("replicas", "个副本"));
      case "retry", "retries" -> Optional.of(language.pick("retries", "次重试"));
      default -> name.isBlank() ? Optional.empty() : Optional.of(name);
    };
  }

  private static String number(double value, int digits, Language language) {
    if (!Double.isFinite(value)) {
      return language.pick("unknown", "未知");
    }
    double magnitude = Math.abs(value);
    if (language == Language.ZH && magnitude >= 1e8) {
      return rounded(value / 1e8, digits) + " 亿";
    }
    if (language == Language.ZH && magnitude >= 1e5) {
      return rounded(value / 1e4, digits) + " 万";
    }
    if (language == Language.EN && magnitude >= 1e9) {
      return rounded(value / 1e9, digits) + " billion";
    }
    if (language == Language.EN && magnitude >= 1e6) {
      return rounded(value / 1e6, digits) + " million";
    }
    return rounded(value, digits);
  }

  /** Whole numbers stay whole; thousands are grouped from five digits on. */
  private static String rounded(double value, int digits) {
    if (value == 0) {
      return "0";
    }
    var decimal = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_UP));
    if (Math.abs(value) >= Math.pow(10, digits)) {
      decimal = new BigDecimal(value).setScale(0, RoundingMode.HALF_UP);
    }
    String plain = decimal.stripTrailingZeros().toPlainString();
    return Math.abs(value) >= 10_000 && plain.indexOf('.') < 0
        ? String.format(Locale.ROOT, "%,d", decimal.toBigInteger())
        : plain;
  }
}
