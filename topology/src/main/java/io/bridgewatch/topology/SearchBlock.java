package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.SortedIndex;
import io.bridgewatch.model.Topology;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What entities are filtered and sorted by, of some that follow each other, column by column:
 * looking through a cluster then reads arrays from front to back, rather than hundreds of thousands
 * of objects all over the memory. Immutable; made once for entities that do not change.
 *
 * <p>A <em>beginning</em> is the first eight characters of a text as a number: where two differ,
 * they order the texts, and the texts themselves need not be looked at.
 */
final class SearchBlock {

  private static final int CHARACTERS = 8;
  private static final int LAST_ASCII = 127;

  private final Entity[] entities;
  private final byte[] health;
  private final long[] restarts;
  private final String[] created;
  private final String[] names;
  private final long[] createdBeginnings;
  private final long[] nameBeginnings;
  private final @Nullable String[] namespaces;
  private final @Nullable String[] teams;
  private final @Nullable String[] applications;
  private final int[] hashes;

  /** Made when a word is looked for first; every thread that misses it makes the same. */
  private @Nullable SearchText text;

  private SearchBlock(List<Entity> of) {
    int size = of.size();
    entities = of.toArray(new Entity[0]);
    health = new byte[size];
    restarts = new long[size];
    created = new String[size];
    names = new String[size];
    createdBeginnings = new long[size];
    nameBeginnings = new long[size];
    namespaces = new @Nullable String[size];
    teams = new @Nullable String[size];
    applications = new @Nullable String[size];
    hashes = new int[size];
    for (int i = 0; i < size; i++) {
      fill(i, entities[i]);
    }
  }

  private void fill(int i, Entity entity) {
    EntityRef ref = entity.ref();
    var attributes = entity.attributes();
    health[i] = (byte) entity.health().state().ordinal();
    restarts[i] = EntityOrder.number(attributes.getOr(FactNames.RESTARTS, "0"));
    created[i] = attributes.getOr(FactNames.CREATED, "");
    createdBeginnings[i] = beginning(created[i]);
    names[i] = ref.name();
    nameBeginnings[i] = beginning(names[i]);
    namespaces[i] =
        ref.type() == EntityType.K8S_NAMESPACE
            ? null
            : ref.identity().get(AttributeNames.NAMESPACE).orElse(null);
    teams[i] = attributes.get(FactNames.TEAM).orElse(null);
    applications[i] = attributes.get(FactNames.APPLICATION).orElse(null);
    hashes[i] = ref.hashCode();
  }

  static SearchBlock of(List<Entity> entities) {
    return new SearchBlock(entities);
  }

  /** Takes one block after another. */
  interface Reader {
    void read(SearchBlock block);
  }

  /** Reads the blocks of a stretch in its order. */
  static void read(Topology topology, Topology.Stretch stretch, Reader reader) {
    topology.read(
        stretch,
        new SortedIndex.BlockReader<Entity>() {
          @Override
          public void block(SortedIndex.Block<Entity> block) {
            reader.read(block.derived(SearchBlock.class, SearchBlock::of));
          }

          @Override
          public void value(Entity entity) {
            reader.read(of(List.of(entity)));
          }
        });
  }

  static long beginning(String text) {
    long beginning = 0;
    for (int i = 0; i < CHARACTERS; i++) {
      int character = i < text.length() ? Math.min(text.charAt(i), LAST_ASCII) : 0;
      beginning = beginning << 7 | character;
    }
    return beginning;
  }

  int size() {
    return entities.length;
  }

  Entity entity(int i) {
    return entities[i];
  }

  /** The ordinal of its state. */
  int health(int i) {
    return health[i];
  }

  long restarts(int i) {
    return restarts[i];
  }

  String created(int i) {
    return created[i];
  }

  long createdBeginning(int i) {
    return createdBeginnings[i];
  }

  String name(int i) {
    return names[i];
  }

  long nameBeginning(int i) {
    return nameBeginnings[i];
  }

  /** In which it lives; absent for a namespace and for what lives in none. */
  @Nullable String namespace(int i) {
    return namespaces[i];
  }

  /** The one it says it belongs to itself. */
  @Nullable String team(int i) {
    return teams[i];
  }

  /** The one it says it belongs to itself. */
  @Nullable String application(int i) {
    return applications[i];
  }

  /** Of its reference. */
  int hash(int i) {
    return hashes[i];
  }

  SearchText text() {
    SearchText known = text;
    if (known == null) {
      known = SearchText.of(entities);
      text = known;
    }
    return Objects.requireNonNull(known);
  }
}
