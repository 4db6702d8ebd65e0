package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells of one entity after another whether a word occurs in what people search by: the name, the
 * namespace, labels' values, images, addresses, the node's name.
 *
 * <p>Entities that follow each other have mostly the same attributes and many of the same values,
 * so what was found out of the last at the same position is asked first. For one thread.
 */
final class WordMatcher {

  /** Attributes in whose values words are looked for, beside labels'. */
  private static final Set<String> SEARCHED =
      Set.of(
          AttributeNames.NODE,
          FactNames.IMAGE,
          "k8s.pod.ip",
          "k8s.service.cluster_ip",
          "host.ip",
          "k8s.ingress.hosts");

  private final Word word;
  private final Seen identity = new Seen(true);
  private final Seen attributes = new Seen(false);

  WordMatcher(String word) {
    this.word = Word.of(word);
  }

  boolean occursIn(Entity entity) {
    return occursIn(entity.ref().identity(), identity) || occursIn(entity.attributes(), attributes);
  }

  private boolean occursIn(Attributes some, Seen seen) {
    int size = some.size();
    seen.makeRoom(size);
    for (int i = 0; i < size; i++) {
      if (seen.isSearched(some.name(i), i) && seen.has(word, some.value(i), i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSearched(String name) {
    return name.startsWith(FactNames.LABEL) || SEARCHED.contains(name);
  }

  /** The last attributes, by their positions. */
  private static final class Seen {
    private final boolean all;
    private @Nullable String[] names = new @Nullable String[0];
    private @Nullable String[] values = new @Nullable String[0];
    private boolean[] searched = new boolean[0];
    private boolean[] found = new boolean[0];

    /**
     * @param all whether words are looked for in all of them but the cluster's name
     */
    Seen(boolean all) {
      this.all = all;
    }

    void makeRoom(int size) {
      if (size > names.length) {
        names = Arrays.copyOf(names, size);
        values = Arrays.copyOf(values, size);
        searched = Arrays.copyOf(searched, size);
        found = Arrays.copyOf(found, size);
      }
    }

    @SuppressWarnings("ReferenceEquality") // a short cut: any other string is looked at
    boolean isSearched(String name, int at) {
      if (name != names[at]) {
        names[at] = name;
        searched[at] = all ? !name.equals(AttributeNames.CLUSTER) : WordMatcher.isSearched(name);
      }
      return searched[at];
    }

    @SuppressWarnings("ReferenceEquality") // a short cut: any other string is looked at
    boolean has(Word word, String value, int at) {
      if (value != values[at]) {
        values[at] = value;
        found[at] = word.occursIn(value);
      }
      return found[at];
    }
  }
}
