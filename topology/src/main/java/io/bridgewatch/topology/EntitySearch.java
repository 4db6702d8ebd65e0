package io.bridgewatch.topology;

import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.Topology.Stretch;
import io.bridgewatch.topology.EntityOrder.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds entities by reading through topologies. There is no index of the whole, because a topology
 * is another one many times a second; but a {@link SearchBlock} is kept of each block of entities
 * for as long as none of them changes.
 *
 * <ol>
 *   <li>The wanted types are stretches of the topology's order; long ones are cut into pieces that
 *       several workers may read at once.
 *   <li>Of each piece the first that match are taken, or with a sort the best so far, which stand
 *       in a heap of the page's size; the rest is counted.
 *   <li>The pieces are put together in their order, so that the answer is the same however they
 *       were cut and whoever read them.
 * </ol>
 *
 * <p>A page begins behind the last entity of the one before, by its place in the order, so that
 * what came or went between two pages neither repeats nor hides the rest.
 */
public final class EntitySearch {

  /** Entities that one worker reads at a stretch: about a millisecond. */
  private static final int PIECE = 8_192;

  private EntitySearch() {}

  /** Where to look. */
  public record Source(String cluster, Topology topology) {}

  public record Found(Source source, Entity entity) {}

  /**
   * What was found.
   *
   * @param next behind which the following part begins; empty at the end
   * @param total how many match in all, on whatever page
   */
  public record Part(List<Found> items, Optional<Place> next, long total) {
    public Part {
      items = List.copyOf(items);
    }
  }

  /** Who does the work. */
  public interface Workers {

    /** One task after another, by whoever asks. */
    Workers ONE = tasks -> tasks.forEach(Runnable::run);

    /**
     * Runs all of them, in any order and as many at once as it likes, and returns after the last.
     */
    void run(List<Runnable> tasks);
  }

  /**
   * The entities that match, in that order.
   *
   * @param sources in the order of their clusters' names
   * @param limit of the part, from 1 on
   * @param after where the part before ended; empty for the first
   */
  public static Part find(
      List<Source> sources,
      EntityQuery query,
      EntityOrder order,
      int limit,
      Optional<Place> after,
      Workers workers) {
    var pieces = new ArrayList<Piece>();
    List<String> words = EntityMatcher.words(query);
    for (Source source : sources) {
      var kin = EntityMatcher.Kin.of(source.topology(), query);
      for (Stretch stretch : stretches(source.topology(), query)) {
        for (int from = stretch.from(); from < stretch.to(); from += PIECE) {
          var part = new Stretch(from, Math.min(from + PIECE, stretch.to()));
          var matcher = new EntityMatcher(query, source.topology(), kin);
          pieces.add(new Piece(source, part, words, matcher, order, limit, after));
        }
      }
    }
    workers.run(List.copyOf(pieces));
    return joined(pieces, order, limit);
  }

  private static List<Stretch> stretches(Topology topology, EntityQuery query) {
    if (query.types().isEmpty()) {
      return List.of(topology.stretch());
    }
    var stretches = new ArrayList<Stretch>();
    for (EntityType type : query.types()) {
      stretches.add(topology.stretch(type));
    }
    return stretches;
  }

  private static Part joined(List<Piece> pieces, EntityOrder order, int limit) {
    var hits = new ArrayList<Hit>();
    long total = 0;
    long behind = 0;
    for (Piece piece : pieces) {
      hits.addAll(piece.best);
      total += piece.total;
      behind += piece.behind;
    }
    hits.sort((a, b) -> order.compare(a.place(), b.place()));
    var page = hits.subList(0, Math.min(limit, hits.size()));
    return new Part(
        page.stream().map(hit -> new Found(hit.source(), hit.entity())).toList(),
        behind > page.size() ? Optional.of(page.getLast().place()) : Optional.empty(),
        total);
  }

  private record Hit(Place place, Source source, Entity entity) {}

  /** One piece of a topology, and what was found there. */
  private static final class Piece implements Runnable {
    private final Source source;
    private final List<String> words;
    private final EntityMatcher matcher;
    private final EntityOrder order;
    private final int limit;
    private final Stretch stretch;
    private final Optional<Place> after;

    /** From which rank on entities come behind the page before where the sort finds them equal. */
    private final int rankBehind;

    /** The worst at the head. */
    private final PriorityQueue<Hit> best;

    private long worstBeginning;
    private int rank;
    private long total;
    private long behind;

    Piece(
        Source source,
        Stretch stretch,
        List<String> words,
        EntityMatcher matcher,
        EntityOrder order,
        int limit,
        Optional<Place> after) {
      this.source = source;
      this.stretch = stretch;
      this.words = words;
      this.matcher = matcher;
      this.order = order;
      this.limit = limit;
      this.after = after;
      rankBehind = after.map(place -> rankBehind(source, place)).orElse(0);
      best = new PriorityQueue<>((a, b) -> order.compare(b.place(), a.place()));
    }

    private static int rankBehind(Source source, Place place) {
      int byCluster = source.cluster().compareTo(place.cluster());
      if (byCluster != 0) {
        return byCluster < 0 ? Integer.MAX_VALUE : 0;
      }
      Topology topology = source.topology();
      return topology.rank(place.ref()) + (topology.entity(place.ref()).isPresent() ? 1 : 0);
    }

    @Override
    public void run() {
      rank = stretch.from();
      SearchBlock.read(source.topology(), stretch, this::read);
    }

    private void read(SearchBlock block) {
      if (words.isEmpty()) {
        for (int i = 0; i < block.size(); i++) {
          take(block, i);
        }
      } else {
        block.text().find(words, place -> take(block, place));
      }
      rank += block.size();
    }

    private void take(SearchBlock block, int place) {
      if (!matcher.matches(block, place)) {
        return;
      }
      total++;
      if (after.isPresent()
          && !isBehind(order.number(block, place), order.text(block, place), rank + place)) {
        return;
      }
      behind++;
      if (best.size() == limit && !isBetterThanWorst(block, place)) {
        return;
      }
      if (best.size() == limit) {
        best.remove();
      }
      Entity entity = block.entity(place);
      best.add(
          new Hit(
              new Place(
                  order.number(block, place),
                  order.text(block, place),
                  source.cluster(),
                  entity.ref()),
              source,
              entity));
      worstBeginning = order.beginning(best.element().place());
    }

    /** Of those that the sort finds equal a later one never comes before an earlier one. */
    private boolean isBetterThanWorst(SearchBlock block, int place) {
      int surely = order.compareBeginnings(order.beginning(block, place), worstBeginning);
      return surely != 0
          ? surely < 0
          : order.compareKeys(
                  order.number(block, place), order.text(block, place), best.element().place())
              < 0;
    }

    private boolean isBehind(long number, String text, int here) {
      int byKeys = order.compareKeys(number, text, after.orElseThrow());
      return byKeys > 0 || (byKeys == 0 && here >= rankBehind);
    }
  }
}
