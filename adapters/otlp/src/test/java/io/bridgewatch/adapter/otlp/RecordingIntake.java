package io.bridgewatch.adapter.otlp;

import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Span;
import io.bridgewatch.ports.TelemetryIntake;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is given and answers what it is told to. */
final class RecordingIntake implements TelemetryIntake {

  private final List<SampleBatch> samples = new ArrayList<>();
  private final List<Exemplar> exemplars = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private final List<LogRecord> logs = new ArrayList<>();
  private Answer answer = Taken.whole();

  synchronized void answerWith(Answer next) {
    answer = next;
  }

  @Override
  public synchronized Answer samples(SampleBatch batch, List<Exemplar> found) {
    if (answer instanceof Taken) {
      samples.add(batch);
      exemplars.addAll(found);
    }
    return answer;
  }

  @Override
  public synchronized Answer spans(List<Span> found) {
    if (answer instanceof Taken) {
      spans.addAll(found);
    }
    return answer;
  }

  @Override
  public synchronized Answer logs(List<LogRecord> records) {
    if (answer instanceof Taken) {
      logs.addAll(records);
    }
    return answer;
  }

  synchronized int sampleCount() {
    return samples.stream().mapToInt(SampleBatch::size).sum();
  }

  synchronized List<Exemplar> keptExemplars() {
    return List.copyOf(exemplars);
  }

  synchronized List<Span> keptSpans() {
    return List.copyOf(spans);
  }

  synchronized List<LogRecord> keptLogs() {
    return List.copyOf(logs);
  }
}
