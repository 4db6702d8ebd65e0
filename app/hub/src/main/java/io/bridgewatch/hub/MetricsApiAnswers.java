package io.bridgewatch.hub;

import io.bridgewatch.hub.MetricsApiCluster.Question;
import io.bridgewatch.hub.MetricsApiServer.Answer;
import io.bridgewatch.hub.MetricsApiServer.User;
import io.bridgewatch.hub.MetricsApiValues.Told;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.QueryTooWideException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Answers in the words of {@code external.metrics.k8s.io/v1beta1} and {@code
 * custom.metrics.k8s.io/v1beta2}. Where nothing is known of a metric the list is empty, or there is
 * none: an autoscaler then holds.
 */
final class MetricsApiAnswers {

  static final String EXTERNAL = "external.metrics.k8s.io";
  static final String EXTERNAL_VERSION = "v1beta1";
  static final String CUSTOM = "custom.metrics.k8s.io";
  static final String CUSTOM_VERSION = "v1beta2";

  /** Of a custom metric, as the reader measures it. */
  private static final int WINDOW_SECONDS = 60;

  private final MetricsApiValues values;
  private final Supplier<Optional<String>> cluster;
  private final Predicate<Question> access;

  /**
   * @param cluster whose metrics are served; empty while it is not watched
   * @param access whether the cluster lets somebody read a metric
   */
  MetricsApiAnswers(
      MetricsApiValues values, Supplier<Optional<String>> cluster, Predicate<Question> access) {
    this.values = values;
    this.cluster = cluster;
    this.access = access;
  }

  List<String> groups() {
    return List.of(EXTERNAL, CUSTOM);
  }

  Answer answer(List<String> path, Map<String, String> query, User user) {
    if (path.isEmpty() || !path.getFirst().equals("apis")) {
      boolean alive =
          path.size() == 1 && List.of("healthz", "livez", "readyz").contains(path.getFirst());
      return alive ? new Answer(200, Map.of("status", "ok")) : none(path);
    }
    List<String> rest = path.subList(1, path.size());
    return switch (rest.size()) {
      case 0 -> new Answer(200, groupList());
      case 1 ->
          switch (rest.getFirst()) {
            case EXTERNAL -> new Answer(200, group(EXTERNAL, EXTERNAL_VERSION));
            case CUSTOM -> new Answer(200, group(CUSTOM, CUSTOM_VERSION));
            default -> none(path);
          };
      default -> {
        String version = rest.get(0) + "/" + rest.get(1);
        List<String> of = rest.subList(2, rest.size());
        yield switch (version) {
          case EXTERNAL + "/" + EXTERNAL_VERSION -> external(of, query, user, path);
          case CUSTOM + "/" + CUSTOM_VERSION -> custom(of, query, user, path);
          default -> none(path);
        };
      }
    };
  }

  private static Answer none(List<String> path) {
    return Answer.refused(404, "NotFound", "there is no /" + String.join("/", path));
  }

  // Discovery

  private static Map<String, Object> groupList() {
    return ordered(
        "kind",
        "APIGroupList",
        "apiVersion",
        "v1",
        "groups",
        List.of(group(EXTERNAL, EXTERNAL_VERSION), group(CUSTOM, CUSTOM_VERSION)));
  }

  private static Map<String, Object> group(String name, String version) {
    var only = ordered("groupVersion", name + "/" + version, "version", version);
    return ordered(
        "kind",
        "APIGroup",
        "apiVersion",
        "v1",
        "name",
        name,
        "versions",
        List.of(only),
        "preferredVersion",
        only);
  }

  private static Answer resources(String group, String version, List<Object> resources) {
    return new Answer(
        200,
        ordered(
            "kind",
            "APIResourceList",
            "apiVersion",
            "v1",
            "groupVersion",
            group + "/" + version,
            "resources",
            resources));
  }

  private static Map<String, Object> resource(String name, String kind) {
    return ordered(
        "name",
        name,
        "singularName",
        "",
        "namespaced",
        true,
        "kind",
        kind,
        "verbs",
        List.of("get"));
  }

  // External

  private Answer external(
      List<String> of, Map<String, String> query, User user, List<String> path) {
    if (of.isEmpty()) {
      return resources(
          EXTERNAL,
          EXTERNAL_VERSION,
          Arrays.stream(LearnedMetric.values())
              .<Object>map(one -> resource(one.external(), "ExternalMetricValueList"))
              .toList());
    }
    if (of.size() != 3 || !of.get(0).equals("namespaces")) {
      return none(path);
    }
    String namespace = of.get(1);
    String metric = of.get(2);
    var question = question(user, "list", EXTERNAL, EXTERNAL_VERSION, namespace, metric, "", "");
    if (!access.test(question)) {
      return forbidden(question);
    }
    var told = LearnedMetric.of(metric);
    if (told.isEmpty()) {
      return Answer.refused(404, "NotFound", "there is no external metric " + metric);
    }
    LabelSelector selector;
    try {
      selector = LabelSelector.of(query.getOrDefault("labelSelector", ""));
    } catch (IllegalArgumentException e) {
      return Answer.refused(400, "BadRequest", String.valueOf(e.getMessage()));
    }
    if (!selector.names("workload")) {
      return Answer.refused(
          400,
          "BadRequest",
          "the selector must name the workload, as in kind=Deployment,workload=cart: an autoscaler"
              + " adds up all that it is told");
    }
    Object now = values.now().truncatedTo(ChronoUnit.SECONDS).toString();
    List<Object> items = new ArrayList<>();
    for (Told one :
        cluster
            .get()
            .map(name -> values.told(told.get(), name, Optional.of(namespace), selector))
            .orElse(List.of())) {
      items.add(
          ordered(
              "metricName",
              metric,
              "metricLabels",
              one.labels(),
              "timestamp",
              now,
              "value",
              quantity(one.value())));
    }
    return new Answer(200, list("ExternalMetricValueList", EXTERNAL, EXTERNAL_VERSION, items));
  }

