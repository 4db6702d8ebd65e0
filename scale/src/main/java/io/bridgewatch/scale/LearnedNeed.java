package io.bridgewatch.scale;

/**
 * The metric "replicas needed" of a learned policy: the present load times its foretold rise, or
 * the rise that comes back at this time of the day if that is higher, and while requests wait in
 * line as much more as serves the line in {@code drainSeconds}; with the reserve, and never fewer
 * than the floor of the moment.
 *
 * @param points over the whole load of the forecast
 * @param reserve kept beside what the load needs
 * @param floors over the whole load of the forecast
 * @param offset step of the forecast at which the replayed load begins
 */
record LearnedNeed(
    Rises forecast,
    PointTable points,
    LookAhead look,
    PlantSettings plant,
    double drainSeconds,
    Reserve reserve,
    FloorTable floors,
    int offset)
    implements NeededReplicas {

  @Override
  public double at(ReplayPolicy.View view) {
    double inService = plant.inService(view.busy(), view.readyWhenMeasured());
    double wanted =
        replicas(
            view.arrivals(),
            Math.max(0, view.inFlight() - inService),
            offset + look.seen(view.now()),
            look.steps(view.now()),
            points.at(second(view)));
    return Math.max(wanted, floors.at(second(view)));
  }

  private long second(ReplayPolicy.View view) {
    return (long) offset * look.stepSeconds() + view.now();
  }

  /**
   * @param rate requests a second that arrive
   * @param line requests that wait for nothing but a free replica
   * @param step the last one that was seen
   * @param ahead steps from there to the one in which replicas asked for now will serve
   */
  private double replicas(double rate, double line, int step, int ahead, OperatingPoint point) {
    double rise = forecast.rise(step, ahead, point.errors());
    double provided =
        Math.max(
            Math.clamp(rise, point.leastRise(), point.mostRise()), forecast.recurring(step, ahead));
    double wanted = Math.max(rate * Math.exp(provided), rate + line / drainSeconds);
    return reserve.with(wanted / plant.capacity());
  }
}
