package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.ports.ScalingStore.Memory;
import io.bridgewatch.ports.ScalingStore.Note;
import io.bridgewatch.ports.ScalingStore.NoteKind;
import io.bridgewatch.ports.ScalingStore.NoteQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalingRetentionTest {

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  @TempDir Path folder;

  @Test
  void oldNotesAreForgottenAndWhatWasLearnedStays() throws IOException {
    try (var hub = RunningHub.start(folder, new SettableClock())) {
      var store = hub.hub().context().getBean(ScalingStore.class);
      for (NoteKind kind : NoteKind.values()) {
        for (int days : new int[] {1, 89, 91, 399, 401}) {
          store.keep(new Note(kind, "east", "shop", "Deployment/cart", ago(days), "{}"));
        }
      }
      store.remember(new Memory("east", "shop", "Deployment/cart", ago(2), "{}"));
      store.remember(new Memory("east", "shop", "Deployment/pay", NOW.minusSeconds(60), "{}"));
      new ScalingRetention(store, () -> NOW).turn();
      assertThat(store.memory("east", "shop", "Deployment/cart")).isEmpty();
      assertThat(store.memory("east", "shop", "Deployment/pay")).isPresent();
      assertThat(ages(store, NoteKind.SHADOW)).containsExactly(1L, 89L);
      assertThat(ages(store, NoteKind.VERDICT)).containsExactly(1L, 89L);
      assertThat(ages(store, NoteKind.DAY)).containsExactly(1L, 89L, 91L, 399L);
      assertThat(ages(store, NoteKind.LEARNED)).hasSize(5);
    }
  }

  private static Instant ago(int days) {
    return NOW.minus(Duration.ofDays(days));
  }

  private static List<Long> ages(ScalingStore store, NoteKind kind) {
    return store
        .notes(
            new NoteQuery(
                kind,
                Optional.of("east"),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                NOW,
                10))
        .stream()
        .map(note -> Duration.between(note.time(), NOW).toDays())
        .toList();
  }
}
