package io.bridgewatch.kubernetes.server;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code SubjectAccessReview}s by what the accounts may do; without accounts all may. */
final class AccessReviews {

  private static final List<String> PATH =
      List.of("apis", "authorization.k8s.io", "v1", "subjectaccessreviews");

  private AccessReviews() {}

  static boolean asks(HttpRequest request) {
    return request.method().equals("POST") && request.path().equals(PATH);
  }

  /** The review with its status. */
  static ObjectNode answer(HttpRequest request, Map<String, ServerOptions.Account> accounts) {
    ObjectNode review = Json.object(request.body());
    JsonNode spec = review.path("spec");
    JsonNode wanted = spec.path("resourceAttributes");
    String user = spec.path("user").asString("");
    String subresource = wanted.path("subresource").asString("");
    String resource =
        wanted.path("resource").asString("") + (subresource.isEmpty() ? "" : "/" + subresource);
    boolean allowed =
        accounts.isEmpty()
            || accounts.values().stream()
                .filter(account -> account.user().equals(user))
                .flatMap(account -> account.rules().stream())
                .anyMatch(
                    rule ->
                        rule.allows(
                            wanted.path("group").asString(""),
                            resource,
                            wanted.path("verb").asString("")));
    review.putObject("status").put("allowed", allowed);
    return review;
  }
}
