package io.bridgewatch.hub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A label selector as a query has it: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k}.
 *
 * @param requirements all must hold; none takes everything
 */
record LabelSelector(List<Requirement> requirements) {

  private static final Pattern SETS =
      Pattern.compile("([^\\s!=,()]+)\\s+(in|notin)\\s+\\(([^()]*)\\)");
  private static final Pattern EQUALS =
      Pattern.compile("([^\\s!=,()]+)\\s*(==|=|!=)\\s*([^!=,()]*)");
  private static final Pattern EXISTS = Pattern.compile("(!?)\\s*([^\\s!=,()]+)");
  private static final Pattern PARTS = Pattern.compile(",(?![^(]*\\))");

  LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /**
   * One of them.
   *
   * @param values empty for whether there is such a label at all
   * @param wanted whether it is to be one of them, or is not to be
   */
  record Requirement(String label, Set<String> values, boolean wanted) {

    boolean accepts(Map<String, String> labels) {
      Optional<String> value = Optional.ofNullable(labels.get(label));
      boolean is = value.filter(one -> values.isEmpty() || values.contains(one)).isPresent();
      return is == wanted;
    }
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  static LabelSelector of(String text) {
    var found = new ArrayList<Requirement>();
    for (String part : text.isBlank() ? new String[0] : PARTS.split(text)) {
      found.add(requirement(part.strip()));
    }
    return new LabelSelector(found);
  }

  private static Requirement requirement(String part) {
    Matcher sets = SETS.matcher(part);
    if (sets.matches()) {
      Set<String> values =
          Arrays.stream(sets.group(3).split(","))
              .map(String::strip)
              .filter(value -> !value.isEmpty())
              .collect(Collectors.toSet());
      if (!values.isEmpty()) {
        return new Requirement(sets.group(1), values, sets.group(2).equals("in"));
      }
    }
    Matcher equals = EQUALS.matcher(part);
    if (equals.matches()) {
      return new Requirement(
          equals.group(1), Set.of(equals.group(3).strip()), !equals.group(2).equals("!="));
    }
    Matcher exists = EXISTS.matcher(part);
    if (exists.matches()) {
      return new Requirement(exists.group(2), Set.of(), exists.group(1).isEmpty());
    }
    throw new IllegalArgumentException(
        "'%s' is no label selector, wanted such as a=b,c!=d,e in (f,g)".formatted(part));
  }

  boolean accepts(Map<String, String> labels) {
    return requirements.stream().allMatch(one -> one.accepts(labels));
  }

  /** Whether it asks for one value of a label. */
  boolean names(String label) {
    return requirements.stream()
        .anyMatch(one -> one.label().equals(label) && one.wanted() && one.values().size() == 1);
  }
}
