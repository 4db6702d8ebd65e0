package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.ports.AutoscalerWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes autoscalers over the Kubernetes API. This is the only code of the adapter that changes a
 * cluster, and it knows one path: that of {@code autoscaling/v2} HorizontalPodAutoscalers.
 */
final class HpaWriter implements AutoscalerWriter {

  /** Under which we own fields; never with force, so that a conflict shows. */
  static final String FIELD_MANAGER = "bridgewatch-scaling";

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final JsonFactory FACTORY = JsonFactory.builder().build();
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  private final LazyConnection connection;
  private final Masking masking;

  HpaWriter(LazyConnection.Opening opening, Masking masking) {
    this.connection = new LazyConnection(opening);
    this.masking = masking;
  }

  @Override
  public Looked find(String namespace, String name) throws InterruptedException {
    String what = "read the HorizontalPodAutoscaler %s/%s".formatted(namespace, name);
    try (var answer = connection.get().get(what, path(namespace, name), PATIENCE, PATIENCE)) {
      return new Looked.Found(Optional.of(KubernetesObject.of(read(what, answer))));
    } catch (ApiException failure) {
      return failure.reason() == FeedReason.NOT_SERVED
          ? new Looked.Found(Optional.empty())
          : new Refused(failure.reason().word(), failure.sentence());
    } catch (IOException closed) {
      return new Refused(FeedReason.CONNECTION_LOST.word(), String.valueOf(closed.getMessage()));
    }
  }

  @Override
  public Answer apply(KubernetesObject manifest, How how) throws InterruptedException {
    if (!manifest.apiVersion().equals("autoscaling/v2")
        || !manifest.kind().equals("HorizontalPodAutoscaler")) {
      throw new IllegalArgumentException(
          "only an autoscaling/v2 HorizontalPodAutoscaler is written, not a %s %s"
              .formatted(manifest.apiVersion(), manifest.kind()));
    }
    String path =
        path(manifest.namespace(), manifest.name())
            + "?fieldManager="
            + FIELD_MANAGER
            + "&fieldValidation=Strict"
            + switch (how) {
              case DRY_RUN -> "&dryRun=All";
              case FOR_GOOD -> "";
            };
    String what =
        "%s the HorizontalPodAutoscaler %s/%s"
            .formatted(
                switch (how) {
                  case DRY_RUN -> "try";
                  case FOR_GOOD -> "apply";
                },
                manifest.namespace(),
                manifest.name());
    try {
      ApiConnection.Written written =
          connection.get().applyPatch(what, path, json(manifest.tree()), PATIENCE);
      return switch (written.code()) {
        case 200, 201 -> new Answer.Accepted(KubernetesObject.of(written.body()));
        case 409 -> conflict(KubernetesObject.of(written.body()));
        default -> refused(what, written);
      };
    } catch (ApiException failure) {
      return new Refused(failure.reason().word(), failure.sentence());
    } catch (IOException closed) {
      return new Refused(FeedReason.CONNECTION_LOST.word(), String.valueOf(closed.getMessage()));
    }
  }

  private static String path(String namespace, String name) {
    if (!NAME.matcher(namespace).matches() || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "an autoscaler needs a namespace and a name of lower-case letters, digits, dots and"
              + " dashes, had \"%s\" and \"%s\"".formatted(namespace, name));
    }
    return "/apis/autoscaling/v2/namespaces/" + namespace + "/horizontalpodautoscalers/" + name;
  }

  private Map<String, @Nullable Object> read(String what, ApiConnection.Answer answer)
      throws ApiException {
    try (var reader = new ObjectReader(what, answer.body(), Keep.ALL, masking, new Interner())) {
      return reader.readOne().tree();
    }
  }

  /** Owned fields each have a cause; without one it is the version that did not fit. */
  private static Answer conflict(KubernetesObject status) {
    List<FieldOwner> owners =
        status.list("details", "causes").stream()
            .filter(
                cause -> cause.text("reason").filter("FieldManagerConflict"::equals).isPresent())
            .map(
                cause ->
                    new FieldOwner(
                        cause.text("field").orElse(""), manager(cause.text("message").orElse(""))))
            .toList();
    return owners.isEmpty() ? new Answer.Stale() : new Answer.FieldsOwned(owners);
  }

  /** Of {@code conflict with "kubectl" using apps/v1}. */
  private static String manager(String message) {
    Matcher quoted = QUOTED.matcher(message);
    return quoted.find() ? quoted.group(1) : message;
  }

  private static Refused refused(String what, ApiConnection.Written written) {
    KubernetesObject status = KubernetesObject.of(written.body());
    String said =
        status.text("message").orElse("the API server answered %d".formatted(written.code()));
    String help =
        switch (written.code()) {
          case 401 -> "; renew the token or the client certificate";
          case 403 ->
              said.contains("admission webhook")
                  ? "; ask whoever runs that webhook"
                  : "; allow it by deploy/rbac/write-autoscalers.yaml";
          default -> "";
        };
    return new Refused(
        status.text("reason").orElse("ServerError"), "cannot %s: %s%s".formatted(what, said, help));
  }

  @Override
  public void close() {
    connection.close();
  }

  // JSON

  private static String json(Map<String, @Nullable Object> tree) {
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, tree);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach(
            (field, inner) -> {
              json.writeName(String.valueOf(field));
              write(json, inner);
            });
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(inner -> write(json, inner));
        json.writeEndArray();
      }
      case Boolean flag -> json.writeBoolean(flag);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Number number -> json.writeNumber(number.doubleValue());
      default -> json.writeString(String.valueOf(value));
    }
  }
}
