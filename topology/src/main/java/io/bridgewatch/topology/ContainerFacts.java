package io.bridgewatch.topology;

import io.bridgewatch.model.KubernetesObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of a container, from which it can be told what it is.
 *
 * @param name of the container in its pod
 * @param image with registry and tag
 * @param ports that it declares
 * @param command and arguments, in their order
 * @param environment names of its variables; their values tell nothing here
 * @param metrics names of the metrics there are of it
 */
public record ContainerFacts(
    String name,
    String image,
    List<Integer> ports,
    List<String> command,
    Set<String> environment,
    Set<String> metrics) {

  public ContainerFacts {
    ports = List.copyOf(ports);
    command = List.copyOf(command);
    environment = Set.copyOf(environment);
    metrics = Set.copyOf(metrics);
  }

  /**
   * The containers of a pod, sidecars among them; those that only prepare it are not.
   *
   * @param pod as the Kubernetes API has it
   */
  public static List<ContainerFacts> of(KubernetesObject pod) {
    var containers = new ArrayList<KubernetesObject>();
    pod.list("spec", "initContainers").stream()
        .filter(it -> it.text("restartPolicy").orElse("").equals("Always"))
        .forEach(containers::add);
    containers.addAll(pod.list("spec", "containers"));
    return containers.stream().map(ContainerFacts::ofContainer).toList();
  }

  private static ContainerFacts ofContainer(KubernetesObject container) {
    var ports = new ArrayList<Integer>();
    for (KubernetesObject port : container.list("ports")) {
      port.number("containerPort").ifPresent(number -> ports.add(number.intValue()));
    }
    var command = new ArrayList<>(strings(container, "command"));
    command.addAll(strings(container, "args"));
    var environment = new TreeSet<String>();
    container.list("env").forEach(it -> it.text("name").ifPresent(environment::add));
    return new ContainerFacts(
        container.text("name").orElse(""),
        container.text("image").orElse(""),
        ports,
        command,
        environment,
        Set.of());
  }

  private static List<String> strings(KubernetesObject object, String field) {
    return object.tree().get(field) instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** The same with the names of its metrics. */
  public ContainerFacts withMetrics(Collection<String> names) {
    return new ContainerFacts(name, image, ports, command, environment, new LinkedHashSet<>(names));
  }

  /** The image's own name: without registry, folders, tag and digest. */
  String imageName() {
    var rest = image;
    int digest = rest.indexOf('@');
    rest = digest < 0 ? rest : rest.substring(0, digest);
    int folder = rest.lastIndexOf('/');
    var last = rest.substring(folder + 1);
    int tag = last.indexOf(':');
    return tag < 0 ? last : last.substring(0, tag);
  }

  /** Whether it stands in no folder of its registry, or in one that collects official images. */
  boolean isOfficial() {
    List<String> folders = List.of(image.split("/", -1));
    if (folders.size() < 2) {
      return true;
    }
    var last = folders.get(folders.size() - 2);
    boolean registry = folders.size() == 2 && (last.contains(".") || last.contains(":"));
    return registry || last.equals("library") || last.equals("bitnami");
  }
}
