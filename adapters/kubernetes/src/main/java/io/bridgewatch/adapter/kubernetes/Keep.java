package io.bridgewatch.adapter.kubernetes;

import java.util.HashMap;
import java.util.Map;

/** What to keep of a value of an object, while it is read. */
sealed interface Keep {

  /** As it is; long strings are cut. */
  record All() implements Keep {}

  /** Nothing: it is passed over without being built. */
  record Drop() implements Keep {}

  /**
   * Of a map, its fields each in their own way; of a list, the same for each of its items.
   *
   * @param others what to keep of fields without a rule
   */
  record Fields(Map<String, Keep> named, Keep others) implements Keep {
    public Fields {
      named = Map.copyOf(named);
    }

    Keep of(String field) {
      return named.getOrDefault(field, others);
    }
  }

  /** Of a map of texts, values with credentials masked by their keys, cut at the limit. */
  record Masked(int limit) implements Keep {}

  /** The annotations of an object: masked, without copies of the object itself. */
  record Annotations() implements Keep {}

  /** Of a map of bytes in Base64, only digests. */
  record Digests() implements Keep {}

  /** A list of {@code {name, value}}, values masked by their names. */
  record NamedValues() implements Keep {}

  /** A command line, with what follows options such as {@code --password} masked. */
  record Arguments() implements Keep {}

  /** Who set fields and when, without the fields; but for replicas, which tell who scales. */
  record FieldManagers() implements Keep {}

  /** Whatever there is, masked by its keys, until so many characters are kept. */
  record Budget(int characters) implements Keep {}

  Keep ALL = new All();
  Keep DROP = new Drop();

  /** All fields, those named each in their own way. */
  static Fields allBut(Object... namesAndKeeps) {
    return new Fields(named(namesAndKeeps), ALL);
  }

  /** Only the fields named. */
  static Fields only(Object... namesAndKeeps) {
    return new Fields(named(namesAndKeeps), DROP);
  }

  private static Map<String, Keep> named(Object... namesAndKeeps) {
    var named = new HashMap<String, Keep>();
    for (int i = 0; i < namesAndKeeps.length; i += 2) {
      named.put((String) namesAndKeeps[i], (Keep) namesAndKeeps[i + 1]);
    }
    return named;
  }
}
