package io.bridgewatch.adapter.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Pages that an API server hands on for others: kubelets' metrics through the node proxy, logs of
 * pods. Only reads. Safe for use by several threads.
 */
public interface ApiPages extends AutoCloseable {

  /**
   * Asks for a page.
   *
   * @param path with its query, such as {@code /api/v1/nodes/n1/proxy/metrics/cadvisor}
   * @param accept the media types that are wanted
   * @param timeout until the answer begins
   * @param patience for silences within the body
   * @throws IOException if there is no answer; a status other than 200 is one
   */
  Page get(String path, String accept, Duration timeout, Duration patience)
      throws IOException, InterruptedException;

  /**
   * Asks whether somebody may do something; changes nothing.
   *
   * @param review a {@code SubjectAccessReview} of {@code authorization.k8s.io/v1} in JSON
   * @return the same with its status; another status than 201 where the API server does not say
   * @throws IOException if there is no answer
   */
  Page accessReview(String review, Duration timeout) throws IOException, InterruptedException;

  /** Breaks off what is being read. */
  @Override
  void close();

  /**
   * @param contentType empty if it is not said
   */
  record Page(int status, String contentType, InputStream body) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
