package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.runtime.ContainerProcess;
import io.bridgewatch.drill.runtime.ContainerRuntime;
import io.bridgewatch.drill.sim.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Processes that behave as a test says, by their images; otherwise they start in 3 s and are well.
 */
final class TestRuntime implements ContainerRuntime {
  private final Simulation simulation;
  private final Map<String, Behaviour> byImage = new HashMap<>();
  final List<TestProcess> processes = new ArrayList<>();

  /** How processes of an image behave. */
  static final class Behaviour {
    Duration startTime = Duration.ofSeconds(3);
    Predicate<String> answersProbe = path -> true;
    Optional<Exit> ends = Optional.empty();
    Duration endsAfter = Duration.ofSeconds(2);
    double cores = 0.01;
    long memoryBytes = 64L << 20;
    boolean ignoresTermination;
  }

  TestRuntime(Simulation simulation) {
    this.simulation = simulation;
  }

  Behaviour of(String image) {
    return byImage.computeIfAbsent(image, name -> new Behaviour());
  }

  @Override
  public ContainerProcess start(Start start, Consumer<Exit> exited) {
    return begin(start, exited, of(start.image()).startTime);
  }

  @Override
  public ContainerProcess adopt(Start start, Instant since, Consumer<Exit> exited) {
    return begin(start, exited, Duration.ZERO);
  }

  private TestProcess begin(Start start, Consumer<Exit> exited, Duration startTime) {
    var process = new TestProcess(start, exited, simulation.instant().plus(startTime));
    processes.add(process);
    var behaviour = of(start.image());
    behaviour.ends.ifPresent(
        exit -> simulation.after(behaviour.endsAfter, () -> process.exit(exit)));
    return process;
  }

  final class TestProcess implements ContainerProcess {
    final Start start;
    private final Consumer<Exit> exited;
    private final Instant up;
    private final Instant began = simulation.instant();
    private boolean isGone;

    TestProcess(Start start, Consumer<Exit> exited, Instant up) {
      this.start = start;
      this.exited = exited;
      this.up = up;
    }

    void exit(Exit exit) {
      if (!isGone) {
        isGone = true;
        exited.accept(exit);
      }
    }

    @Override
    public ProbeAnswer probe(String path, int port) {
      var isUp = !isGone && !simulation.instant().isBefore(up);
      var isGood = isUp && of(start.image()).answersProbe.test(path);
      return new ProbeAnswer(
          isGood,
          Duration.ofMillis(4),
          isUp && !isGood ? "HTTP probe failed with statuscode: 503" : "");
    }

    @Override
    public void terminate() {
      if (!of(start.image()).ignoresTermination) {
        simulation.after(Duration.ofMillis(200), () -> exit(new Exit(0, "Completed", "")));
      }
    }

    @Override
    public void kill() {
      isGone = true;
    }

    @Override
    public Usage usage() {
      var behaviour = of(start.image());
      var nanos = Duration.between(began, simulation.instant()).toNanos() * behaviour.cores;
      var memory = behaviour.memoryBytes;
      return new Usage((long) nanos, 0, 0, 0, memory, memory, 0, 0, 0, 0, 0, 0, 0, 1, 10);
    }

    @Override
    public Optional<Instant> lastLine() {
      return Optional.of(began.plusSeconds(2));
    }

    @Override
    public List<LogLine> log(Instant since, int limit) {
      var lines = new ArrayList<LogLine>();
      for (var second = 0; second < 3; second++) {
        var time = began.plusSeconds(second);
        if (time.isAfter(since) && !time.isAfter(simulation.instant()) && lines.size() < limit) {
          lines.add(new LogLine(time, false, "line " + second + " of " + start.container()));
        }
      }
      return lines;
    }
  }
}
