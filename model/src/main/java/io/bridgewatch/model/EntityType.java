package io.bridgewatch.model;

import java.util.List;
import java.util.Locale;

/** What an entity is, the layer it lives on, and the attribute that names it to a person. */
public enum EntityType {
  TRANSACTION(Layer.BUSINESS, AttributeNames.TRANSACTION, List.of()),
  SERVICE(Layer.BUSINESS, AttributeNames.SERVICE, List.of()),
  DEPLOYMENT(Layer.WORKLOAD, AttributeNames.DEPLOYMENT, List.of(AttributeNames.NAMESPACE)),
  STATEFULSET(Layer.WORKLOAD, AttributeNames.STATEFULSET, List.of(AttributeNames.NAMESPACE)),
  DAEMONSET(Layer.WORKLOAD, AttributeNames.DAEMONSET, List.of(AttributeNames.NAMESPACE)),
  REPLICASET(Layer.WORKLOAD, AttributeNames.REPLICASET, List.of(AttributeNames.NAMESPACE)),
  JOB(Layer.WORKLOAD, AttributeNames.JOB, List.of(AttributeNames.NAMESPACE)),
  CRONJOB(Layer.WORKLOAD, AttributeNames.CRONJOB, List.of(AttributeNames.NAMESPACE)),
  HPA(Layer.WORKLOAD, AttributeNames.HPA, List.of(AttributeNames.NAMESPACE)),
  KUBERNETES_SERVICE(
      Layer.NETWORK, AttributeNames.KUBERNETES_SERVICE, List.of(AttributeNames.NAMESPACE)),
  CONFIGMAP(Layer.WORKLOAD, AttributeNames.CONFIGMAP, List.of(AttributeNames.NAMESPACE)),
  RESOURCE_QUOTA(Layer.WORKLOAD, AttributeNames.RESOURCE_QUOTA, List.of(AttributeNames.NAMESPACE)),
  PERSISTENT_VOLUME_CLAIM(
      Layer.CONTAINER, AttributeNames.PERSISTENT_VOLUME_CLAIM, List.of(AttributeNames.NAMESPACE)),
  PERSISTENT_VOLUME(Layer.CONTAINER, AttributeNames.PERSISTENT_VOLUME, List.of()),
  /** Any other object, custom resources above all; its kind is part of its identity. */
  OBJECT(
      Layer.WORKLOAD,
      AttributeNames.OBJECT,
      List.of(AttributeNames.OBJECT_KIND, AttributeNames.NAMESPACE)),
  K8S_NAMESPACE(Layer.WORKLOAD, AttributeNames.NAMESPACE, List.of()),
  POD(Layer.CONTAINER, AttributeNames.POD, List.of(AttributeNames.NAMESPACE)),
  CONTAINER(
      Layer.CONTAINER,
      AttributeNames.CONTAINER,
      List.of(AttributeNames.NAMESPACE, AttributeNames.POD)),
  NODE(Layer.NODE, AttributeNames.NODE, List.of()),
  DEVICE(Layer.HARDWARE, AttributeNames.DEVICE, List.of(AttributeNames.NODE)),
  ZONE(Layer.NODE, AttributeNames.ZONE, List.of()),
  CLUSTER(Layer.NODE, AttributeNames.CLUSTER, List.of());

  private final Layer layer;
  private final String nameAttribute;
  private final List<String> scope;

  EntityType(Layer layer, String nameAttribute, List<String> scope) {
    this.layer = layer;
    this.nameAttribute = nameAttribute;
    this.scope = scope;
  }

  public Layer layer() {
    return layer;
  }

  /** The identifying attribute a person would call it by. */
  public String nameAttribute() {
    return nameAttribute;
  }

  /** Further identifying attributes, present where they are known. */
  public List<String> scope() {
    return scope;
  }

  /** Lower-case name as documents and the API write it. */
  public String id() {
    return this == K8S_NAMESPACE ? "namespace" : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
