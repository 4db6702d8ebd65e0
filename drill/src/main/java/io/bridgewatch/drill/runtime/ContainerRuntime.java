package io.bridgewatch.drill.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts what a container holds. The kubelets of the simulated cluster call it when a container is
 * to run; the bank answers with a process that computes, listens, fails and dies by its own rules.
 */
public interface ContainerRuntime {

  /**
   * Everything a process may know of the place where it starts.
   *
   * @param node name of the node that it runs on
   * @param image as the pod's spec has it, tag included: a release is another tag
   * @param environment resolved, configuration maps included
   * @param cpuLimitCores zero for none
   * @param memoryLimitBytes zero for none
   * @param restart how often this container was started before in its pod
   */
  record Start(
      String namespace,
      String pod,
      String podUid,
      String podIp,
      String container,
      String node,
      String image,
      Map<String, String> labels,
      Map<String, String> environment,
      List<String> command,
      double cpuRequestCores,
      double cpuLimitCores,
      long memoryRequestBytes,
      long memoryLimitBytes,
      int restart) {
    public Start {
      labels = Map.copyOf(labels);
      environment = Map.copyOf(environment);
      command = List.copyOf(command);
    }
  }

  /**
   * @param exited told once, at the simulated moment when the process ends by itself
   */
  ContainerProcess start(Start start, Consumer<Exit> exited);

  /**
   * Takes over a container that was started before the simulation began: its process has long been
   * up and warm. Unless overridden it is started anew.
   *
   * @param since when it was started
   */
  default ContainerProcess adopt(Start start, Instant since, Consumer<Exit> exited) {
    return start(start, exited);
  }

  /**
   * How a process ended.
   *
   * @param code as the kernel tells: 137 when killed
   * @param reason {@code OOMKilled}, {@code Error} or {@code Completed}
   * @param message the termination message; may be empty
   */
  record Exit(int code, String reason, String message) {}
}
