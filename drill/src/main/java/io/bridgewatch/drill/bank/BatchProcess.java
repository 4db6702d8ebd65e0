package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.bank.Telemetry.Severity;
import io.bridgewatch.drill.plan.JobPlan;
import io.bridgewatch.drill.plan.ServicePlan.Client;
import io.bridgewatch.drill.runtime.ContainerRuntime.Exit;
import io.bridgewatch.drill.runtime.ContainerRuntime.Start;
import java.time.Duration;
import java.util.function.Consumer;

/** A batch job: asks a service again and again, some at a time, until all is done. */
public final class BatchProcess extends BankProcess implements CallParent {

  private static final double START_WORK_NANOS = 3e9;
  private static final double WORK_NANOS = 3e6;
  private static final double TOLERATED_SHARE = 0.05;

  private final JobPlan job;
  private final Pool pool;
  private final int route;
  private int begun;
  private int done;
  private int failed;

  BatchProcess(Bank bank, Start start, JobPlan job, int number, Consumer<Exit> exited) {
    super(bank, start, job.name(), "job/" + number, number, exited);
    this.job = job;
    ServiceState peer = bank.service(job.service());
    this.route = peer.route(job.route());
    this.pool =
        pool(
            peer,
            new Client(
                job.parallel(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                2,
                Duration.ofMillis(200),
                1));
    cpu.run(START_WORK_NANOS, this::begin);
  }

  private void begin() {
    say(Severity.INFO, "批处理开始 items=" + job.calls());
    for (int i = 0; i < job.parallel(); i++) {
      next();
    }
  }

  private void next() {
    if (begun == job.calls()) {
      return;
    }
    begun++;
    cpu.run(random.nextExponential() * WORK_NANOS, this::call);
  }

  private void call() {
    int key = 1 + random.nextInt(1 << 20);
    new Call(this, this, pool, route, bank.trace(key), 0, null).begin();
  }

  @Override
  public void callDone(Call call) {
    done++;
    if (call.failure() != Failure.NONE) {
      failed++;
      if (failed <= 20) {
        say(
            Severity.ERROR,
            "批处理条目失败 serialNo=%s cause=%s"
                .formatted(
                    call.trace().serial(), call.failure().message(call.peer(), call.peerStatus())));
      }
    }
    if (done < job.calls()) {
      next();
      return;
    }
    say(Severity.INFO, "批处理结束 items=%d failed=%d".formatted(done, failed));
    if (failed > TOLERATED_SHARE * done) {
      exit(1, "Error", "%d of %d items failed".formatted(failed, done));
    } else {
      exit(0, "Completed", "");
    }
  }

  private void say(Severity severity, String words) {
    StringBuilder text = text();
    time(text, epochNanos());
    text.append(' ').append(severity).append(" [").append(service()).append(",,] [main] ");
    log(severity, "batch", text.append(words).toString(), null, 0);
  }

  /** Items that were tried, failed ones included. */
  public int done() {
    return done;
  }

  public int failed() {
    return failed;
  }

  @Override
  public ProbeAnswer probe(String path, int asked) {
    return new ProbeAnswer(false, Duration.ofMillis(1), "connection refused");
  }

  @Override
  public void terminate() {
    exit(143, "Error", "");
  }

  @Override
  public double residentBytes() {
    return 180 * MIB;
  }

  @Override
  int fileDescriptors() {
    return 40 + openConnections();
  }

  @Override
  int processes() {
    return 1;
  }

  @Override
  void ended(boolean silent) {}
}