  // Custom

  private Answer custom(List<String> of, Map<String, String> query, User user, List<String> path) {
    if (of.isEmpty()) {
      List<Object> all = new ArrayList<>();
      for (String metric : MetricsApiValues.CUSTOM) {
        all.add(resource("pods/" + metric, "MetricValueList"));
        MetricsApiValues.OBJECTS
            .keySet()
            .forEach(one -> all.add(resource(one + "/" + metric, "MetricValueList")));
      }
      return resources(CUSTOM, CUSTOM_VERSION, all);
    }
    if (of.size() != 5 || !of.get(0).equals("namespaces")) {
      return none(path);
    }
    String namespace = of.get(1);
    String resource = of.get(2);
    String name = of.get(3);
    String metric = of.get(4);
    boolean many = name.equals("*");
    int dot = resource.indexOf('.');
    var question =
        question(
            user,
            many ? "list" : "get",
            CUSTOM,
            CUSTOM_VERSION,
            namespace,
            dot < 0 ? resource : resource.substring(0, dot),
            metric,
            many ? "" : name);
    if (!access.test(question)) {
      return forbidden(question);
    }
    Optional<String> here = cluster.get();
    if (!MetricsApiValues.CUSTOM.contains(metric) || here.isEmpty()) {
      return Answer.refused(404, "NotFound", "there is no custom metric " + metric);
    }
    try {
      return resource.equals("pods")
          ? pods(here.get(), namespace, name, metric, query)
          : object(here.get(), namespace, resource, name, metric);
    } catch (IllegalArgumentException e) {
      return Answer.refused(400, "BadRequest", String.valueOf(e.getMessage()));
    } catch (QueryTimeoutException | QueryTooWideException e) {
      return Answer.refused(503, "ServiceUnavailable", String.valueOf(e.getMessage()));
    }
  }

  private Answer pods(
      String here, String namespace, String name, String metric, Map<String, String> query) {
    Map<String, Double> found;
    if (name.equals("*")) {
      found =
          values.ofPods(
              here, namespace, LabelSelector.of(query.getOrDefault("labelSelector", "")), metric);
    } else {
      OptionalDouble one = values.ofPod(here, namespace, name, metric);
      found = new TreeMap<>();
      one.ifPresent(value -> found.put(name, value));
    }
    List<Object> items = new ArrayList<>();
    found.forEach((pod, value) -> items.add(value("Pod", "v1", namespace, pod, metric, value)));
    return new Answer(200, list("MetricValueList", CUSTOM, CUSTOM_VERSION, items));
  }

  private Answer object(
      String here, String namespace, String resource, String name, String metric) {
    EntityType type = MetricsApiValues.OBJECTS.get(resource);
    OptionalDouble value = values.ofObject(here, namespace, resource, name, metric);
    if (type == null || value.isEmpty()) {
      return Answer.refused(
          404,
          "NotFound",
          "nothing is known at present of %s of %s %s/%s"
              .formatted(metric, resource, namespace, name));
    }
    String kind =
        switch (resource) {
          case "deployments.apps" -> "Deployment";
          case "statefulsets.apps" -> "StatefulSet";
          default -> "Service";
        };
    String version = resource.endsWith(".apps") ? "apps/v1" : "v1";
    return new Answer(
        200,
        list(
            "MetricValueList",
            CUSTOM,
            CUSTOM_VERSION,
            List.of(value(kind, version, namespace, name, metric, value.getAsDouble()))));
  }

  private Map<String, Object> value(
      String kind, String version, String namespace, String name, String metric, double value) {
    return ordered(
        "describedObject",
        ordered("kind", kind, "namespace", namespace, "name", name, "apiVersion", version),
        "metric",
        ordered("name", metric),
        "timestamp",
        values.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        "windowSeconds",
        WINDOW_SECONDS,
        "value",
        quantity(value));
  }

  // Common

  private static Question question(
      User user,
      String verb,
      String group,
      String version,
      String namespace,
      String resource,
      String subresource,
      String name) {
    return new Question(
        user.name(),
        user.groups(),
        user.extra(),
        verb,
        group,
        version,
        namespace,
        resource,
        subresource,
        name);
  }

  private static Answer forbidden(Question question) {
    return Answer.refused(
        403,
        "Forbidden",
        "%s may not %s %s of %s in namespace %s"
            .formatted(
                question.user(),
                question.verb(),
                question.resource(),
                question.group(),
                question.namespace()));
  }

  private static Map<String, Object> list(
      String kind, String group, String version, List<Object> items) {
    return ordered(
        "kind", kind, "apiVersion", group + "/" + version, "metadata", Map.of(), "items", items);
  }

  /** In thousandths, as quantities are; rounded up, so that a little need is not none. */
  static String quantity(double value) {
    long milli = (long) Math.ceil(value * 1000 - 1e-6);
    return milli % 1000 == 0 ? Long.toString(milli / 1000) : milli + "m";
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
