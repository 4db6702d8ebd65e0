package io.bridgewatch.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Chooses an operating point for each kind of day.
 *
 * <p>For each price of a pod-hour in requests hurt, the point with the least of both together over
 * the days of a kind is that kind's; over all days, it is the usual one. The prices are those at
 * which the best point of all days changes, and one below. A kind of which too few days are known
 * has the usual point.
 */
final class PointsByKind {

  private static final int LEAST_DAYS = 3;
  private static final int MOST_PRICES = 8;

  /** Of the least price at which anything changes, at which hardly any request may be hurt. */
  private static final double SAFEST = 0.1;

  /**
   * What the points did on a part of a day.
   *
   * @param fold that it lies in
   * @param day number of the local day
   * @param kind empty for none
   * @param effects one for each point
   */
  record Piece(int fold, long day, String kind, List<ScalingEffect> effects) {}

  /**
   * @param whole learned from all pieces
   * @param heldOut learned without each fold
   */
  record Choice(OperatingPoints whole, List<OperatingPoints> heldOut) {}

  private final List<OperatingPoint> points;
  private final List<Piece> pieces;
  private final int folds;

  /**
   * @param points with one down window
   */
  PointsByKind(List<OperatingPoint> points, List<Piece> pieces, int folds) {
    this.points = points;
    this.pieces = pieces;
    this.folds = folds;
  }

  /** Choices that tell kinds of days apart, no two alike. */
  List<Choice> choices() {
    Set<Choice> found = new LinkedHashSet<>();
    for (double price : prices()) {
      OperatingPoints whole = chosen(price, _ -> true);
      var heldOut = new ArrayList<OperatingPoints>();
      for (int fold = 0; fold < folds; fold++) {
        int out = fold;
        heldOut.add(chosen(price, piece -> piece.fold() != out));
      }
      if (!whole.ofKinds().isEmpty()) {
        found.add(new Choice(whole, heldOut));
      }
    }
    return List.copyOf(found);
  }

  /** Requests hurt for a pod second, from one point of the front to the next. */
  private double[] prices() {
    record Sum(double hurt, double podSeconds) {}
    var sums = new ArrayList<Sum>();
    for (int point = 0; point < points.size(); point++) {
      double hurt = 0;
      double podSeconds = 0;
      for (Piece piece : pieces) {
        hurt += piece.effects().get(point).hurt();
        podSeconds += piece.effects().get(point).podSeconds();
      }
      sums.add(new Sum(hurt, podSeconds));
    }
    sums.sort(Comparator.comparingDouble(Sum::podSeconds).thenComparingDouble(Sum::hurt));
    var prices = new ArrayList<Double>();
    Sum last = sums.getFirst();
    for (Sum next : sums) {
      if (next.hurt() < last.hurt()) {
        prices.add((last.hurt() - next.hurt()) / (next.podSeconds() - last.podSeconds()));
        last = next;
      }
    }
    double[] sorted = prices.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int kept = Math.min(MOST_PRICES, sorted.length);
    double[] some = new double[kept == 0 ? 0 : kept + 1];
    Arrays.setAll(
        some,
        i -> i == kept ? SAFEST * sorted[0] : sorted[(int) ((i + 0.5) * sorted.length / kept)]);
    return some;
  }

  private OperatingPoints chosen(double price, Predicate<Piece> counts) {
    List<Piece> all = pieces.stream().filter(counts).toList();
    OperatingPoint usual = best(price, all);
    var byKind = new HashMap<String, List<Piece>>();
    for (Piece piece : all) {
      if (!piece.kind().isEmpty()) {
        byKind.computeIfAbsent(piece.kind(), _ -> new ArrayList<>()).add(piece);
      }
    }
    Map<String, OperatingPoint> ofKinds = new HashMap<>();
    byKind.forEach(
        (kind, its) -> {
          OperatingPoint point = best(price, its);
          if (its.stream().map(Piece::day).distinct().count() >= LEAST_DAYS
              && !point.equals(usual)) {
            ofKinds.put(kind, point);
          }
        });
    return new OperatingPoints(usual, ofKinds);
  }

  private OperatingPoint best(double price, List<Piece> of) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int point = 0; point < points.size(); point++) {
      double sum = 0;
      for (Piece piece : of) {
        ScalingEffect effect = piece.effects().get(point);
        sum += effect.hurt() + price * effect.podSeconds();
      }
      if (sum < least) {
        least = sum;
        best = point;
      }
    }
    return points.get(best);
  }
}
