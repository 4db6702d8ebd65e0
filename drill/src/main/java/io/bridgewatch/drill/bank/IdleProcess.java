package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.runtime.ContainerRuntime.Exit;
import io.bridgewatch.drill.runtime.ContainerRuntime.Start;
import java.time.Duration;
import java.util.function.Consumer;

/** A container of which the plan knows nothing, such as a shell to debug with: it waits. */
final class IdleProcess extends BankProcess {

  IdleProcess(Bank bank, Start start, int number, Consumer<Exit> exited) {
    super(bank, start, start.container(), "idle/" + number, number, exited);
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
    return 2 * MIB;
  }

  @Override
  int fileDescriptors() {
    return 4;
  }

  @Override
  int processes() {
    return 1;
  }

  @Override
  void ended(boolean silent) {}
}
