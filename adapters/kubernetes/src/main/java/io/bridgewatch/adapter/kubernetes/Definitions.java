package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads definitions of custom resources. */
final class Definitions {

  private static final Pattern VERSION = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

  /**
   * Kubernetes' order of versions, the preferred one last: numbers without words, then beta, then
   * alpha, later ones first; then whatever else there is, by the alphabet.
   */
  static final Comparator<String> BY_PREFERENCE =
      Comparator.comparingInt(Definitions::stability)
          .thenComparingInt(version -> number(version, 1))
          .thenComparingInt(version -> number(version, 3))
          .thenComparing(Comparator.reverseOrder());

  private Definitions() {}

  /** The kind that a definition brings, in its preferred version; empty where none is served. */
  static Optional<ObjectKind> kind(KubernetesObject definition) {
    String group = definition.text("spec", "group").orElse("");
    String plural = definition.text("spec", "names", "plural").orElse("");
    String kind = definition.text("spec", "names", "kind").orElse("");
    boolean namespaced = definition.text("spec", "scope").filter("Namespaced"::equals).isPresent();
    return definition.list("spec", "versions").stream()
        .filter(version -> version.text("served").filter("true"::equals).isPresent())
        .flatMap(version -> version.text("name").stream())
        .max(BY_PREFERENCE)
        .filter(version -> !group.isEmpty() && !plural.isEmpty() && !kind.isEmpty())
        .map(version -> new ObjectKind(group, version, plural, kind, namespaced));
  }

  private static int stability(String version) {
    Matcher matched = VERSION.matcher(version);
    if (!matched.matches()) {
      return 0;
    }
    String word = matched.group(2);
    return word == null ? 3 : word.equals("beta") ? 2 : 1;
  }

  private static int number(String version, int group) {
    Matcher matched = VERSION.matcher(version);
    String digits = matched.matches() ? matched.group(group) : null;
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
