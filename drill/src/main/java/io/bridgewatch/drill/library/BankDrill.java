package io.bridgewatch.drill.library;

import io.bridgewatch.drill.bank.Load.Stream;
import io.bridgewatch.drill.cluster.RunningContainer;
import io.bridgewatch.drill.fault.Fault;
import io.bridgewatch.drill.fault.FaultKind;
import io.bridgewatch.drill.fault.FaultLibrary;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.score.Truth;
import io.bridgewatch.drill.serve.OtlpExport;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.drill.world.DrillWorld;
import io.bridgewatch.drill.world.OtlpDelivery;
import io.bridgewatch.model.EntityRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A bank's world as a drill needs it: what it tells is delivered before its time goes on. */
final class BankDrill implements DrillWorld {

  /** Spans or records in one message. */
  private static final int BATCH = 2_000;

  private final BankWorld world;
  private Optional<OtlpDelivery> receiver = Optional.empty();
  private Optional<Injected> injected = Optional.empty();

  private record Injected(FaultKind kind, Fault fault, Instant onset, Books before) {}

  BankDrill(BankWorld world) {
    this.world = world;
  }

  @Override
  public String cluster() {
    return world.plan().cluster();
  }

  @Override
  public URI apiServer() {
    return world.url();
  }

  @Override
  public void sendTo(URI address, String token) {
    receiver.ifPresent(OtlpDelivery::close);
    receiver = Optional.of(new OtlpDelivery(address, token));
  }

  @Override
  public void advance(Instant to) throws InterruptedException {
    world.advance(to);
    for (OtlpExport.Request request : world.export().take(BATCH)) {
      if (receiver.isPresent()) {
        try {
          receiver.get().send(request);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  @Override
  public Map<String, Long> written() {
    var written = new HashMap<>(world.cluster().server().resourceVersions());
    world
        .cluster()
        .reading(
            () -> {
              for (RunningContainer one : world.cluster().containers()) {
                one.process()
                    .lastLine()
                    .ifPresent(
                        last ->
                            written.put(
                                one.namespace() + "/" + one.pod() + "/" + one.container(),
                                last.getEpochSecond() * 1_000_000_000L + last.getNano()));
              }
              return written;
            });
    return written;
  }

  @Override
  public void inject(String drill) {
    if (drill.equals(BankLibrary.CLEAN)) {
      return;
    }
    FaultKind kind =
        FaultLibrary.of(drill)
            .orElseThrow(
                () -> new IllegalArgumentException("the library has no drill named " + drill));
    injected =
        Optional.of(
            world
                .cluster()
                .reading(
                    () -> {
                      Fault chosen = kind.choose(world);
                      Books before = Books.of(world.bank());
                      chosen.inject().run();
                      return new Injected(kind, chosen, world.now(), before);
                    }));
  }

  @Override
  public Optional<Truth> truth() {
    return injected.flatMap(one -> world.cluster().reading(() -> truth(one)));
  }

  private Optional<Truth> truth(Injected one) {
    return one.fault()
        .mark()
        .get()
        .map(
            mark ->
                new Truth(
                    one.kind().id(),
                    mark.entity(),
                    mark.layer(),
                    mark.kinds(),
                    mark.names(),
                    mark.namesOfKind(),
                    hurt(one.before()),
                    one.onset(),
                    Optional.empty()));
  }

  /** All names of services that have answered worse since, and of the transactions that failed. */
  private Set<EntityRef> hurt(Books before) {
    var hurt = new HashSet<EntityRef>();
    Set<String> worse = Books.of(world.bank()).worseThan(before);
    for (ServicePlan service : world.plan().services()) {
      if (worse.contains(service.name())) {
        hurt.addAll(FaultLibrary.names(world, service));
      }
    }
    for (Stream stream : world.bank().load().streams()) {
      if (stream.failed() + stream.late() > 0.02 * Math.max(1, stream.begun())) {
        hurt.addAll(FaultLibrary.names(world, stream.plan()));
      }
    }
    return hurt;
  }

  @Override
  public void close() {
    receiver.ifPresent(OtlpDelivery::close);
    world.close();
  }
}
