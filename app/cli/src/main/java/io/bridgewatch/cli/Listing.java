package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.Vocabulary;
import io.bridgewatch.model.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/**
 * Something that can be listed: where the hub has it, and what a table shows of it.
 *
 * @param name as the command line calls it
 * @param aliases by which it may be called, too
 * @param source which of the hub's lists it is
 * @param filter what of that list: types of entity, or what happenings are about
 */
record Listing(
    String name, List<String> aliases, Source source, String filter, List<Column> columns) {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  /** A list of the hub. */
  enum Source {
    CLUSTERS,
    ENTITIES,
    HAPPENINGS,
    POOLS,
    TEAMS,
    SCALING,
    /** Policies that were learned. */
    LEARNED,
    /** Plans to scale. */
    PLANS,
    LOGS,
    TRACES,
    /** The spans of one trace. */
    TRACE,
    METRICS,
    /** The series of one metric. */
    SERIES;

    /** Whether it is measured or written by what runs, rather than known of it. */
    boolean isSignal() {
      return switch (this) {
        case CLUSTERS, ENTITIES, HAPPENINGS, POOLS, TEAMS, SCALING, PLANS, LEARNED -> false;
        case LOGS, TRACES, TRACE, METRICS, SERIES -> true;
      };
    }
  }

  /**
   * @param key heading in files
   * @param wide whether it is shown only when everything is
   */
  record Column(
      String key, String en, String zh, boolean wide, BiFunction<JsonNode, View, String> cell) {

    String heading(Language language) {
      return language == Language.ZH ? zh : en;
    }
  }

  /**
   * How cells are shown.
   *
   * @param exact whether for programs: times in full, numbers as they are
   */
  record View(Language language, ZoneId zone, Instant now, boolean exact) {

    String time(String text) {
      if (text.isEmpty() || exact) {
        return text;
      }
      try {
        return TIME.withZone(zone).format(Instant.parse(text));
      } catch (DateTimeParseException e) {
        return text;
      }
    }

    /** How long ago, in the largest unit that says something. */
    String age(String text) {
      if (text.isEmpty() || exact) {
        return text;
      }
      try {
        var age = Duration.between(Instant.parse(text), now);
        long seconds = Math.max(0, age.toSeconds());
        return seconds < 120
            ? seconds + "s"
            : seconds < 7200
                ? seconds / 60 + "m"
                : seconds < 172_800 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
      } catch (DateTimeParseException e) {
        return text;
      }
    }
  }

  private static final Column CLUSTER =
      column("cluster", "CLUSTER", "集群", true, (row, view) -> field(row, "cluster"));
  private static final Column TYPE =
      column("type", "TYPE", "类型", false, (row, view) -> field(row, "typeText"));
  private static final Column NAMESPACE =
      column("namespace", "NAMESPACE", "命名空间", false, (row, view) -> field(row, "namespace"));
  private static final Column NAME =
      column("name", "NAME", "名称", false, (row, view) -> field(row, "name"));
  private static final Column HEALTH =
      column("health", "HEALTH", "健康", false, (row, view) -> health(row, view));
  private static final Column REASON =
      column("reason", "REASON", "原因", false, (row, view) -> field(row.path("health"), "reason"));
  private static final Column MESSAGE =
      column("message", "MESSAGE", "信息", true, (row, view) -> field(row.path("health"), "message"));
  private static final Column AGE =
      column("created", "AGE", "存在时间", false, (row, view) -> view.age(field(row, "created")));
  private static final Column APPLICATION =
      column("application", "APPLICATION", "应用", true, (row, view) -> field(row, "application"));
  private static final Column TEAM =
      column("team", "TEAM", "团队", true, (row, view) -> field(row, "team"));
  private static final Column IMAGE =
      attribute("image", "IMAGE", "镜像", true, "container.image.name");
  private static final Column NODE = attribute("node", "NODE", "节点", true, "k8s.node.name");
  private static final Column REPLICAS =
      column(
          "ready",
          "READY",
          "就绪",
          false,
          (row, view) ->
              attribute(row, "k8s.workload.replicas.ready")
                  + "/"
                  + attribute(row, "k8s.workload.replicas.desired"));

  private static final List<Listing> ALL = all();

  static Optional<Listing> of(String name) {
    return ALL.stream()
        .filter(listing -> listing.name().equals(name) || listing.aliases().contains(name))
        .findFirst();
  }

  static List<String> names() {
    return ALL.stream().map(Listing::name).toList();
  }

  List<Column> columns(boolean wide) {
    return columns.stream().filter(column -> wide || !column.wide()).toList();
  }

  private static List<Listing> all() {
    var all = new ArrayList<Listing>();
    all.add(
        entities(
            "pods",
            "pod",
            List.of("pod", "po"),
            attribute("ready", "READY", "就绪", false, "k8s.pod.ready"),
            HEALTH,
            REASON,
            attribute("restarts", "RESTARTS", "重启", false, "k8s.pod.restarts"),
            AGE,
            attribute("ip", "IP", "IP", true, "k8s.pod.ip"),
            NODE,
            IMAGE));
    Map<String, List<String>> workloads = new LinkedHashMap<>();
    workloads.put("deployments", List.of("deployment", "deploy"));
    workloads.put("statefulsets", List.of("statefulset", "sts"));
    workloads.put("daemonsets", List.of("daemonset", "ds"));
    workloads.put("replicasets", List.of("replicaset", "rs"));
    workloads.forEach(
        (name, aliases) ->
            all.add(
                entities(name, aliases.getFirst(), aliases, REPLICAS, HEALTH, REASON, AGE, IMAGE)));
    all.add(
        entities(
            "workloads",
            "deployment,statefulset,daemonset,job,cronjob",
            List.of("workload"),
            TYPE,
            HEALTH,
            REASON,
            AGE,
            IMAGE));
    all.add(entities("jobs", "job", List.of("job"), HEALTH, REASON, AGE, IMAGE));
    all.add(
        entities(
            "cronjobs",
            "cronjob",
            List.of("cronjob", "cj"),
            attribute("schedule", "SCHEDULE", "计划", false, "k8s.cronjob.schedule"),
            HEALTH,
            REASON,
            AGE));
    all.add(
        entities(
            "services",
            "kubernetes-service",
            List.of("service", "svc"),
            attribute("kind", "KIND", "形式", false, "k8s.service.type"),
            attribute("clusterIp", "CLUSTER-IP", "集群 IP", false, "k8s.service.cluster_ip"),
            attribute("ports", "PORTS", "端口", false, "k8s.service.ports"),
            HEALTH,
            REASON,
            AGE));
    all.add(
        new Listing(
            "nodes",
            List.of("node", "no"),
            Source.ENTITIES,
            "node",
            List.of(
                NAME,
                HEALTH,
                REASON,
                attribute("pool", "POOL", "资源池", false, "bridgewatch.pool"),
                attribute("version", "VERSION", "版本", false, "k8s.node.kubelet.version"),
                attribute("arch", "ARCH", "架构", false, "host.arch"),
                attribute("cpu", "CPU", "CPU", false, "k8s.node.allocatable.cpu"),
                column(
                    "memory",
                    "MEMORY",
                    "内存",
                    false,
                    (row, view) -> bytes(attribute(row, "k8s.node.allocatable.memory"), view)),
                AGE,
                attribute("ip", "IP", "IP", true, "host.ip"),
                attribute("zone", "ZONE", "可用区", true, "cloud.availability_zone"),
                attribute("os", "OS", "操作系统", true, "os.description"),
                MESSAGE,
                CLUSTER)));
    Map<String, List<String>> others = new TreeMap<>();
    others.put("namespaces", List.of("namespace", "ns"));
    others.put("configmaps", List.of("configmap", "cm"));
    others.put("hpas", List.of("hpa"));
    others.put("quotas", List.of("resource-quota", "quota"));
    others.put("pvcs", List.of("persistent-volume-claim", "pvc"));
    others.put("pvs", List.of("persistent-volume", "pv"));
    others.put("containers", List.of("container"));
    others.put("zones", List.of("zone"));
    others.forEach(
        (name, aliases) ->
            all.add(entities(name, aliases.getFirst(), aliases, HEALTH, REASON, AGE)));
    all.add(
        entities(
            "objects",
            "object",
            List.of("object"),
            column("kind", "KIND", "种类", false, (row, view) -> field(row, "kind")),
            HEALTH,
            REASON,
            AGE));
    all.add(entities("all", "", List.of(), TYPE, HEALTH, REASON, AGE));
    all.add(
        happenings(
            "changes",
            "change",
            List.of("change"),
            column("kind", "CHANGE", "变更", false, (row, view) -> field(row, "kindText")),
            entity(),
            column("by", "BY", "操作者", false, (row, view) -> who(row)),
            column("summary", "SUMMARY", "摘要", false, (row, view) -> field(row, "summary")),
            column("manager", "WITH", "工具", true, (row, view) -> field(row, "manager")),
            column("diff", "DIFF", "差异", true, (row, view) -> field(row, "diff"))));
    all.add(
        happenings(
            "events",
            "event",
            List.of("event", "ev"),
            column(
                "type",
                "TYPE",
                "级别",
                false,
                (row, view) -> field(row, "warning").equals("true") ? "Warning" : "Normal"),
            column("reason", "REASON", "原因", false, (row, view) -> field(row, "reason")),
            entity(),
            column("count", "COUNT", "次数", false, (row, view) -> field(row, "count")),
            column("message", "MESSAGE", "信息", false, (row, view) -> field(row, "message")),
            column("reporter", "FROM", "来源", true, (row, view) -> field(row, "reporter"))));
    all.add(
        happenings(
            "lifecycle",
            "lifecycle",
            List.of("lifecycles"),
            entity(),
            column("stage", "STAGE", "阶段", false, (row, view) -> field(row, "stageText")),
            column("reason", "REASON", "原因", false, (row, view) -> field(row, "reason")),
            column("exitCode", "EXIT", "退出码", false, (row, view) -> field(row, "exitCode")),
            column("message", "MESSAGE", "信息", true, (row, view) -> field(row, "message"))));
    all.add(
        happenings(
            "happenings",
            "",
            List.of("happening", "timeline"),
            column("what", "WHAT", "类别", false, (row, view) -> field(row, "what")),
            column(
                "sentence",
                "WHAT HAPPENED",
                "发生了什么",
                false,
                (row, view) -> field(row, "sentence"))));
    all.add(clusters());
    all.add(pools());
    all.add(teams());
    all.addAll(ScalingListings.all());
    all.addAll(SignalListings.all());
    return List.copyOf(all);
  }

  private static Listing entities(
      String name, String types, List<String> aliases, Column... columns) {
    var all = new ArrayList<>(List.of(NAMESPACE, NAME));
    all.addAll(List.of(columns));
    all.addAll(List.of(MESSAGE, APPLICATION, TEAM, CLUSTER));
    return new Listing(name, aliases, Source.ENTITIES, types, all);
  }

  private static Listing happenings(
      String name, String what, List<String> aliases, Column... columns) {
    var all = new ArrayList<Column>();
    all.add(column("time", "TIME", "时间", false, (row, view) -> view.time(field(row, "time"))));
    all.addAll(List.of(columns));
    return new Listing(name, aliases, Source.HAPPENINGS, what, all);
  }

  private static Listing clusters() {
    return new Listing(
        "clusters",
        List.of("cluster"),
        Source.CLUSTERS,
        "",
        List.of(
            NAME,
            column("state", "STATE", "状态", false, (row, view) -> field(row, "state")),
            column("reason", "REASON", "原因", false, (row, view) -> field(row, "reason")),
            column("since", "SINCE", "自", false, (row, view) -> view.time(field(row, "since"))),
            count("nodes", "NODES", "节点"),
            count("pods", "PODS", "Pod"),
            count("workloads", "WORKLOADS", "工作负载"),
            column("troubles", "TROUBLES", "异常", false, (row, view) -> field(row, "troubles")),
            column("source", "SOURCE", "来源", true, (row, view) -> field(row, "source")),
            column("apiUrl", "API", "API 地址", true, (row, view) -> field(row, "apiUrl")),
            column("detail", "DETAIL", "详情", true, (row, view) -> field(row, "detail"))));
  }

  private static Column count(String key, String en, String zh) {
    return column(key, en, zh, false, (row, view) -> field(row.path("counts"), key));
  }

  private static Listing pools() {
    return new Listing(
        "pools",
        List.of("pool"),
        Source.POOLS,
        "",
        List.of(
            column("cluster", "CLUSTER", "集群", false, (row, view) -> field(row, "cluster")),
            NAME,
            column("nodes", "NODES", "节点", false, (row, view) -> field(row, "nodes")),
            column("ready", "READY", "就绪", false, (row, view) -> field(row, "readyNodes")),
            column("pods", "PODS", "Pod", false, (row, view) -> field(row, "pods")),
            amount("cpuRequested", "CPU ASKED", "CPU 申请", "requests", "cpu"),
            amount("cpu", "CPU", "CPU 可分配", "allocatable", "cpu"),
            amount("memoryRequested", "MEMORY ASKED", "内存申请", "requests", "memory"),
            amount("memory", "MEMORY", "内存可分配", "allocatable", "memory"),
            column("troubled", "TROUBLED", "异常", false, (row, view) -> field(row, "troubled"))));
  }

  private static Listing teams() {
    return new Listing(
        "teams",
        List.of("team"),
        Source.TEAMS,
        "",
        List.of(
            column("cluster", "CLUSTER", "集群", false, (row, view) -> field(row, "cluster")),
            NAME,
            column("pods", "PODS", "Pod", false, (row, view) -> field(row, "pods")),
            amount("cpuRequested", "CPU ASKED", "CPU 申请", "requests", "cpu"),
            amount("memoryRequested", "MEMORY ASKED", "内存申请", "requests", "memory"),
            column("nodes", "ON NODES", "所在节点", false, (row, view) -> field(row, "nodes")),
            column(
                "unrequested",
                "ASK NOTHING",
                "未申请",
                false,
                (row, view) -> field(row, "unrequested")),
            column("troubled", "TROUBLED", "异常", false, (row, view) -> field(row, "troubled"))));
  }

  private static Column amount(String key, String en, String zh, String of, String resource) {
    return column(
        key,
        en,
        zh,
        false,
        (row, view) -> {
          String value = field(row.path(of), resource);
          return resource.equals("memory") ? bytes(value, view) : value;
        });
  }

  private static Column entity() {
    return column(
        "entity",
        "ENTITY",
        "对象",
        false,
        (row, view) ->
            view.exact()
                ? field(row.path("entity"), "id")
                : field(row.path("entity"), "typeText")
                    + " "
                    + (field(row.path("entity"), "namespace").isEmpty()
                        ? ""
                        : field(row.path("entity"), "namespace") + "/")
                    + field(row.path("entity"), "name"));
  }

  static Column column(
      String key, String en, String zh, boolean wide, BiFunction<JsonNode, View, String> cell) {
    return new Column(key, en, zh, wide, cell);
  }

  private static Column attribute(String key, String en, String zh, boolean wide, String name) {
    return column(key, en, zh, wide, (row, view) -> attribute(row, name));
  }

  private static String attribute(JsonNode row, String name) {
    return field(row.path("attributes"), name);
  }

  static String field(JsonNode row, String name) {
    return HubClient.text(row, name);
  }

  private static String who(JsonNode row) {
    String user = field(row, "user");
    return user.isEmpty() ? field(row, "author") : user;
  }

  private static String health(JsonNode row, View view) {
    String state = field(row.path("health"), "state");
    if (view.exact()) {
      return state;
    }
    return Arrays.stream(Health.State.values())
        .filter(known -> known.id().equals(state))
        .map(known -> Vocabulary.health(known, view.language()))
        .findFirst()
        .orElse(state);
  }

  /** Bytes in the largest binary unit that leaves at least one. */
  private static String bytes(String text, View view) {
    if (text.isEmpty() || view.exact()) {
      return text;
    }
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return text;
    }
    String[] units = {"", "Ki", "Mi", "Gi", "Ti"};
    int unit = 0;
    while (value >= 1024 && unit + 1 < units.length) {
      value /= 1024;
      unit++;
    }
    return (value == Math.rint(value) ? Long.toString((long) value) : "%.1f".formatted(value))
        + units[unit];
  }
}
