package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.machine.Network;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A topic of the bank's queue and its one group of consumers. Each partition is read in order, by
 * one consumer at a time; a message that its consumer cannot digest blocks its partition while it
 * is tried again: five times, or for ever when it never can be digested.
 */
public final class Topic implements Runnable {

  private static final int PARTITIONS = 6;
  private static final int ATTEMPTS = 5;
  private static final long PAUSE_NANOS = 1_000_000_000L;
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final Bank bank;
  private final ServiceState broker;
  private final ServiceState consumer;
  private final int route;
  private final List<Partition> partitions = new ArrayList<>();
  private int turn;
  private long published;
  private long consumed;
  private long failedAttempts;
  private long given;
  private boolean watching;

  Topic(Bank bank, ServiceState broker, ServiceState consumer, int route) {
    this.bank = bank;
    this.broker = broker;
    this.consumer = consumer;
    this.route = route;
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new Partition());
    }
  }

  /** Something published. */
  record Message(Topic topic, Trace trace, long spanId, boolean poison) {

    /** Whether the consumer chokes on it; a release that can digest it is the cure. */
    boolean isPoison(Replica at, ServiceState service, int route) {
      return poison
          && service == topic.consumer
          && at.endpoint(route).traits()[Trait.POISON_SHARE.ordinal()] > 0;
    }
  }

  private final class Partition implements Caller, Runnable {
    private final Queue<Message> messages = new ArrayDeque<>();
    private @Nullable Request delivered;
    private @Nullable Replica at;
    private int attempts;
    private long deliveredAt;
    private boolean pausing;

    void deliver() {
      Message next = messages.peek();
      long now = bank.simulation().nanos();
      boolean isUnderWay =
          delivered != null && at != null && !at.isGone() && now - deliveredAt < PATIENCE_NANOS;
      if (next == null || pausing || isUnderWay) {
        return;
      }
      Replica source = bank.anyListening(broker, turn);
      Replica target = bank.anyListening(consumer, turn++);
      if (source == null || target == null) {
        delivered = null;
        watch();
        return;
      }
      long travel = bank.network().send(source.port, target.port, Call.REQUEST_BYTES);
      if (travel == Network.LOST) {
        retryLater();
        return;
      }
      at = target;
      var request =
          new Request(
              this,
              consumer,
              route,
              next.trace(),
              next.spanId(),
              broker.plan().name(),
              0,
              source.port,
              next);
      delivered = request;
      deliveredAt = now;
      given++;
      request.travel(target, travel);
      watch();
    }

    @Override
    public void answered(Request request) {
      if (request != delivered) {
        return;
      }
      delivered = null;
      Message message = messages.peek();
      boolean done = request.connectionFailure() == Failure.NONE && request.status() == 200;
      if (!done) {
        failedAttempts++;
        attempts++;
      }
      if (message != null && !done && (message.poison() || attempts < ATTEMPTS)) {
        retryLater();
        return;
      }
      messages.poll();
      attempts = 0;
      consumed++;
      deliver();
    }

    private void retryLater() {
      pausing = true;
      bank.simulation().after(PAUSE_NANOS, this);
    }

    @Override
    public void run() {
      pausing = false;
      deliver();
    }
  }

  Message message(Replica publisher, Trace trace, long spanId) {
    double share =
        bank.behaviours()
            .effective(consumer.plan().name(), Optional.of(name()), publisher.start())[
            Trait.POISON_SHARE.ordinal()];
    boolean poison = share > 0 && publisher.random.nextDouble() < share;
    return new Message(this, trace, spanId, poison);
  }

  void append(Message message) {
    published++;
    Partition partition = partitions.get(Math.floorMod(message.trace().key(), PARTITIONS));
    partition.messages.add(message);
    partition.deliver();
  }

  /** Consumers may come back, or die with what they were given: looks again every second. */
  private void watch() {
    if (!watching) {
      watching = true;
      bank.simulation().after(PAUSE_NANOS, this);
    }
  }

  @Override
  public void run() {
    watching = false;
    for (Partition partition : partitions) {
      if (!partition.messages.isEmpty()) {
        partition.deliver();
        watch();
      }
    }
  }

  /** As messages name it. */
  public String name() {
    return consumer.plan().endpoints().get(route).route();
  }

  /** Name of the queue's service. */
  public String queue() {
    return broker.plan().name();
  }

  /** Name of the service that reads it. */
  public String consumer() {
    return consumer.plan().name();
  }

  /** Messages that were published and not yet digested, by partition. */
  public List<Integer> lag() {
    return partitions.stream().map(partition -> partition.messages.size()).toList();
  }

  public long published() {
    return published;
  }

  public long consumed() {
    return consumed;
  }

  /** Deliveries to consumers, repeated ones included. */
  public long delivered() {
    return given;
  }

  public long failedAttempts() {
    return failedAttempts;
  }
}
