package io.bridgewatch.scale;

import java.util.Optional;

/** Somebody else who decides how many replicas a workload has, or could undo such a decision. */
public sealed interface ScalingConflict {

  /** What it is called by people: kind and name, or the field manager. */
  String owner();

  /** Whether it keeps the workload from being scaled by a policy, or is only worth knowing. */
  boolean blocking();

  /**
   * Another object that scales the same workload.
   *
   * @param apiVersion of the object, such as {@code keda.sh/v1alpha1}
   * @param through the autoscaler that it makes or changes, where it acts by one; its name
   */
  record OtherScaler(String apiVersion, String kind, String name, Optional<String> through)
      implements ScalingConflict {
    @Override
    public String owner() {
      return kind + " " + name;
    }

    @Override
    public boolean blocking() {
      return true;
    }
  }

  /**
   * An autoscaler of another workload whose selector takes these pods too: the controller then
   * refuses to scale either.
   *
   * @param hpa its name
   * @param workload what it scales
   */
  record SharedPods(String hpa, ScaleTarget workload) implements ScalingConflict {
    @Override
    public String owner() {
      return "HorizontalPodAutoscaler " + hpa;
    }

    @Override
    public boolean blocking() {
      return true;
    }
  }

  /**
   * A field manager that owns {@code spec.replicas} and will write it again.
   *
   * @param manager as {@code metadata.managedFields} spells it
   * @param apply whether by server-side apply, which names the field for certain; else by an
   *     update, of which defaults may be the reason
   */
  record ReplicasOwned(String manager, Source source, boolean apply) implements ScalingConflict {
    @Override
    public String owner() {
      return manager;
    }

    /** A person's update by hand is done once; nothing repeats it. */
    @Override
    public boolean blocking() {
      return apply || source == Source.GITOPS || source == Source.SCALER;
    }
  }

  /**
   * Something that changes what pods request, and so what a utilization means.
   *
   * @param mode its update mode, such as {@code Auto}
   */
  record RequestsChanged(String kind, String name, String mode) implements ScalingConflict {
    @Override
    public String owner() {
      return kind + " " + name;
    }

    @Override
    public boolean blocking() {
      return true;
    }
  }

  /** Who a field manager is, by its name and by what it writes. */
  enum Source {
    /** Brings the state of a repository or a chart to the cluster, again and again. */
    GITOPS,
    /** Writes the scale subresource and is not the autoscaler's own controller. */
    SCALER,
    PERSON,
    OTHER
  }
}
