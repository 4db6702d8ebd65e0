package io.bridgewatch.drill.machine;

import io.bridgewatch.drill.sim.Cause;
import io.bridgewatch.drill.sim.Simulation;

/** A network card: a line that sends in order, and what goes wrong on it. */
public final class Nic {

  private static final int PACKET_BYTES = 1_448;

  private final Simulation simulation;
  private final String name;
  private final long lineBitsPerSecond;

  private final Cause errorRate = new Cause(0);
  private final Cause dropRate = new Cause(0);
  private final Cause speedFactor = new Cause(1);
  private final Cause foreignBitsPerSecond = new Cause(0);
  private final Cause mtu = new Cause(1_500);

  private long busyUntil;
  private double receivedBytes;
  private double sentBytes;
  private long receivedPackets;
  private long sentPackets;
  private long receiveErrors;
  private long receiveDrops;

  Nic(Simulation simulation, String name, long lineBitsPerSecond) {
    this.simulation = simulation;
    this.name = name;
    this.lineBitsPerSecond = lineBitsPerSecond;
  }

  /** Share of received packets with a bad checksum; they are counted and thrown away. */
  public Cause errorRate() {
    return errorRate;
  }

  /** Share of received packets dropped for want of buffers. */
  public Cause dropRate() {
    return dropRate;
  }

  /** Speed of the link against its line rate, as after a bad negotiation. */
  public Cause speedFactor() {
    return speedFactor;
  }

  /** What others on the node send, in bits per second. */
  public Cause foreignBitsPerSecond() {
    return foreignBitsPerSecond;
  }

  /** The largest packet that gets through; larger ones vanish without a word. */
  public Cause mtu() {
    return mtu;
  }

  public String name() {
    return name;
  }

  /** As {@code ethtool} tells it. */
  public double speedBitsPerSecond() {
    return lineBitsPerSecond * speedFactor.value();
  }

  /** Queues bytes; tells after how many nanoseconds the last is on the wire. */
  long send(long bytes) {
    long now = simulation.nanos();
    double free = Math.max(1e4, speedBitsPerSecond() - foreignBitsPerSecond.value());
    busyUntil = Math.max(now, busyUntil) + (long) (bytes * 8e9 / free);
    sentBytes += bytes;
    sentPackets += packets(bytes);
    return busyUntil - now;
  }

  void receive(long bytes) {
    receivedBytes += bytes;
    receivedPackets += packets(bytes);
  }

  /** One packet was lost here, by an error or for want of a buffer. */
  void lost(boolean byError) {
    if (byError) {
      receiveErrors++;
    } else {
      receiveDrops++;
    }
  }

  static int packets(long bytes) {
    return (int) ((bytes + PACKET_BYTES - 1) / PACKET_BYTES);
  }

  public double receivedBytes() {
    return receivedBytes;
  }

  public double sentBytes() {
    return sentBytes;
  }

  void tick(long nanos) {
    double bytes = foreignBitsPerSecond.value() / 8e9 * nanos;
    sentBytes += bytes;
    sentPackets += packets((long) bytes);
  }

  public long receivedPackets() {
    return receivedPackets;
  }

  public long sentPackets() {
    return sentPackets;
  }

  public long receiveErrors() {
    return receiveErrors;
  }

  public long receiveDrops() {
    return receiveDrops;
  }
}
