package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.ports.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What became of a request. */
sealed interface Reply {

  int TOO_LARGE = 413;

  record Done(JsonNode body) implements Reply {}

  /**
   * The cluster answered and did not do it.
   *
   * @param types of the error and of what caused it, such as {@code too_many_buckets_exception}
   * @param reason in the cluster's words
   */
  record Refused(int status, List<String> types, String reason) implements Reply {
    public Refused {
      types = List.copyOf(types);
    }

    boolean mayPass() {
      return mayPass(status);
    }

    static boolean mayPass(int status) {
      return status == 429 || status / 100 == 5;
    }

    private String said() {
      return "status " + status + ": " + reason;
    }
  }

  /** No answer came. */
  record Unreachable(String why, Exception cause) implements Reply {}

  /** What asks for more than the cluster reads at once. */
  Set<String> TOO_WIDE =
      Set.of(
          "too_many_buckets_exception",
          "too_many_clauses",
          "too_many_nested_clauses",
          "circuit_breaking_exception");

  /**
   * The body of an answer to a question.
   *
   * @param what could not be done, such as {@code search log lines}
   * @throws QueryTooWideException if it asked for too much
   * @throws StoreException if there is no answer
   */
  default JsonNode body(String what, OpenSearchEndpoint endpoint) {
    return switch (this) {
      case Done done -> done.body;
      case Refused refused -> {
        if (refused.types.stream().anyMatch(TOO_WIDE::contains)) {
          throw new QueryTooWideException(
              "cannot %s: it is more than the cluster reads at once (%s); narrow the time or the conditions"
                  .formatted(what, refused.reason));
        }
        throw failure(what, endpoint);
      }
      case Unreachable unreachable -> throw failure(what, endpoint);
    };
  }

  /** Why it was not done, and what helps. */
  default StoreException failure(String what, OpenSearchEndpoint endpoint) {
    return switch (this) {
      case Done done -> throw new IllegalStateException("nothing failed: " + what);
      case Refused refused ->
          new StoreException(
              "cannot %s in %s: %s; %s"
                  .formatted(what, endpoint.base(), refused.said(), help(refused.status)));
      case Unreachable unreachable ->
          new StoreException(
              "cannot %s in %s: %s; see that it runs and can be reached from here"
                  .formatted(what, endpoint.base(), unreachable.why),
              unreachable.cause);
    };
  }

  private static String help(int status) {
    return switch (status) {
      case 401 -> "check the user and its password, or the token";
      case 403 -> "give the user the rights that the guide lists, or free disk on the cluster";
      case 429, 502, 503, 504 -> "it is busy or starting: try again later, or give it more nodes";
      default -> "its own log says more";
    };
  }

  /** At most so many characters of what others say. */
  static String shortened(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }

  /** The types of an error and of all that caused it. */
  static List<String> types(Collection<JsonNode> found) {
    return found.stream().map(node -> node.asString("")).filter(it -> !it.isEmpty()).toList();
  }
}
