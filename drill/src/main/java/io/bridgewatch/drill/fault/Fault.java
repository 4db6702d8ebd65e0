package io.bridgewatch.drill.fault;

import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Layer;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One trouble for one world, with its target chosen.
 *
 * @param target in words, for people
 * @param inject puts it in, at the simulated moment when it is called
 * @param cure takes it out again; what follows may need a while to mend
 * @param mark what it truly is, asked after it was put in; empty for what only looks like trouble
 */
public record Fault(String target, Runnable inject, Runnable cure, Supplier<Optional<Mark>> mark) {

  /**
   * The truth of it, without its times.
   *
   * @param entity what people would call the cause
   * @param kinds of causes that say what it is
   * @param names all references to the cause
   * @param namesOfKind references that are right only together with one of the kinds
   */
  public record Mark(
      EntityRef entity,
      Layer layer,
      Set<CauseKind> kinds,
      Set<EntityRef> names,
      Set<EntityRef> namesOfKind) {
    public Mark {
      kinds = Set.copyOf(kinds);
      names = Set.copyOf(names);
      namesOfKind = Set.copyOf(namesOfKind);
    }
  }
}
