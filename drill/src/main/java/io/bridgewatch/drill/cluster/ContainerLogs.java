package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.runtime.ContainerProcess;
import io.bridgewatch.kubernetes.server.PodLogSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what containers wrote, from threads of connections, while the simulation goes on. */
final class ContainerLogs implements PodLogSource {
  private static final int AT_ONCE = 2_000;

  private final WorldLock lock;
  private final Function<Request, Optional<ContainerWorker>> containers;

  /**
   * @param containers finds a container that its node can be asked about
   */
  ContainerLogs(WorldLock lock, Function<Request, Optional<ContainerWorker>> containers) {
    this.lock = lock;
    this.containers = containers;
  }

  @Override
  public Optional<Reader> open(Request request) {
    return lock.reading(
        () -> {
          var container = containers.apply(request);
          if (request.isPrevious()) {
            return container
                .filter(ContainerWorker::hasPrevious)
                .map(found -> new Kept(found.previousLog()));
          }
          return container
              .filter(found -> found.process().isPresent())
              .map(found -> new Live(found, found.process().get()));
        });
  }

  private static List<Line> lines(List<ContainerProcess.LogLine> written) {
    return written.stream().map(line -> new Line(line.time(), line.text())).toList();
  }

  /** Of a run that is over. */
  private static final class Kept implements Reader {
    private List<ContainerProcess.LogLine> left;

    Kept(List<ContainerProcess.LogLine> lines) {
      this.left = lines;
    }

    @Override
    public List<Line> next(Duration patience) {
      var taken = left;
      left = List.of();
      return lines(taken);
    }

    @Override
    public boolean isOver() {
      return left.isEmpty();
    }
  }

  private final class Live implements Reader {
    private final ContainerWorker container;
    private final ContainerProcess process;
    private Instant last = Instant.EPOCH;

    Live(ContainerWorker container, ContainerProcess process) {
      this.container = container;
      this.process = process;
    }

    @Override
    public List<Line> next(Duration patience) throws InterruptedException {
      return lock.await(
          patience,
          () -> {
            var written = process.log(last, AT_ONCE);
            if (!written.isEmpty()) {
              last = written.getLast().time();
            }
            return lines(written);
          },
          found -> !found.isEmpty());
    }

    @Override
    public boolean isOver() {
      return lock.reading(
          () -> container.process().filter(process::equals).isEmpty() || !container.isRunning());
    }
  }
}
