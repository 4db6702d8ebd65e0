package io.bridgewatch.adapter.prometheus;

/** Why something that asks to be scraped is not, or not in the way it asks. */
public enum DiscoveryIssue {
  /** No port is named, or the pod has none of that name. */
  PORT_MISSING("PortMissing"),
  /** Path, scheme or address make no URL. */
  ADDRESS_INVALID("AddressInvalid"),
  /** An interval or timeout that is no duration; the usual one is used. */
  DURATION_INVALID("DurationInvalid"),
  /** A shorter interval than allowed; the shortest allowed one is used. */
  INTERVAL_TOO_SHORT("IntervalTooShort"),
  /** It needs credentials from a Secret or a file; Secrets are not read. Not scraped. */
  CREDENTIALS_NEEDED("CredentialsNeeded"),
  /** A TLS setting other than {@code insecureSkipVerify}; the JDK's authorities are used. */
  TLS_SETTING_IGNORED("TlsSettingIgnored"),
  /** A relabeling with an unknown action, a bad expression or no target; it is passed over. */
  RELABELING_INVALID("RelabelingInvalid"),
  /** Relabelings that send to another host than the pod. Not scraped. */
  ADDRESS_FOREIGN("AddressForeign"),
  /** Scraping through a proxy of its own. Not scraped. */
  PROXY_NEEDED("ProxyNeeded"),
  /** A Service without a selector: what stands behind it is not known here. */
  SERVICE_WITHOUT_SELECTOR("ServiceWithoutSelector"),
  /** A selector with an operator that is none. */
  SELECTOR_INVALID("SelectorInvalid");

  private final String id;

  DiscoveryIssue(String id) {
    this.id = id;
  }

  /** The word that people search for. */
  public String id() {
    return id;
  }
}
