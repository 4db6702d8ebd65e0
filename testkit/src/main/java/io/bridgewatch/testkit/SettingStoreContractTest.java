package io.bridgewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.ports.SettingStore;
import org.junit.jupiter.api.Test;

/** What every {@link SettingStore} does. */
public abstract class SettingStoreContractTest {

  /** An empty store. */
  protected abstract SettingStore settings();

  @Test
  void aSettingIsWhatItWasSetToLast() {
    var settings = settings();
    assertThat(settings.setting("rules")).isEmpty();
    settings.set("rules", "[]");
    settings.set("other", "流水号\n");
    settings.set("rules", "[1]");
    assertThat(settings.setting("rules")).contains("[1]");
    assertThat(settings.setting("other")).contains("流水号\n");
    settings.remove("rules");
    settings.remove("none");
    assertThat(settings.setting("rules")).isEmpty();
  }
}
