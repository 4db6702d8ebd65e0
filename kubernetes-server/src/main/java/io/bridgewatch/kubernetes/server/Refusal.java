package io.bridgewatch.kubernetes.server;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer that is no success: a {@code Status} object, worded as the real API server words it.
 */
public final class Refusal extends RuntimeException {
  private final int code;
  private final transient ObjectNode status;
  private final transient Map<String, String> headers;

  private Refusal(int code, ObjectNode status, Map<String, String> headers) {
    super(Json.text(status, "message"));
    this.code = code;
    this.status = status;
    this.headers = headers;
  }

  @Override
  public String getMessage() {
    return Json.text(status, "message");
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }

  /** What a program can tell it by, such as {@code Forbidden}. */
  public String reason() {
    return Json.text(status, "reason");
  }

  ObjectNode status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  /**
   * @param code HTTP status
   * @param reason in the words of the API, such as {@code Forbidden}
   */
  public static Refusal of(int code, String reason, String message) {
    return new Refusal(code, status(code, reason, message), Map.of());
  }

  static Refusal badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  static Refusal unauthorized() {
    return of(401, "Unauthorized", "Unauthorized");
  }

  static Refusal forbidden(
      String user, String verb, ApiKind kind, String subresource, ObjectKey at) {
    var resource = kind.plural() + (subresource.isEmpty() ? "" : "/" + subresource);
    var named = at.name().isEmpty() ? "" : " \"" + at.name() + "\"";
    var scope =
        at.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"" + at.namespace() + "\"";
    var message =
        "%s%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(kind.qualifiedPlural(), named, user, verb, resource, kind.group(), scope);
    return about(403, "Forbidden", message, kind, at.name());
  }

  static Refusal unknownResource() {
    var status = status(404, "NotFound", "the server could not find the requested resource");
    status.putObject("details");
    return new Refusal(404, status, Map.of());
  }

  static Refusal notFound(ApiKind kind, String name) {
    return about(
        404, "NotFound", "%s \"%s\" not found".formatted(kind.qualifiedPlural(), name), kind, name);
  }

  static Refusal alreadyExists(ApiKind kind, String name) {
    return about(
        409,
        "AlreadyExists",
        "%s \"%s\" already exists".formatted(kind.qualifiedPlural(), name),
        kind,
        name);
  }

  static Refusal conflict(ApiKind kind, String name, String why) {
    return about(
        409,
        "Conflict",
        "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(kind.qualifiedPlural(), name, why),
        kind,
        name);
  }

  static Refusal staleVersion(ApiKind kind, String name) {
    return conflict(
        kind,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  /** More pods must not be disrupted now; the cause is found by its reason. */
  static Refusal disruption(String message) {
    var status =
        status(
            429,
            "TooManyRequests",
            "Cannot evict pod as it would violate the pod's disruption budget.");
    status
        .putObject("details")
        .putArray("causes")
        .addObject()
        .put("reason", "DisruptionBudget")
        .put("message", message);
    return new Refusal(429, status, Map.of("Retry-After", "10"));
  }

  /** Fields of an apply that others own: one cause a field. */
  static Refusal applyConflict(String message, Map<String, String> managerByField) {
    var status = status(409, "Conflict", message);
    var causes = status.putObject("details").putArray("causes");
    managerByField.forEach(
        (field, manager) ->
            causes
                .addObject()
                .put("reason", "FieldManagerConflict")
                .put("message", "conflict with " + manager)
                .put("field", field));
    return new Refusal(409, status, Map.of());
  }

  static Refusal expired(String message) {
    return of(410, "Expired", message);
  }

  /** A continue token is too old; the fresh one carries on with an inconsistent rest. */
  static Refusal expiredContinue(String freshToken) {
    var status =
        status(
            410,
            "Expired",
            "The provided continue parameter is too old to display a consistent list result. You"
                + " can start a new list without the continue parameter, or use the continue token"
                + " in this response to retrieve the remainder of the results. Continuing with the"
                + " provided token results in an inconsistent list - objects that were created,"
                + " modified, or deleted between the time the first chunk was returned and now may"
                + " show up in the list.");
    ((ObjectNode) status.path("metadata")).put("continue", freshToken);
    return new Refusal(410, status, Map.of());
  }

  static Refusal notAcceptable() {
    return of(
        406, "NotAcceptable", "only the following media types are accepted: application/json");
  }

  static Refusal unsupportedMediaType(String message) {
    return of(415, "UnsupportedMediaType", message);
  }

  static Refusal invalid(ApiKind kind, String name, String field, String why) {
    var message = "%s \"%s\" is invalid: %s: %s".formatted(kind.qualifiedKind(), name, field, why);
    var refusal = about(422, "Invalid", message, kind, name);
    ((ObjectNode) refusal.status.path("details"))
        .put("kind", kind.kind())
        .putArray("causes")
        .addObject()
        .put("reason", "FieldValueInvalid")
        .put("message", why)
        .put("field", field);
    return refusal;
  }

  /** What the server says of list options that do not go together. */
  static Refusal forbiddenOption(String option, String why) {
    var status =
        status(
            422,
            "Invalid",
            "ListOptions.meta.k8s.io \"\" is invalid: %s: Forbidden: %s".formatted(option, why));
    status
        .putObject("details")
        .put("group", "meta.k8s.io")
        .put("kind", "ListOptions")
        .putArray("causes")
        .addObject()
        .put("reason", "FieldValueForbidden")
        .put("message", "Forbidden: " + why)
        .put("field", option);
    return new Refusal(422, status, Map.of());
  }

  static Refusal tooLargeVersion(long wanted, long current) {
    var status =
        status(
            504,
            "Timeout",
            "Timeout: Too large resource version: %d, current: %d".formatted(wanted, current));
    var details = status.putObject("details");
    details
        .putArray("causes")
        .addObject()
        .put("reason", "ResourceVersionTooLarge")
        .put("message", "Too large resource version");
    details.put("retryAfterSeconds", 1);
    return new Refusal(504, status, Map.of());
  }

  /** An answer that a fault orders. */
  static Refusal ordered(int code, int retryAfterSeconds) {
    var status =
        switch (code) {
          case 429 ->
              status(
                  code,
                  "TooManyRequests",
                  "The server has received too many requests and has asked us to try again later");
          case 503 ->
              status(
                  code,
                  "ServiceUnavailable",
                  "the server is currently unable to handle the request");
          case 504 -> status(code, "Timeout", "the server was unable to return a response in time");
          case 410 -> status(code, "Expired", "the resource version is too old");
          case 401 -> status(code, "Unauthorized", "Unauthorized");
          default ->
              status(code, "InternalError", "Internal error occurred: a fault was asked for");
        };
    if (retryAfterSeconds <= 0) {
      return new Refusal(code, status, Map.of());
    }
    status.putObject("details").put("retryAfterSeconds", retryAfterSeconds);
    return new Refusal(code, status, Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
  }

  private static Refusal about(int code, String reason, String message, ApiKind kind, String name) {
    var status = status(code, reason, message);
    var details = status.putObject("details");
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!kind.group().isEmpty()) {
      details.put("group", kind.group());
    }
    details.put("kind", kind.plural());
    return new Refusal(code, status, Map.of());
  }

  private static ObjectNode status(int code, String reason, String message) {
    var status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", message).put("reason", reason);
    return status.put("code", code);
  }
}
