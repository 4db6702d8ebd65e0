package io.bridgewatch.engine;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A workload, and how its signals are known in a store of metrics.
 *
 * @param cluster what the cluster's attribute has to be like
 * @param kind {@code Deployment} or {@code StatefulSet}
 * @param pods names of pods known to be its own, beside those whose names are made as its
 *     controller makes them
 * @param services names by which traces know what runs on its pods
 */
public record WorkloadSubject(
    AttributeMatch cluster,
    String clusterName,
    String namespace,
    String kind,
    String name,
    Set<String> pods,
    Set<String> services) {

  private static final int MOST_NAMED = 500;

  /** As controllers spell the hash of a pod's template, and the end of a pod's name. */
  private static final String HASH_AND_END = "-[4-9bcdf]{1,10}-[2456789bcdfghjklmnpqrstvwxz]{5}";

  public WorkloadSubject {
    pods = Set.copyOf(pods);
    services = Set.copyOf(services);
  }

  private boolean isStateful() {
    return kind.equals("StatefulSet");
  }

  /** What series of its pods, those that are gone among them, have to be like. */
  List<AttributeMatch> ofPods() {
    return List.of(
        cluster,
        AttributeMatch.equal(AttributeNames.NAMESPACE, namespace),
        new AttributeMatch.Like(AttributeNames.POD, podNames(), true));
  }

  /** Pods of a Deployment are gone with each release; their names stay alike. */
  Pattern podNames() {
    String named =
        new TreeSet<>(pods)
            .stream().limit(MOST_NAMED).map(Pattern::quote).collect(Collectors.joining("|"));
    String alike = Pattern.quote(name) + (isStateful() ? "-\\d{1,6}" : HASH_AND_END);
    return Pattern.compile(named.isEmpty() ? alike : alike + "|" + named);
  }

  /** What series of the services on it have to be like; nothing matches where none is known. */
  List<AttributeMatch> ofServices() {
    return List.of(cluster, new AttributeMatch.OneOf(AttributeNames.SERVICE, services));
  }

  /** What it is called in series about the workload itself. */
  public Attributes resource() {
    return resource(clusterName, namespace, kind, name);
  }

  /** The same of any workload. */
  public static Attributes resource(String cluster, String namespace, String kind, String name) {
    var resource = new TreeMap<String, String>();
    resource.put(AttributeNames.CLUSTER, cluster);
    resource.put(AttributeNames.NAMESPACE, namespace);
    resource.put(
        kind.equals("StatefulSet") ? AttributeNames.STATEFULSET : AttributeNames.DEPLOYMENT, name);
    return Attributes.of(resource);
  }

  List<AttributeMatch> itself() {
    return resource().asMap().entrySet().stream()
        .map(one -> AttributeMatch.equal(one.getKey(), one.getValue()))
        .toList();
  }

  /** As the usual exporter of objects names it in its labels. */
  List<AttributeMatch> asExported() {
    return List.of(
        cluster,
        AttributeMatch.equal(isStateful() ? "statefulset" : "deployment", name),
        new AttributeMatch.OneOf("namespace", Set.of(namespace, "")),
        new AttributeMatch.OneOf("exported_namespace", Set.of(namespace, "")));
  }
}
