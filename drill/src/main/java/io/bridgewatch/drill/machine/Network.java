package io.bridgewatch.drill.machine;

import io.bridgewatch.drill.sim.Cause;
import io.bridgewatch.drill.sim.Simulation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The network between the nodes, as TCP feels it.
 *
 * <p>A message takes the latency of its path, the time to send it over the cards and the path, and
 * for each lost packet a wait until it is sent again: one round trip when packets behind it tell of
 * the loss, else 200 ms, doubled each time. A message that six attempts could not bring across is
 * lost: whoever waits for it runs into a timeout.
 */
public final class Network {

  /** A message that never arrives. */
  public static final long LOST = -1;

  private static final double SAME_ZONE_MILLIS = 0.12;
  private static final double CROSS_ZONE_MILLIS = 0.55;
  private static final double OUTSIDE_MILLIS = 6;
  private static final long RETRANSMIT_NANOS = 200_000_000L;
  private static final int ATTEMPTS = 6;
  private static final long FIRST_SYN_NANOS = 1_000_000_000L;

  private final Simulation simulation;
  private final RandomGenerator random;
  private final List<String> zones = new ArrayList<>();
  private final NetworkPath[][] paths;
  private final NetworkPath outside;
  private final Map<String, NetworkPath> pods = new HashMap<>();
  private final Cause dnsMillis = new Cause(0.6);
  private final Cause dnsFailureShare = new Cause(0);

  public Network(Simulation simulation, List<Machine> machines) {
    this.simulation = simulation;
    this.random = simulation.random("network");
    for (Machine machine : machines) {
      if (!zones.contains(machine.plan().zone())) {
        zones.add(machine.plan().zone());
      }
    }
    this.paths = new NetworkPath[zones.size()][zones.size()];
    for (int from = 0; from < zones.size(); from++) {
      for (int to = 0; to < zones.size(); to++) {
        paths[from][to] =
            new NetworkPath(simulation, from == to ? SAME_ZONE_MILLIS : CROSS_ZONE_MILLIS);
      }
    }
    this.outside = new NetworkPath(simulation, OUTSIDE_MILLIS);
  }

  public List<String> zones() {
    return List.copyOf(zones);
  }

  /**
   * One direction between two zones, or within one.
   *
   * @throws IllegalArgumentException if no node is in such a zone
   */
  public NetworkPath between(String fromZone, String toZone) {
    return paths[zone(fromZone)][zone(toZone)];
  }

  /** Between the customers and the bank. */
  public NetworkPath outside() {
    return outside;
  }

  /** Before a pod, both ways; added to what lies between the zones. */
  public NetworkPath pod(String podIp) {
    return pods.computeIfAbsent(podIp, ip -> new NetworkPath(simulation, 0));
  }

  /** What the resolver takes for an answer. */
  public Cause dnsMillis() {
    return dnsMillis;
  }

  /** Share of questions that the resolver leaves without an answer. */
  public Cause dnsFailureShare() {
    return dnsFailureShare;
  }

  /** Where a process is attached; kept by it, since it is asked with each message. */
  public record Port(Machine machine, int zone, NetworkPath pod) {}

  public Port port(Machine machine, String podIp) {
    return new Port(machine, zone(machine.plan().zone()), pod(podIp));
  }

  /**
   * Sends a message over an open connection.
   *
   * @return nanoseconds until it is there, or {@link #LOST}
   */
  public long send(Port from, Port to, long bytes) {
    NetworkPath path = paths[from.zone][to.zone];
    if (path.isCut() || from.pod.isCut() || to.pod.isCut() || !to.machine.isUp()) {
      return LOST;
    }
    boolean isLocal = from.machine == to.machine;
    if (!isLocal && bytes > largest(path, from, to)) {
      from.machine.retransmitted();
      return LOST;
    }
    double millis =
        path.latencyMillis().value() + random.nextExponential() * path.jitterMillis().value();
    if (isLocal) {
      millis *= 0.3;
    }
    millis += from.pod.latencyMillis().value() + to.pod.latencyMillis().value();
    if (!from.pod.jitterMillis().isNormal() || !to.pod.jitterMillis().isNormal()) {
      millis +=
          random.nextExponential()
              * (from.pod.jitterMillis().value() + to.pod.jitterMillis().value());
    }
    long delay = (long) (millis * 1e6) + path.carry(bytes);
    delay += from.pod.carry(bytes) + to.pod.carry(bytes);
    if (!isLocal) {
      delay += from.machine.nic().send(bytes);
      to.machine.nic().receive(bytes);
    }
    long resent = resend(path, from, to, bytes, delay, isLocal);
    return resent == LOST ? LOST : delay + resent;
  }

