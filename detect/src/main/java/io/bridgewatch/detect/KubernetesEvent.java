package io.bridgewatch.detect;

import io.bridgewatch.model.KubernetesObject;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A report of the cluster about one object, from {@code v1} or {@code events.k8s.io}.
 *
 * @param uid of the event itself
 * @param aboutUid of the object it is about: names are reused, uids are not
 * @param container the container it is about; empty if it is about the whole object
 * @param first when its series began
 * @param last when its series was last added to
 */
record KubernetesEvent(
    String uid,
    String aboutUid,
    String aboutKind,
    String aboutNamespace,
    String container,
    boolean warning,
    String reason,
    String message,
    Instant first,
    Instant last) {

  static boolean is(KubernetesObject object) {
    return object.kind().equals("Event");
  }

  /** Empty where the object is no event, is about nothing, or tells no time. */
  static Optional<KubernetesEvent> of(KubernetesObject object) {
    if (!is(object)) {
      return Optional.empty();
    }
    String about = object.object("involvedObject").isPresent() ? "involvedObject" : "regarding";
    Optional<Instant> single =
        KubernetesFields.time(object, "eventTime")
            .or(() -> KubernetesFields.time(object, "metadata", "creationTimestamp"));
    Optional<Instant> first =
        KubernetesFields.time(object, "firstTimestamp")
            .or(() -> KubernetesFields.time(object, "deprecatedFirstTimestamp"))
            .or(() -> single);
    Optional<Instant> last =
        Stream.of(
                KubernetesFields.time(object, "series", "lastObservedTime"),
                KubernetesFields.time(object, "lastTimestamp"),
                KubernetesFields.time(object, "deprecatedLastTimestamp"),
                single)
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    Optional<String> uid = object.text(about, "uid");
    if (first.isEmpty() || last.isEmpty() || uid.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new KubernetesEvent(
            object.uid(),
            uid.get(),
            KubernetesFields.textOr(object, "", about, "kind"),
            KubernetesFields.textOr(object, "", about, "namespace"),
            container(KubernetesFields.textOr(object, "", about, "fieldPath")),
            KubernetesFields.is(object, "Warning", "type"),
            KubernetesFields.textOr(object, "", "reason"),
            object.text("message").or(() -> object.text("note")).orElse(""),
            first.get(),
            last.get()));
  }

  /** Whether it speaks of that object; uid, kind and namespace all have to agree. */
  boolean isAbout(KubernetesObject object) {
    return aboutUid.equals(object.uid())
        && aboutKind.equals(object.kind())
        && (aboutNamespace.equals(object.namespace()) || object.namespace().isEmpty());
  }

  private static String container(String fieldPath) {
    int open = fieldPath.indexOf('{');
    int close = fieldPath.indexOf('}');
    return open >= 0 && close > open ? fieldPath.substring(open + 1, close) : "";
  }
}
