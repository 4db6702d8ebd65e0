package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.runtime.ContainerRuntime.Start;
import io.bridgewatch.drill.sim.Cause;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What makes processes behave other than planned: trouble is put here, by what it sticks to. An
 * image's trouble comes and goes with rollouts and rollbacks, a setting's with the environment that
 * a container is started with; the others hold until they are reset.
 */
public final class Behaviours {

  private final Map<Key, Behaviour> behaviours = new LinkedHashMap<>();
  private final Map<String, List<String>> settings = new LinkedHashMap<>();
  private long changes;

  private sealed interface Key {
    record Image(String image) implements Key {}

    record Setting(String name, String value) implements Key {}

    record Service(String service) implements Key {}

    record Route(String service, String route) implements Key {}

    record Pod(String pod) implements Key {}
  }

  /** Causes by trait. */
  public final class Behaviour {
    private final Map<Trait, Cause> causes = new EnumMap<>(Trait.class);

    /** The cause behind a trait; its normal value changes nothing. */
    public Cause cause(Trait trait) {
      return causes.computeIfAbsent(trait, t -> new Cause(t.normal(), () -> changes++));
    }

    public void set(Trait trait, double value) {
      cause(trait).set(value);
    }

    /** Back to what was planned. */
    public void reset() {
      causes.values().forEach(Cause::reset);
    }
  }

  /**
   * Of each process that was started from this image.
   *
   * @param image as the pod's spec has it, tag included
   */
  public Behaviour ofImage(String image) {
    return of(new Key.Image(image));
  }

  /** Of each process in whose environment this variable has this value. */
  public Behaviour ofSetting(String name, String value) {
    List<String> values = settings.computeIfAbsent(name, n -> new ArrayList<>());
    if (!values.contains(value)) {
      values.add(value);
    }
    return of(new Key.Setting(name, value));
  }

  public Behaviour ofService(String service) {
    return of(new Key.Service(service));
  }

  /** Of one route of a service, such as one statement of a database. */
  public Behaviour ofRoute(String service, String route) {
    return of(new Key.Route(service, route));
  }

  public Behaviour ofPod(String pod) {
    return of(new Key.Pod(pod));
  }

  /** Counts changes, so that processes know when to ask again. */
  long changes() {
    return changes;
  }

  /**
   * All that applies to a process.
   *
   * @param route empty for what holds whatever is asked
   * @return by the ordinal of the trait
   */
  double[] effective(String service, Optional<String> route, Start start) {
    var result = new double[Trait.values().length];
    for (Trait trait : Trait.values()) {
      result[trait.ordinal()] = trait.normal();
    }
    combine(result, new Key.Image(start.image()));
    settings.forEach(
        (name, values) -> {
          String value = start.environment().get(name);
          if (value != null && values.contains(value)) {
            combine(result, new Key.Setting(name, value));
          }
        });
    combine(result, new Key.Service(service));
    combine(result, new Key.Pod(start.pod()));
    route.ifPresent(asked -> combine(result, new Key.Route(service, asked)));
    return result;
  }

  private Behaviour of(Key key) {
    changes++;
    return behaviours.computeIfAbsent(key, k -> new Behaviour());
  }

  private void combine(double[] result, Key key) {
    Behaviour behaviour = behaviours.get(key);
    if (behaviour != null) {
      behaviour.causes.forEach(
          (trait, cause) ->
              result[trait.ordinal()] = trait.combined(result[trait.ordinal()], cause.value()));
    }
  }
}
