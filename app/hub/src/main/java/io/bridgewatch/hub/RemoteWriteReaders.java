package io.bridgewatch.hub;

import io.bridgewatch.adapter.prometheus.ExpositionOptions;
import io.bridgewatch.adapter.prometheus.ReceivedWrite;
import io.bridgewatch.adapter.prometheus.RemoteWriteLimits;
import io.bridgewatch.adapter.prometheus.RemoteWriteReader;
import io.bridgewatch.engine.Intake;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.ports.TelemetryIntake;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.springframework.stereotype.Component;

/** A few readers of remote write, each for one request at a time. */
@Component
final class RemoteWriteReaders {

  static final String SOURCE = "remote-write";

  private static final int READERS = 4;

  private final BlockingQueue<RemoteWriteReader> idle = new ArrayBlockingQueue<>(READERS);
  private final TelemetryIntake intake;

  RemoteWriteReaders(Intake intake) {
    this.intake = intake.pushed(SOURCE);
    for (int i = 0; i < READERS; i++) {
      idle.add(
          new RemoteWriteReader(
              Attributes.none(), ExpositionOptions.KUBELET_LABELS, RemoteWriteLimits.DEFAULT));
    }
  }

  TelemetryIntake intake() {
    return intake;
  }

  /** Waits for a reader while all of them read. */
  ReceivedWrite read(byte[] body, RemoteWriteReader.Version version) throws InterruptedException {
    RemoteWriteReader reader = idle.take();
    try {
      return reader.read(body, version);
    } finally {
      idle.add(reader);
    }
  }
}