  /**
   * Sends a customer's question over a connection of its own, which the node remembers.
   *
   * @return nanoseconds until it is there, or {@link #LOST}
   */
  public long fromOutside(Port to, long bytes) {
    if (outside.isCut() || to.pod.isCut() || !to.machine.isUp() || !to.machine.conntrack().open()) {
      return LOST;
    }
    to.machine.conntrack().close();
    to.machine.nic().receive(bytes);
    return outsideNanos(to, bytes);
  }

  /** Sends the bank's answer to a customer; see {@link #fromOutside}. */
  public long toOutside(Port from, long bytes) {
    if (outside.isCut() || from.pod.isCut() || !from.machine.isUp()) {
      return LOST;
    }
    return outsideNanos(from, bytes) + from.machine.nic().send(bytes);
  }

  private long outsideNanos(Port inside, long bytes) {
    double millis =
        outside.latencyMillis().value()
            + random.nextExponential() * outside.jitterMillis().value()
            + inside.pod.latencyMillis().value();
    return (long) (millis * 1e6) + outside.carry(bytes);
  }

  /**
   * Opens a connection: a handshake of one and a half rounds, remembered by both kernels.
   *
   * @return nanoseconds until it is open, or {@link #LOST}
   */
  public long connect(Port from, Port to) {
    NetworkPath path = paths[from.zone][to.zone];
    NetworkPath back = paths[to.zone][from.zone];
    if (path.isCut() || back.isCut() || from.pod.isCut() || to.pod.isCut() || !to.machine.isUp()) {
      return LOST;
    }
    if (!from.machine.conntrack().open()) {
      return LOST;
    }
    if (from.machine != to.machine && !to.machine.conntrack().open()) {
      from.machine.conntrack().close();
      return LOST;
    }
    double millis =
        path.latencyMillis().value()
            + back.latencyMillis().value()
            + 2 * (from.pod.latencyMillis().value() + to.pod.latencyMillis().value());
    long delay = (long) (millis * 1e6);
    double loss = lossShare(path, from, to, from.machine == to.machine);
    long wait = FIRST_SYN_NANOS;
    for (int i = 0; loss > 0 && random.nextDouble() < loss; i++, wait *= 2) {
      if (i == 3) {
        return LOST;
      }
      from.machine.retransmitted();
      delay += wait;
    }
    return delay;
  }

  /** Closes what {@link #connect} opened. */
  public void close(Port from, Port to) {
    from.machine.conntrack().close();
    if (from.machine != to.machine) {
      to.machine.conntrack().close();
    }
  }

  /**
   * Asks the resolver for a name.
   *
   * @return nanoseconds until the answer, or {@link #LOST}
   */
  public long resolve() {
    double share = dnsFailureShare.value();
    if (share > 0 && random.nextDouble() < share) {
      return LOST;
    }
    return (long) (random.nextExponential() * dnsMillis.value() * 1e6);
  }

  private static double largest(NetworkPath path, Port from, Port to) {
    double mtu =
        Math.min(
            Math.min(path.mtu().value(), Math.min(from.pod.mtu().value(), to.pod.mtu().value())),
            Math.min(from.machine.nic().mtu().value(), to.machine.nic().mtu().value()));
    return mtu >= 1_500 ? Double.POSITIVE_INFINITY : mtu - 52;
  }

  private static double lossShare(NetworkPath path, Port from, Port to, boolean isLocal) {
    double loss = path.loss().value() + from.pod.loss().value() + to.pod.loss().value();
    if (!isLocal) {
      loss += to.machine.nic().errorRate().value() + to.machine.nic().dropRate().value();
    }
    return Math.min(1, loss);
  }

  /** What lost packets add to a message's delay. */
  private long resend(
      NetworkPath path, Port from, Port to, long bytes, long delay, boolean isLocal) {
    double loss = lossShare(path, from, to, isLocal);
    if (loss <= 0) {
      return 0;
    }
    int packets = Nic.packets(bytes);
    double anyLost = 1 - Math.pow(1 - loss, packets);
    long added = 0;
    long wait = RETRANSMIT_NANOS;
    for (int attempt = 0; random.nextDouble() < anyLost; attempt++) {
      if (attempt == ATTEMPTS) {
        return LOST;
      }
      from.machine.retransmitted();
      blame(to.machine.nic(), loss, isLocal);
      if (packets > 4 && attempt == 0 && random.nextDouble() < 0.7) {
        added += 2 * delay;
      } else {
        added += wait;
        wait *= 2;
      }
      anyLost = loss;
    }
    return added;
  }

  private void blame(Nic nic, double loss, boolean isLocal) {
    if (isLocal) {
      return;
    }
    double pick = random.nextDouble() * loss;
    if (pick < nic.errorRate().value()) {
      nic.lost(true);
    } else if (pick < nic.errorRate().value() + nic.dropRate().value()) {
      nic.lost(false);
    }
  }

  private int zone(String name) {
    int index = zones.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no node is in zone %s; zones are %s".formatted(name, zones));
    }
    return index;
  }
}
