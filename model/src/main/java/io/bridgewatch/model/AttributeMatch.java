package io.bridgewatch.model;

import java.util.Set;
import java.util.regex.Pattern;

/** What an attribute has to be like. One that is absent counts as the empty text. */
public sealed interface AttributeMatch {

  String attribute();

  boolean matches(String value);

  /** It is one of these. */
  record OneOf(String attribute, Set<String> values) implements AttributeMatch {
    public OneOf {
      values = Set.copyOf(values);
    }

    @Override
    public boolean matches(String value) {
      return values.contains(value);
    }
  }

  /** It is none of these. */
  record NoneOf(String attribute, Set<String> values) implements AttributeMatch {
    public NoneOf {
      values = Set.copyOf(values);
    }

    @Override
    public boolean matches(String value) {
      return !values.contains(value);
    }
  }

  /** The whole of it is described, or is not, by a regular expression as Java spells it. */
  record Like(String attribute, Pattern pattern, boolean wanted) implements AttributeMatch {
    @Override
    public boolean matches(String value) {
      return pattern.matcher(value).matches() == wanted;
    }
  }

  static AttributeMatch equal(String attribute, String value) {
    return new OneOf(attribute, Set.of(value));
  }

  /** Whether the attribute of either set passes; the first that has it counts. */
  default boolean matches(Attributes first, Attributes second) {
    return matches(first.get(attribute()).or(() -> second.get(attribute())).orElse(""));
  }
}
