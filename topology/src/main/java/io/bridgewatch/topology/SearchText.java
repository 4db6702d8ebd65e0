package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What people search by, of some entities one after the other in one text: the name, the namespace,
 * labels' values, images, addresses, the node's name, and the team and application that it says it
 * belongs to. Immutable.
 *
 * <p>It is in lower case and made once for entities that do not change, so that looking for a word
 * is one pass over a text, which the machine does many bytes at a time.
 */
final class SearchText {

  /** Attributes in whose values words are looked for, beside labels'. */
  private static final Set<String> SEARCHED =
      Set.of(
          AttributeNames.NODE,
          FactNames.TEAM,
          FactNames.APPLICATION,
          FactNames.IMAGE,
          "k8s.pod.ip",
          "k8s.service.cluster_ip",
          "host.ip",
          "k8s.ingress.hosts");

  /** Between values, so that no word reaches from one into the next. */
  private static final char END = '\0';

  private final String text;

  /** Where the text of each entity ends, and that of the next begins. */
  private final int[] ends;

  private SearchText(String text, int[] ends) {
    this.text = text;
    this.ends = ends;
  }

  static SearchText of(Entity... entities) {
    var text = new StringBuilder();
    var ends = new int[entities.length];
    for (int i = 0; i < ends.length; i++) {
      Entity entity = entities[i];
      add(entity.ref().identity(), true, text);
      add(entity.attributes(), false, text);
      ends[i] = text.length();
    }
    return new SearchText(text.toString(), ends);
  }

  private static void add(Attributes some, boolean identity, StringBuilder text) {
    for (int i = 0; i < some.size(); i++) {
      String name = some.name(i);
      boolean searched =
          identity
              ? !name.equals(AttributeNames.CLUSTER)
              : name.startsWith(FactNames.LABEL) || SEARCHED.contains(name);
      if (searched) {
        text.append(some.value(i).toLowerCase(Locale.ROOT)).append(END);
      }
    }
  }

  /** Takes the place of an entity in which all words occur. */
  interface Match {
    void found(int place);
  }

  /**
   * Tells the entities in which all words occur, in their order.
   *
   * @param words in lower case
   */
  void find(List<String> words, Match match) {
    int place = 0;
    int at = 0;
    while (place < ends.length) {
      int found = words.isEmpty() ? at : text.indexOf(words.getFirst(), at);
      if (found < 0) {
        return;
      }
      while (place < ends.length && ends[place] <= found) {
        place++;
      }
      if (place == ends.length) {
        return;
      }
      if (hasRest(words, place)) {
        match.found(place);
      }
      at = ends[place];
      place++;
    }
  }

  private boolean hasRest(List<String> words, int place) {
    int start = place == 0 ? 0 : ends[place - 1];
    for (int i = 1; i < words.size(); i++) {
      if (text.indexOf(words.get(i), start, ends[place]) < 0) {
        return false;
      }
    }
    return true;
  }
}
