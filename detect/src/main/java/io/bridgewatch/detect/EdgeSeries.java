package io.bridgewatch.detect;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gaps of call edges where no traces are: the same call's duration as its caller and as its callee
 * measured it, each with the other's name in {@code peer.service}.
 *
 * <p>The difference is time spent between the two. Where one side is missing there is no gap.
 */
final class EdgeSeries {

  private static final String CLIENT = "http.client.request.duration";
  private static final String SERVER = "http.server.request.duration";

  private EdgeSeries() {}

  private record Edge(String caller, String callee, Attributes point) {}

  /** A gap over time, in seconds, and the components at its ends. */
  record Gap(EntityRef caller, EntityRef callee, Series seconds) {}

  static List<Gap> gaps(List<Series> levels) {
    Map<Edge, Series> servers = new HashMap<>();
    for (Series s : levels) {
      var peer = s.key().point().get(AttributeNames.PEER_SERVICE);
      var self = s.key().resource().get(AttributeNames.SERVICE);
      if (s.key().metric().equals(SERVER) && peer.isPresent() && self.isPresent()) {
        servers.merge(
            new Edge(peer.get(), self.get(), withoutPeer(s)),
            s,
            (one, other) -> one.key().compareTo(other.key()) > 0 ? one : other);
      }
    }
    var gaps = new ArrayList<Gap>();
    for (Series client : levels) {
      var peer = client.key().point().get(AttributeNames.PEER_SERVICE);
      var self = client.key().resource().get(AttributeNames.SERVICE);
      if (!client.key().metric().equals(CLIENT) || peer.isEmpty() || self.isEmpty()) {
        continue;
      }
      Series server = servers.get(new Edge(self.get(), peer.get(), withoutPeer(client)));
      if (server == null || !server.key().unit().equals(client.key().unit())) {
        continue;
      }
      var caller = EntityRef.emitter(client.key().resource());
      var callee = EntityRef.emitter(server.key().resource());
      if (caller.isPresent() && callee.isPresent()) {
        gaps.add(new Gap(caller.get(), callee.get(), difference(client, server)));
      }
    }
    return gaps;
  }

  static List<Finding> at(List<Gap> gaps, long splitMillis, long endMillis) {
    var findings = new ArrayList<Finding>();
    for (Gap gap : gaps) {
      SeriesShifts.shift(gap.seconds, splitMillis, endMillis)
          .filter(shift -> shift.deviations() >= 1)
          .ifPresent(
              shift ->
                  findings.add(
                      new Finding(
                          gap.callee,
                          Instant.ofEpochMilli(shift.sinceMillis()),
                          shift.deviations(),
                          new Fact.EdgeGapGrew(
                              gap.caller,
                              gap.callee,
                              Math.max(0, shift.before()),
                              Math.max(0, shift.after()),
                              gap.seconds.size(),
                              shift.deviations()))));
    }
    return findings;
  }

  private static Attributes withoutPeer(Series s) {
    return s.key().point().without(AttributeNames.PEER_SERVICE);
  }

  /** Client less server at the times that both have, in seconds. */
  private static Series difference(Series client, Series server) {
    double factor = client.key().unit().equals("ms") ? 0.001 : 1;
    var times = new long[client.size()];
    var values = new double[client.size()];
    int n = 0;
    for (int i = 0; i < client.size(); i++) {
      int j = server.firstAtOrAfter(client.time(i));
      if (j < server.size() && server.time(j) == client.time(i)) {
        times[n] = client.time(i);
        values[n++] = (client.value(i) - server.value(j)) * factor;
      }
    }
    var key =
        new SeriesKey(
            server.key().resource(),
            "bridgewatch.call.gap",
            "s",
            MetricKind.GAUGE,
            client.key().point());
    return new Series(key, Arrays.copyOf(times, n), Arrays.copyOf(values, n));
  }
}
