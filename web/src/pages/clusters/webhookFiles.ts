/** The files and options that an API server wants for delivering its audit events. */

/** Where a cluster's API server delivers. */
export function deliveryUrl(hub: string, cluster: string): string {
  return `${hub.trim().replace(/\/+$/, '')}/api/v1/clusters/${encodeURIComponent(cluster)}/audit-events`;
}

/** What `--audit-webhook-config-file` names: a kubeconfig that leads to the hub. */
export function webhookConfig(url: string, token: string): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: bridgewatch
  cluster:
    server: ${JSON.stringify(url)}
users:
- name: api-server
  user:
    token: ${JSON.stringify(token)}
contexts:
- name: bridgewatch
  context:
    cluster: bridgewatch
    user: api-server
current-context: bridgewatch
`;
}

/** Who changed what, without bodies and without what nobody asks about. */
export const AUDIT_POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: None
  resources:
  - {group: "", resources: [secrets, events]}
  - {group: events.k8s.io}
  - {group: coordination.k8s.io}
- level: Metadata
  verbs: [create, update, patch, delete, deletecollection]
`;

/** Without the last one, events wait for up to half a minute before they are delivered. */
export const API_SERVER_OPTIONS = `--audit-policy-file=/etc/kubernetes/audit-policy.yaml
--audit-webhook-config-file=/etc/kubernetes/audit-webhook.yaml
--audit-webhook-batch-max-wait=1s
`;
