package io.bridgewatch.scale;

import io.bridgewatch.scale.PolicyShape.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A learned policy, its model included, as a tree that any JSON library writes. The one place that
 * knows how one is kept; its floor and what tells days apart are kept elsewhere ({@link
 * LearnedPolicy#keeping}, {@link LearnedPolicy#by}).
 *
 * <p>Version 1. A later version that adds fields keeps its number where older readers may pass over
 * them; one that changes what a field means takes the next.
 */
public final class LearnedPolicyDocument {

  private static final int VERSION = 1;
  private static final String REPLICA = "REPLICA";
  private static final String ZONE = "ZONE";
  private static final Set<String> TRIGGERS =
      Arrays.stream(Trigger.values()).map(Trigger::name).collect(Collectors.toSet());

  private LearnedPolicyDocument() {}

  /** Numbers, truth values, lists of numbers and maps only. */
  public static Map<String, @Nullable Object> write(LearnedPolicy policy) {
    var tree = tree();
    tree.put("version", VERSION);
    tree.put("point", point(policy.points().usual()));
    var ofKinds = tree();
    policy.points().ofKinds().forEach((kind, point) -> ofKinds.put(kind, point(point)));
    tree.put("pointsOfKinds", ofKinds);
    tree.put("plant", plant(policy.plant()));
    tree.put("floor", policy.floor());
    tree.put("stepSeconds", policy.stepSeconds());
    rules(policy.rules(), tree);
    tree.put(
        "expected", policy.expected().parts().stream().map(LearnedPolicyDocument::effect).toList());
    tree.put("aheads", Arrays.stream(policy.model().aheads()).boxed().toList());
    tree.put(
        "parts", Arrays.stream(policy.model().parts()).map(LearnedPolicyDocument::part).toList());
    return tree;
  }

  private static Map<String, @Nullable Object> point(OperatingPoint point) {
    var tree = tree();
    tree.put("errors", point.errors());
    tree.put("leastRise", point.leastRise());
    tree.put("mostRise", Double.isInfinite(point.mostRise()) ? null : point.mostRise());
    tree.put("downWindowSeconds", point.downWindowSeconds());
    return tree;
  }

  private static OperatingPoint point(Node point) {
    return new OperatingPoint(
        point.number("errors"),
        point.number("leastRise"),
        point.has("mostRise") ? point.number("mostRise") : Double.POSITIVE_INFINITY,
        point.integer("downWindowSeconds"));
  }

  /** Before days were told apart, all had one point. */
  private static OperatingPoints points(Node document) {
    var ofKinds = new TreeMap<String, OperatingPoint>();
    if (document.has("pointsOfKinds")) {
      Node kinds = document.node("pointsOfKinds");
      kinds.names().forEach(kind -> ofKinds.put(kind, point(kinds.node(kind))));
    }
    return new OperatingPoints(point(document.node("point")), ofKinds);
  }

  private static void rules(PolicyRules rules, Map<String, @Nullable Object> tree) {
    tree.put("guard", rules.guard().name());
    switch (rules.reserve()) {
      case Reserve.None _ -> tree.put("reserve", null);
      case Reserve.OneReplica _ -> tree.put("reserve", REPLICA);
      case Reserve.OneZone(int zones) -> {
        tree.put("reserve", ZONE);
        tree.put("zones", zones);
      }
    }
    tree.put("minReplicas", rules.minReplicas());
    tree.put("maxReplicas", rules.maxReplicas());
  }

  /** Before there were guards and reserves, CPU was the guard and nothing was kept. */
  private static PolicyRules rules(Node document) {
    Reserve reserve =
        !document.has("reserve")
            ? new Reserve.None()
            : document.word("reserve", Set.of(REPLICA, ZONE)).equals(ZONE)
                ? new Reserve.OneZone(document.integer("zones"))
                : new Reserve.OneReplica();
    return new PolicyRules(
        document.has("guard") ? Trigger.valueOf(document.word("guard", TRIGGERS)) : Trigger.CPU,
        reserve,
        document.has("minReplicas") ? document.integer("minReplicas") : 1,
        document.integer("maxReplicas"));
  }

  private static Map<String, @Nullable Object> part(RiseModel.Part part) {
    var tree = tree();
    tree.put("low", numbers(part.low()));
    tree.put("high", numbers(part.high()));
    tree.put("expected", numbers(part.expected()));
    tree.put("error", numbers(part.error()));
    tree.put("leastError", part.leastError());
    tree.put("highestRise", part.highestRise());
    tree.put("jump", part.recurring().jump());
    tree.put("jumpsRecur", part.recurring().trusted());
    return tree;
  }

  /** Of a plant, by the names of its fields. */
  public static Map<String, @Nullable Object> plant(PlantSettings plant) {
    var tree = tree();
    tree.put("capacity", plant.capacity());
    tree.put("cpuCapacity", plant.cpu().capacity());
    tree.put("cpuIdle", plant.cpu().idle());
    tree.put("startSeconds", plant.startSeconds());
    tree.put("windowSeconds", plant.windowSeconds());
    tree.put("lagSeconds", plant.lagSeconds());
    tree.put("syncSeconds", plant.syncSeconds());
    tree.put("hurtSeconds", plant.hurtSeconds());
    tree.put("longestWaitSeconds", plant.longestWaitSeconds());
    tree.put("serviceSeconds", plant.serviceSeconds());
    tree.put("randomness", plant.randomness());
    tree.put("warmSeconds", plant.warming().seconds());
    tree.put("warmExcess", plant.warming().excess());
    tree.put(
        "downstreamReplicas",
        plant.downstreamReplicas() == PlantSettings.ANY ? null : plant.downstreamReplicas());
    return tree;
  }

  /** Of an effect, by the names of its fields. */
  public static Map<String, @Nullable Object> effect(ScalingEffect effect) {
    var tree = tree();
    tree.put("seconds", effect.seconds());
    tree.put("requests", effect.requests());
    tree.put("hurt", effect.hurt());
    tree.put("violationSeconds", effect.violationSeconds());
    tree.put("podSeconds", effect.podSeconds());
    tree.put("neededPodSeconds", effect.neededPodSeconds());
    tree.put("rescales", effect.rescales());
    tree.put("flaps", effect.flaps());
    tree.put("atMaxSeconds", effect.atMaxSeconds());
    tree.put("worstMinuteShare", effect.worstMinuteShare());
    tree.put("shortSeconds", effect.shortSeconds());
    tree.put("timeToCapacityP95Seconds", effect.timeToCapacityP95Seconds());
    tree.put("violationMinutes", effect.violationMinutes());
    tree.put("overloadSeconds", effect.overloadSeconds());
    return tree;
  }

  private static List<Double> numbers(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static Map<String, @Nullable Object> tree() {
    return new LinkedHashMap<>();
  }

  /**
   * The policy that was written.
   *
   * @throws IllegalArgumentException if it is of a later version, or a field is missing or wrong
   */
  public static LearnedPolicy read(Map<String, ? extends @Nullable Object> tree) {
    var document = new Node(tree, "");
    int version = document.integer("version");
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "cannot read a learned policy of version %d, this release reads %d; learn it again"
              .formatted(version, VERSION));
    }
    var parts = new ArrayList<RiseModel.Part>();
    for (Node part : document.nodes("parts")) {
      parts.add(
          new RiseModel.Part(
              part.signals("low"),
              part.signals("high"),
              part.signals("expected"),
              part.signals("error"),
              part.number("leastError"),
              part.number("highestRise"),
              new RecurringRises(part.number("jump"), part.flag("jumpsRecur"))));
    }
    double[] aheads = document.numbers("aheads");
    if (aheads.length != parts.size()) {
      throw document.wrong("aheads", "%d for %d parts".formatted(aheads.length, parts.size()));
    }
    return new LearnedPolicy(
        points(document),
        new RiseModel(
            Arrays.stream(aheads).mapToInt(ahead -> (int) ahead).toArray(),
            parts.toArray(RiseModel.Part[]::new)),
        plant(document.node("plant")),
        document.number("floor"),
        document.integer("stepSeconds"),
        rules(document),
        new FoldedEffect(
            document.nodes("expected").stream().map(LearnedPolicyDocument::effect).toList()),
        Optional.empty(),
        Optional.empty());
  }

  private static PlantSettings plant(Node tree) {
    return new PlantSettings(
        tree.number("capacity"),
        new CpuDemand(tree.number("cpuCapacity"), tree.has("cpuIdle") ? tree.number("cpuIdle") : 0),
        tree.integer("startSeconds"),
        tree.integer("windowSeconds"),
        tree.integer("lagSeconds"),
        tree.integer("syncSeconds"),
        tree.number("hurtSeconds"),
        tree.number("longestWaitSeconds"),
        tree.number("serviceSeconds"),
        tree.number("randomness"),
        tree.has("warmSeconds")
            ? new Warming(tree.integer("warmSeconds"), tree.number("warmExcess"))
            : Warming.NONE,
        tree.has("downstreamReplicas") ? tree.integer("downstreamReplicas") : PlantSettings.ANY);
  }

  /**
   * An effect that {@link #effect(ScalingEffect)} wrote.
   *
   * @throws IllegalArgumentException if a field is missing or wrong
   */
  public static ScalingEffect effect(Map<String, ? extends @Nullable Object> tree) {
    return effect(new Node(tree, ""));
  }

  private static ScalingEffect effect(Node tree) {
    return new ScalingEffect(
        tree.number("seconds"),
        tree.number("requests"),
        tree.number("hurt"),
        tree.number("violationSeconds"),
        tree.number("podSeconds"),
        tree.number("neededPodSeconds"),
        tree.integer("rescales"),
        tree.integer("flaps"),
        tree.number("atMaxSeconds"),
        tree.number("worstMinuteShare"),
        tree.number("shortSeconds"),
        tree.number("timeToCapacityP95Seconds"),
        tree.number("violationMinutes"),
        tree.has("overloadSeconds") ? tree.number("overloadSeconds") : 0);
  }

  /** A part of the tree and where it stands, for messages. */
  private record Node(Map<?, ?> tree, String at) {

    boolean has(String field) {
      return tree.get(field) != null;
    }

    List<String> names() {
      return tree.keySet().stream().map(String::valueOf).toList();
    }

    double number(String field) {
      return number(tree.get(field), field);
    }

    boolean flag(String field) {
      if (tree.get(field) instanceof Boolean flag) {
        return flag;
      }
      throw wrong(field, tree.get(field) + ", wanted true or false");
    }

    String word(String field, Set<String> known) {
      if (tree.get(field) instanceof String word && known.contains(word)) {
        return word;
      }
      throw wrong(field, tree.get(field) + ", wanted one of " + new TreeSet<>(known));
    }

    int integer(String field) {
      double number = number(field);
      if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
        throw wrong(field, number + ", wanted an integer");
      }
      return (int) number;
    }

    double[] numbers(String field) {
      return list(field).stream().mapToDouble(one -> number(one, field)).toArray();
    }

    double[] signals(String field) {
      double[] numbers = numbers(field);
      if (numbers.length != LoadSignals.COUNT) {
        throw wrong(field, "%d numbers, wanted %d".formatted(numbers.length, LoadSignals.COUNT));
      }
      return numbers;
    }

    Node node(String field) {
      if (tree.get(field) instanceof Map<?, ?> map) {
        return new Node(map, at + field + ".");
      }
      throw wrong(field, "no object");
    }

    List<Node> nodes(String field) {
      var nodes = new ArrayList<Node>();
      for (Object one : list(field)) {
        if (!(one instanceof Map<?, ?> map)) {
          throw wrong(field, "no list of objects");
        }
        nodes.add(new Node(map, at + field + "[" + nodes.size() + "]."));
      }
      return nodes;
    }

    private List<?> list(String field) {
      if (tree.get(field) instanceof List<?> list) {
        return list;
      }
      throw wrong(field, "no list");
    }

    private double number(@Nullable Object value, String field) {
      if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
        return number.doubleValue();
      }
      throw wrong(field, value + ", wanted a number");
    }

    IllegalArgumentException wrong(String field, String seen) {
      return new IllegalArgumentException(
          "cannot read a learned policy: %s%s is %s; learn it again".formatted(at, field, seen));
    }
  }
}
