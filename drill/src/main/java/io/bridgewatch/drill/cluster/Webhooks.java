package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.Admission.Review;
import io.bridgewatch.kubernetes.server.DirectObjects;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.LabelSelectors;
import io.bridgewatch.kubernetes.server.Refusal;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The validating webhooks that the API server asks before it stores an object. One that can be
 * reached has nothing to object; one that cannot be reached stops the write, unless its policy is
 * {@code Ignore}. The server waits in vain for as long as the webhook's timeout; here the refusal
 * comes at once, since nobody else may write meanwhile.
 */
final class Webhooks {
  private static final String GROUP = "admissionregistration.k8s.io/v1";

  private final DirectObjects objects;

  Webhooks(DirectObjects objects) {
    this.objects = objects;
  }

  /**
   * @throws Refusal if a webhook that must agree cannot be asked
   */
  void ask(Review review) {
    if (review.apiVersion().equals(GROUP)) {
      return; // else nobody could ever repair them
    }
    var configurations = objects.list(GROUP, "ValidatingWebhookConfiguration");
    configurations.stream()
        .sorted(Comparator.comparing(Trees::name))
        .forEach(
            configuration ->
                Trees.at(configuration, "webhooks").forEach(webhook -> ask(webhook, review)));
  }

  private void ask(JsonNode webhook, Review review) {
    if (!concerns(webhook, review) || Trees.text(webhook, "failurePolicy").equals("Ignore")) {
      return;
    }
    failure(webhook)
        .ifPresent(
            why -> {
              throw Refusal.of(
                  500,
                  "InternalError",
                  "Internal error occurred: failed calling webhook \"%s\": failed to call webhook: %s"
                      .formatted(Trees.text(webhook, "name"), why));
            });
  }

  // ------------------------------------------------------------------ what it wants to see

  private boolean concerns(JsonNode webhook, Review review) {
    var isWanted = false;
    for (var rule : Trees.at(webhook, "rules")) {
      isWanted |=
          names(rule, "operations", review.verb().name())
              && names(rule, "apiGroups", group(review.apiVersion()))
              && names(rule, "apiVersions", version(review.apiVersion()))
              && names(rule, "resources", resource(review));
    }
    return isWanted
        && LabelSelectors.matches(
            Trees.at(webhook, "objectSelector"), labels(Optional.of(review.object())))
        && LabelSelectors.matches(
            Trees.at(webhook, "namespaceSelector"), labels(namespace(review.object())));
  }

  private static boolean names(JsonNode rule, String list, String wanted) {
    var all = Trees.texts(Trees.at(rule, list));
    return all.contains("*") || all.contains(wanted);
  }

  private static String group(String apiVersion) {
    var slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  private static String version(String apiVersion) {
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }

  private static String resource(Review review) {
    var kind = review.kind().toLowerCase(Locale.ROOT);
    var plural =
        switch (kind.charAt(kind.length() - 1)) {
          case 'y' -> kind.substring(0, kind.length() - 1) + "ies";
          case 's' -> kind.endsWith("ss") ? kind + "es" : kind;
          default -> kind + "s";
        };
    return review.subresource().isEmpty() ? plural : plural + "/" + review.subresource();
  }

  private Optional<ObjectNode> namespace(JsonNode object) {
    return Optional.of(Trees.namespace(object))
        .filter(name -> !name.isEmpty())
        .flatMap(name -> objects.find(new ObjectName("v1", "Namespace", name)));
  }

  private static Map<String, String> labels(Optional<ObjectNode> object) {
    return object.map(one -> Trees.labels(Trees.at(one, "metadata", "labels"))).orElse(Map.of());
  }

  // ------------------------------------------------------------------ whether it answers

  /** Why it cannot be asked; a program outside of the cluster never answers here. */
  private Optional<String> failure(JsonNode webhook) {
    var client = Trees.at(webhook, "clientConfig");
    var timeout = Trees.at(webhook, "timeoutSeconds").asInt(10);
    var service = Trees.at(client, "service");
    if (service.isMissingNode()) {
      return Optional.of(post(Trees.text(client, "url"), timeout, "context deadline exceeded"));
    }
    var namespace = Trees.text(service, "namespace");
    var name = Trees.text(service, "name");
    var url =
        "https://%s.%s.svc:%d%s"
            .formatted(
                name, namespace, Trees.at(service, "port").asInt(443), Trees.text(service, "path"));
    var found = objects.find(new ObjectName("v1", "Service", namespace, name));
    if (found.isEmpty()) {
      return Optional.of(post(url, timeout, "service \"%s\" not found".formatted(name)));
    }
    return switch (reach(namespace, name)) {
      case ANSWERS -> Optional.empty();
      case NOBODY_THERE -> Optional.of(post(url, timeout, "context deadline exceeded"));
      case NO_ADDRESS ->
          Optional.of(
              post(
                  url,
                  timeout,
                  "dial tcp %s:443: connect: connection refused"
                      .formatted(Trees.text(found.get(), "spec", "clusterIP"))));
    };
  }

  private static String post(String url, int timeoutSeconds, String why) {
    return "Post \"%s?timeout=%ds\": %s".formatted(url, timeoutSeconds, why);
  }

  private enum Reach {
    ANSWERS,
    /** It has ready addresses, but no pod is at any of them: packets vanish. */
    NOBODY_THERE,
    NO_ADDRESS
  }

  private Reach reach(String namespace, String service) {
    var reach = Reach.NO_ADDRESS;
    for (var slice : objects.list("discovery.k8s.io/v1", "EndpointSlice")) {
      if (!Trees.namespace(slice).equals(namespace)
          || !Trees.text(slice, "metadata", "labels", "kubernetes.io/service-name")
              .equals(service)) {
        continue;
      }
      for (var endpoint : Trees.at(slice, "endpoints")) {
        for (var address : Trees.texts(Trees.at(endpoint, "addresses"))) {
          if (Trees.at(endpoint, "conditions", "ready").asBoolean(true)) {
            if (isPod(address)) {
              return Reach.ANSWERS;
            }
            reach = Reach.NOBODY_THERE;
          }
        }
      }
    }
    return reach;
  }

  private boolean isPod(String address) {
    return objects.list("v1", "Pod").stream()
        .anyMatch(
            pod ->
                Trees.text(pod, "status", "podIP").equals(address)
                    && Trees.text(pod, "status", "phase").equals("Running"));
  }
}
