package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.cli.Listing.Source;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Lists what a hub knows of its clusters, as a table or for programs. */
@Command(name = "get")
final class GetCommand implements Callable<Integer> {

  private static final int USUAL_LIMIT = 100;
  private static final int MOST = 1_000_000;
  private static final Map<Source, Integer> PAGE =
      Map.of(Source.ENTITIES, 500, Source.HAPPENINGS, 200, Source.SCALING, 500, Source.PLANS, 500);

  private final Console console;
  private final Hubs hubs;
  private final InstantSource clock;

  @Parameters(index = "0", arity = "0..1", paramLabel = "WHAT", descriptionKey = "get.what")
  private Optional<String> what = Optional.empty();

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", descriptionKey = "get.name")
  private Optional<String> name = Optional.empty();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      descriptionKey = "get.namespace")
  private Optional<String> namespace = Optional.empty();

  @Option(names = "--cluster", paramLabel = "NAME", descriptionKey = "get.cluster")
  private Optional<String> cluster = Optional.empty();

  @Option(names = "-q", paramLabel = "TEXT", descriptionKey = "get.q")
  private Optional<String> text = Optional.empty();

  @Option(names = "--health", paramLabel = "STATES", descriptionKey = "get.health")
  private Optional<String> health = Optional.empty();

  @Option(names = "--node", paramLabel = "NAME", descriptionKey = "get.node")
  private Optional<String> node = Optional.empty();

  @Option(names = "--team", paramLabel = "NAME", descriptionKey = "get.team")
  private Optional<String> team = Optional.empty();

  @Option(names = "--application", paramLabel = "NAME", descriptionKey = "get.application")
  private Optional<String> application = Optional.empty();

  @Option(
      names = {"-l", "--label"},
      paramLabel = "KEY=VALUE",
      descriptionKey = "get.label")
  private Optional<String> label = Optional.empty();

  @Option(names = "--sort", paramLabel = "[-]BY", descriptionKey = "get.sort")
  private Optional<String> sort = Optional.empty();

  @Option(names = "--by", paramLabel = "KEY", descriptionKey = "get.by")
  private Optional<String> by = Optional.empty();

  @Option(names = "--at", paramLabel = "TIME", descriptionKey = "get.at")
  private Optional<String> at = Optional.empty();

  @Option(names = "--from", paramLabel = "TIME", descriptionKey = "get.from")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "TIME", descriptionKey = "get.to")
  private Optional<String> to = Optional.empty();

  @Option(names = "--near", paramLabel = "TYPE/NS/NAME", descriptionKey = "get.near")
  private Optional<String> near = Optional.empty();

  @Option(names = "--hops", paramLabel = "N", descriptionKey = "get.hops")
  private Optional<String> hops = Optional.empty();

  @Option(names = "--kind", paramLabel = "KINDS", descriptionKey = "get.kind")
  private Optional<String> kind = Optional.empty();

  @Option(names = "--warning", descriptionKey = "get.warning")
  private boolean warning;

  @Mixin private SignalOptions signal = new SignalOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|wide|json|csv",
      descriptionKey = "get.output")
  private Optional<String> output = Optional.empty();

  @Option(names = "--json", descriptionKey = "get.json")
  private boolean json;

  @Option(names = "--limit", paramLabel = "N", descriptionKey = "get.limit")
  private Optional<String> limit = Optional.empty();

  @Option(names = "--all", descriptionKey = "get.all")
  private boolean all;

  @Option(names = "--server", paramLabel = "URL", descriptionKey = "hub.server")
  private Optional<String> server = Optional.empty();

  @Option(names = "--zone", paramLabel = "ZONE", descriptionKey = "diagnose.zone")
  private Optional<String> zone = Optional.empty();

  @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "hub.lang")
  private Optional<String> lang = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec before it calls
  GetCommand(Console console, Hubs hubs, InstantSource clock) {
    this.console = console;
    this.hubs = hubs;
    this.clock = clock;
  }

  private enum Output {
    TABLE,
    WIDE,
    JSON,
    CSV
  }

  /** What came back. */
  record Found(ArrayNode items, Optional<Long> total, boolean more) {}

  @Override
  public Integer call() {
    lang.filter(tag -> !Main.languageTags().contains(tag))
        .ifPresent(
            tag -> {
              throw wrong(
                  "--lang is '" + tag + "', wanted zh or en", "--lang 为 '" + tag + "'，应为 zh 或 en");
            });
    Listing listing = listing();
    Output form = output();
    int most = most();
    ZoneId shown = zone.map(this::zoneId).orElse(console.zone());
    Map<String, String> query = query(listing, shown);
    Found found;
    try {
      if (signal.follow) {
        var view = new Listing.View(console.language(), shown, clock.instant(), false);
        var printed = new FollowedLogs(console, view, form == Output.JSON, form == Output.WIDE);
        return hubs.asUser(
            hubs.address(server),
            console.language(),
            hub -> printed.follow(hub, encoded(query), limit.isPresent() ? most : Long.MAX_VALUE));
      }
      found =
          hubs.asUser(
              hubs.address(server), console.language(), hub -> fetch(hub, listing, query, most));
    } catch (HubException e) {
      console.tell(e.english(), e.chinese());
      return Main.FAILED;
    }
    if (name.isPresent() && found.items().isEmpty()) {
      console.tell(
          "there is none of " + listing.name() + " called " + name.get(),
          listing.name() + " 中没有 " + name.get());
      return Main.FAILED;
    }
    console.out().print(shown(found, listing, form, shown));
    if (found.more()) {
      String total = found.total().map(count -> " of " + count).orElse("");
      String of = found.total().map(count -> "，共 " + count + " 项").orElse("");
      console.tell(
          "the first " + found.items().size() + total + "; --all shows the rest",
          "仅显示前 " + found.items().size() + " 项" + of + "；--all 显示全部");
    }
    if (console.out().checkError()) {
      console.tell("cannot write to standard output", "无法写到标准输出");
      return Main.FAILED;
    }
    return Main.DONE;
  }

  private Listing listing() {
    String known = String.join(", ", Listing.names());
    String wanted =
        what.orElseThrow(() -> wrong("misses WHAT: one of " + known, "缺少要列出的内容：" + known));
    return Listing.of(wanted.toLowerCase(Locale.ROOT))
        .map(listing -> name.isPresent() ? SignalListings.one(listing) : listing)
        .orElseThrow(
            () ->
                wrong(
                    "does not know '" + wanted + "'; there are " + known,
                    "不认识 '" + wanted + "'；可用：" + known));
  }

  private Output output() {
    String wanted = output.orElse(json ? "json" : "table");
    for (Output known : Output.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return known;
      }
    }
    throw wrong(
        "-o is '" + wanted + "', wanted table, wide, json or csv",
        "-o 为 '" + wanted + "'，应为 table、wide、json 或 csv");
  }

  private int most() {
    if (all) {
      return MOST;
    }
    return limit.map(n -> number("--limit", n, MOST)).orElse(USUAL_LIMIT);
  }

  // Asking

  private Map<String, String> query(Listing listing, ZoneId shown) {
    var query = new LinkedHashMap<String, String>();
    var source = listing.source();
    boolean entities = source == Source.ENTITIES;
    boolean happenings = source == Source.HAPPENINGS;
    boolean grouped = source == Source.POOLS || source == Source.TEAMS;
    boolean signals = source.isSignal() && source != Source.TRACE;
    put(
        query,
        "cluster",
        "--cluster",
        cluster,
        source != Source.CLUSTERS && source != Source.TRACE);
    boolean scaling = source == Source.SCALING;
    put(
        query,
        "namespace",
        "--namespace",
        namespace,
        entities || signals || scaling || source == Source.PLANS || source == Source.LEARNED);
    put(query, "health", "--health", health, entities);
    put(query, "node", "--node", node, entities);
    put(query, "team", "--team", team, entities);
    put(query, "application", "--application", application, entities);
    put(query, signals ? "attribute" : "label", "--label", label, entities || signals);
    put(query, "sort", "--sort", sort, entities);
    put(query, "by", "--by", by, grouped || source == Source.SERIES);
    put(query, "at", "--at", at.map(t -> time("--at", t, shown)), entities || grouped);
    put(
        query,
        signal.follow ? "since" : "from",
        "--from",
        from.map(t -> time("--from", t, shown)),
        happenings || signals);
    put(
        query,
        "to",
        "--to",
        to.map(t -> time("--to", t, shown)),
        happenings || signals && !signal.follow);
    put(query, "near", "--near", near.map(given -> entityId("--near", given)), happenings);
    put(
        query,
        "hops",
        "--hops",
        hops.map(n -> Integer.toString(number("--hops", n, 3))),
        happenings);
    put(query, "change", "--kind", kind, happenings);
    put(query, "warning", "--warning", flag(warning), happenings);
    putSignals(query, listing);
    if (name.isPresent() && happenings) {
      throw wrong(
          "a NAME does not go with " + listing.name() + "; --near does",
          listing.name() + " 不能带名称；请用 --near");
    }
    put(
        query,
        "q",
        "-q",
        text.or(() -> entities || scaling ? name : Optional.empty()),
        entities || happenings || scaling || source == Source.LOGS || source == Source.METRICS);
    if (!listing.filter().isEmpty()) {
      query.put(entities ? "type" : "what", listing.filter());
    }
    return query;
  }

  private void putSignals(Map<String, String> query, Listing listing) {
    var source = listing.source();
    boolean logs = source == Source.LOGS;
    boolean traces = source == Source.TRACES;
    boolean signals = source.isSignal() && source != Source.TRACE;
    put(query, "severity", "--level", signal.level, logs);
    put(query, "trace", "--trace", signal.trace, logs);
    put(query, "service", "--service", signal.service, traces);
    put(query, "operation", "--operation", signal.operation, traces);
    put(
        query,
        "atLeast",
        "--at-least",
        signal.atLeast.map(n -> Integer.toString(number("--at-least", n, MOST))),
        traces);
    put(query, "failed", "--failed", flag(signal.failed), traces);
    put(new LinkedHashMap<>(), "follow", "--follow", flag(signal.follow), logs);
    var entity = signal.of.map(given -> entityId("--of", given));
    put(new LinkedHashMap<>(), "of", "--of", entity, signals);
    entity.ifPresent(id -> query.putAll(SignalRequests.entity(id)));
    if (logs && name.isPresent()) {
      throw wrong("a NAME does not go with logs; --of does", "logs 不能带名称；请用 --of");
    }
    if (signal.follow && output.filter(form -> form.equals("csv")).isPresent()) {
      throw wrong("-o csv does not go with --follow", "-o csv 不能与 --follow 同用");
    }
  }

  private static Optional<String> flag(boolean given) {
    return given ? Optional.of("true") : Optional.empty();
  }

  private void put(
      Map<String, String> query,
      String parameter,
      String option,
      Optional<String> value,
      boolean applies) {
    if (value.isPresent() && !applies) {
      throw wrong(
          option + " does not go with " + what.orElse(""),
          option + " 不能与 " + what.orElse("") + " 同用");
    }
    value.ifPresent(given -> query.put(parameter, given));
  }

  /** With the type as people call it: {@code deploy/shop/cart}, {@code svc/shop/cart}. */
  private String entityId(String option, String given) {
    int slash = given.indexOf('/');
    if (slash < 1) {
      throw wrong(
          option + " is '" + given + "', wanted TYPE/NAMESPACE/NAME such as deployment/shop/cart",
          option + " 为 '" + given + "'，应为 TYPE/NAMESPACE/NAME，例如 deployment/shop/cart");
    }
    String type = given.substring(0, slash).toLowerCase(Locale.ROOT);
    return Listing.of(type)
        .filter(known -> known.source() == Source.ENTITIES && !known.filter().contains(","))
        .map(known -> known.filter() + given.substring(slash))
        .orElse(given);
  }

  private String time(String option, String given, ZoneId shown) {
    return Moment.of(given, clock.instant(), shown)
        .map(Instant::toString)
        .orElseThrow(
            () ->
                wrong(
                    option + " is '" + given + "', wanted a time such as " + Moment.FORMS,
                    option + " 为 '" + given + "'，应为时间，例如 " + Moment.FORMS));
  }

  private Found fetch(HubClient hub, Listing listing, Map<String, String> query, int most)
      throws HubException {
    if (listing.source().isSignal()) {
      return SignalRequests.fetch(hub, listing.source(), name.orElse(""), query, most);
    }
    var items = HubClient.JSON.createArrayNode();
    String path =
        "/api/v1/"
            + switch (listing.source()) {
              case CLUSTERS -> "clusters";
              case ENTITIES -> "entities";
              case HAPPENINGS -> "happenings";
              case POOLS -> "pools";
              case TEAMS -> "teams";
              case SCALING -> "scaling/workloads";
              case PLANS -> "scaling/plans";
              case LEARNED -> "scaling/learned";
              case LOGS, TRACES, TRACE, METRICS, SERIES ->
                  throw new IllegalStateException("a signal: " + listing);
            };
    boolean paged = PAGE.containsKey(listing.source());
    Optional<Long> total = Optional.empty();
    var page = new LinkedHashMap<>(query);
    while (true) {
      if (paged) {
        int wanted = name.isPresent() ? MOST : most - items.size();
        page.put(
            "limit", Integer.toString(Math.min(PAGE.getOrDefault(listing.source(), 1), wanted)));
      }
      JsonNode answer = hub.get(path + encoded(page));
      for (JsonNode item : answer.path("items")) {
        if (name.isEmpty() || name.get().equals(HubClient.text(item, "name"))) {
          items.add(item);
        }
      }
      total =
          name.isEmpty() && answer.path("total").isNumber()
              ? Optional.of(answer.path("total").asLong())
              : Optional.empty();
      String next = HubClient.text(answer, "next");
      if (next.isEmpty() || items.size() >= most) {
        return new Found(items, total, !next.isEmpty());
      }
      page.put("cursor", next);
    }
  }

  static String encoded(Map<String, String> query) {
    return query.isEmpty()
        ? ""
        : query.entrySet().stream()
            .map(
                pair ->
                    pair.getKey()
                        + "="
                        + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "?", ""));
  }

  // Showing

  private String shown(Found found, Listing listing, Output form, ZoneId shown) {
    return switch (form) {
      case JSON -> {
        var document = HubClient.JSON.createObjectNode();
        document.set("items", found.items());
        found.total().ifPresent(total -> document.put("total", total));
        yield HubClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
      }
      case CSV -> table(found, listing.columns(true), shown, true).commaSeparated();
      case WIDE ->
          listing.source() == Source.LOGS
              ? lines(found, shown, true)
              : table(found, listing.columns(true), shown, false).aligned();
      case TABLE ->
          listing.source() == Source.LOGS
              ? lines(found, shown, false)
              : table(found, columns(found, listing), shown, false).aligned();
    };
  }

  private String lines(Found found, ZoneId shown, boolean wide) {
    var view = new Listing.View(console.language(), shown, clock.instant(), false);
    return found
        .items()
        .valueStream()
        .map(line -> LogText.of(line, view, wide))
        .collect(Collectors.joining());
  }

  /** With the cluster only where it tells rows apart. */
  private static List<Listing.Column> columns(Found found, Listing listing) {
    Set<String> clusters =
        found
            .items()
            .valueStream()
            .map(item -> HubClient.text(item, "cluster"))
            .collect(Collectors.toSet());
    return listing.columns().stream()
        .filter(column -> !column.wide() || column.key().equals("cluster") && clusters.size() > 1)
        .toList();
  }

  private Table table(Found found, List<Listing.Column> columns, ZoneId shown, boolean exact) {
    Language language = console.language();
    var view = new Listing.View(language, shown, clock.instant(), exact);
    var table =
        new Table(columns.stream().map(c -> exact ? c.key() : c.heading(language)).toList());
    for (JsonNode item : found.items()) {
      table.add(columns.stream().map(column -> column.cell().apply(item, view)).toList());
    }
    return table;
  }

  // Options

  private ZoneId zoneId(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw wrong(
          "--zone is '" + text + "', wanted a time zone such as Asia/Shanghai",
          "--zone 为 '" + text + "'，应为时区，例如 Asia/Shanghai");
    }
  }

  private int number(String option, String text, int most) {
    int least = option.equals("--hops") ? 0 : 1;
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw wrong(
        option + " is '" + text + "', wanted a number from " + least + " to " + most,
        option + " 为 '" + text + "'，应为 " + least + " 到 " + most + " 的数字");
  }

  private ParameterException wrong(String en, String zh) {
    return new ParameterException(spec.commandLine(), console.language() == Language.ZH ? zh : en);
  }
}
