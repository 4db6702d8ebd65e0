package io.bridgewatch.hub;

import io.bridgewatch.adapter.store.EmbeddedStore;
import io.bridgewatch.ports.AuditLog;
import io.bridgewatch.ports.BundleArchive;
import io.bridgewatch.ports.ImportStore;
import io.bridgewatch.ports.IncidentStore;
import io.bridgewatch.ports.LiveIncidentStore;
import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.ports.SessionStore;
import io.bridgewatch.ports.SettingStore;
import io.bridgewatch.ports.UserStore;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/** Puts the hub together. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@ComponentScan
@EnableConfigurationProperties(HubSettings.class)
class HubConfiguration {

  @Bean
  UserStore userStore(EmbeddedStore store) {
    return store.users();
  }

  @Bean
  SessionStore sessionStore(EmbeddedStore store) {
    return store.sessions();
  }

  @Bean
  AuditLog auditLog(EmbeddedStore store) {
    return store.audit();
  }

  @Bean
  ImportStore importStore(EmbeddedStore store) {
    return store.imports();
  }

  @Bean
  IncidentStore incidentStore(EmbeddedStore store) {
    return store.incidents();
  }

  @Bean
  LiveIncidentStore liveIncidentStore(EmbeddedStore store) {
    return store.liveIncidents();
  }

  @Bean
  SettingStore settingStore(EmbeddedStore store) {
    return store.settings();
  }

  @Bean
  ScalingStore scalingStore(EmbeddedStore store) {
    return store.scaling();
  }

  @Bean
  BundleArchive bundleArchive(EmbeddedStore store) {
    return store.archive();
  }

  @Bean
  JsonMapperBuilderCustomizer timesWithMillis() {
    return builder ->
        builder.addModule(new SimpleModule().addSerializer(Instant.class, new MillisSerializer()));
  }

  /** Times in UTC with milliseconds, as in situation reports. */
  private static final class MillisSerializer extends ValueSerializer<Instant> {
    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public void serialize(Instant time, JsonGenerator json, SerializationContext context) {
      json.writeString(FORMAT.format(time));
    }
  }
}
