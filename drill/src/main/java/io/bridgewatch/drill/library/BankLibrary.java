package io.bridgewatch.drill.library;

import io.bridgewatch.drill.fault.FaultKind;
import io.bridgewatch.drill.fault.FaultLibrary;
import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.drill.world.Drill;
import io.bridgewatch.drill.world.DrillLibrary;
import io.bridgewatch.drill.world.DrillWorld;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The standard bank, all troubles of the library, and a day on which nothing happens. */
public final class BankLibrary implements DrillLibrary {

  static final String CLEAN = "clean";

  /** Of all traces: as busy systems are sampled. */
  private static final double TRACE_SHARE = 0.1;

  private final BankPlan plan;

  public BankLibrary() {
    this(StandardBank.plan());
  }

  /** The same in another bank, such as one with other names. */
  public BankLibrary(BankPlan plan) {
    this.plan = plan;
  }

  @Override
  public List<Drill> drills() {
    var drills = new ArrayList<Drill>();
    for (FaultKind kind : FaultLibrary.all()) {
      drills.add(
          kind.layer().isPresent()
              ? Drill.fault(kind.id(), kind.layer().get())
              : Drill.harmless(kind.id()));
    }
    drills.add(Drill.harmless(CLEAN));
    return drills;
  }

  @Override
  public DrillWorld world(long seed, Instant start) {
    var options = new BankWorld.Options(TRACE_SHARE, false, UnaryOperator.identity());
    return new BankDrill(BankWorld.start(plan, start, seed, options));
  }
}
