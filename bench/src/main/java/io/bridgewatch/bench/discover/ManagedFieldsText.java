package io.bridgewatch.bench.discover;

/** The parts of objects that are long and that nobody reads. */
final class ManagedFieldsText {
  static final String TOKEN_VOLUME =
      "{\"name\":\"kube-api-access\",\"projected\":{\"sources\":[{\"serviceAccountToken\":{\"expirationSeconds\":3607,\"path\":\"token\"}},"
          + "{\"configMap\":{\"name\":\"kube-root-ca.crt\",\"items\":[{\"key\":\"ca.crt\",\"path\":\"ca.crt\"}]}},"
          + "{\"downwardAPI\":{\"items\":[{\"path\":\"namespace\",\"fieldRef\":{\"apiVersion\":\"v1\",\"fieldPath\":\"metadata.namespace\"}}]}}],\"defaultMode\":420}}";

  private static final String POD_SPEC =
      """
      {"f:metadata":{"f:annotations":{".":{},"f:prometheus.io/port":{},"f:prometheus.io/scrape":{}},"f:generateName":{},"f:labels":{".":{},"f:app.kubernetes.io/name":{},"f:app.kubernetes.io/part-of":{},"f:pod-template-hash":{},"f:team":{}},"f:ownerReferences":{".":{},"k:{\\"uid\\":\\"OWNER\\"}":{}}},\
      "f:spec":{"f:containers":{"k:{\\"name\\":\\"app\\"}":{".":{},"f:command":{},"f:env":{".":{},"k:{\\"name\\":\\"NAME\\"}":{".":{},"f:name":{},"f:value":{}},"k:{\\"name\\":\\"JAVA_TOOL_OPTIONS\\"}":{".":{},"f:name":{},"f:value":{}}},"f:image":{},"f:imagePullPolicy":{},"f:livenessProbe":{".":{},"f:failureThreshold":{},"f:httpGet":{".":{},"f:path":{},"f:port":{},"f:scheme":{}},"f:periodSeconds":{},"f:successThreshold":{},"f:timeoutSeconds":{}},"f:name":{},"f:ports":{".":{},"k:{\\"containerPort\\":8080,\\"protocol\\":\\"TCP\\"}":{".":{},"f:containerPort":{},"f:name":{},"f:protocol":{}}},"f:readinessProbe":{".":{},"f:failureThreshold":{},"f:httpGet":{".":{},"f:path":{},"f:port":{},"f:scheme":{}},"f:periodSeconds":{},"f:successThreshold":{},"f:timeoutSeconds":{}},"f:resources":{".":{},"f:limits":{".":{},"f:cpu":{},"f:memory":{}},"f:requests":{".":{},"f:cpu":{},"f:memory":{}}},"f:terminationMessagePath":{},"f:terminationMessagePolicy":{}}},"f:dnsPolicy":{},"f:enableServiceLinks":{},"f:restartPolicy":{},"f:schedulerName":{},"f:securityContext":{},"f:terminationGracePeriodSeconds":{},"f:volumes":{".":{},"k:{\\"name\\":\\"config\\"}":{".":{},"f:configMap":{".":{},"f:defaultMode":{},"f:name":{}},"f:name":{}}}}}"""
          .strip();

  private static final String POD_STATUS =
      """
      {"f:status":{"f:conditions":{"k:{\\"type\\":\\"ContainersReady\\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}},"k:{\\"type\\":\\"Initialized\\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}},"k:{\\"type\\":\\"Ready\\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}}},"f:containerStatuses":{},"f:hostIP":{},"f:hostIPs":{},"f:phase":{},"f:podIP":{},"f:podIPs":{".":{},"k:{\\"ip\\":\\"ADDRESS\\"}":{".":{},"f:ip":{}}},"f:startTime":{}}}"""
          .strip();

  private static final String WORKLOAD =
      """
      {"f:metadata":{"f:labels":{".":{},"f:app.kubernetes.io/name":{},"f:app.kubernetes.io/part-of":{}}},"f:spec":{"f:replicas":{},"f:selector":{},"f:template":{"f:metadata":{"f:labels":{".":{},"f:app.kubernetes.io/name":{}}},"f:spec":{"f:containers":{"k:{\\"name\\":\\"app\\"}":{".":{},"f:env":{".":{},"k:{\\"name\\":\\"NAME\\"}":{".":{},"f:name":{},"f:value":{}}},"f:image":{},"f:imagePullPolicy":{},"f:name":{},"f:ports":{".":{},"k:{\\"containerPort\\":8080,\\"protocol\\":\\"TCP\\"}":{".":{},"f:containerPort":{},"f:name":{},"f:protocol":{}}},"f:readinessProbe":{".":{},"f:failureThreshold":{},"f:httpGet":{".":{},"f:path":{},"f:port":{},"f:scheme":{}}},"f:resources":{".":{},"f:limits":{".":{},"f:cpu":{},"f:memory":{}},"f:requests":{".":{},"f:cpu":{},"f:memory":{}}}}},"f:dnsPolicy":{},"f:restartPolicy":{},"f:schedulerName":{},"f:securityContext":{},"f:terminationGracePeriodSeconds":{}}}}}"""
          .strip();

  private static final String NODE =
      """
      {"f:status":{"f:conditions":{"k:{\\"type\\":\\"DiskPressure\\"}":{"f:lastHeartbeatTime":{}},"k:{\\"type\\":\\"MemoryPressure\\"}":{"f:lastHeartbeatTime":{}},"k:{\\"type\\":\\"PIDPressure\\"}":{"f:lastHeartbeatTime":{}},"k:{\\"type\\":\\"Ready\\"}":{"f:lastHeartbeatTime":{},"f:lastTransitionTime":{},"f:message":{},"f:reason":{},"f:status":{}}}}}"""
          .strip();

  private ManagedFieldsText() {}

  static String ofPod(String ownerUid, String address, String time) {
    return "["
        + entry("kube-controller-manager", "v1", time, POD_SPEC.replace("OWNER", ownerUid), "")
        + ","
        + entry("kubelet", "v1", time, POD_STATUS.replace("ADDRESS", address), "status")
        + "]";
  }

  static String ofWorkload(String time) {
    return "[" + entry("argocd-controller", "apps/v1", time, WORKLOAD, "") + "]";
  }

  static String ofNode(String time) {
    return "[" + entry("kubelet", "v1", time, NODE, "status") + "]";
  }

  private static String entry(
      String manager, String version, String time, String fields, String subresource) {
    return "{\"manager\":\"%s\",\"operation\":\"Update\",\"apiVersion\":\"%s\",\"time\":\"%s\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":%s%s}"
        .formatted(
            manager,
            version,
            time,
            fields,
            subresource.isEmpty() ? "" : ",\"subresource\":\"" + subresource + "\"");
  }
}
