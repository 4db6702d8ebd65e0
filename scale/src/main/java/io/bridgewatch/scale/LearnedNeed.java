package io.bridgewatch.scale;

/**
 * The metric "replicas needed" of a learned policy: the present load times its foretold rise, and
 * while requests wait in line as much more as serves the line in {@code drainSeconds}.
 *
 * @param offset step of the forecast at which the replayed load begins
 */
record LearnedNeed(
    Rises forecast,
    OperatingPoint point,
    LookAhead look,
    PlantSettings plant,
    double drainSeconds,
    int offset)
    implements NeededReplicas {

  @Override
  public double at(ReplayPolicy.View view) {
    double rate = view.arrivals();
    double rise =
        forecast.rise(offset + look.seen(view.now()), look.steps(view.now()), point.errors());
    double provided = Math.clamp(rise, point.leastRise(), point.mostRise());
    double inService = view.busy() * plant.capacity() * plant.serviceSeconds();
    double line = Math.max(0, view.inFlight() - inService);
    double wanted = Math.max(rate * Math.exp(provided), rate + line / drainSeconds);
    return wanted / plant.capacity();
  }
}
