package io.bridgewatch.testkit;

import org.junit.jupiter.api.Nested;

/** The fakes keep the contracts. */
class InMemoryStoresTest {

  @Nested
  class Users extends UserStoreContractTest {
    @Override
    protected Stores stores() {
      return InMemoryStores.empty();
    }
  }

  @Nested
  class Sessions extends SessionStoreContractTest {
    @Override
    protected Stores stores() {
      return InMemoryStores.empty();
    }
  }

  @Nested
  class Audit extends AuditLogContractTest {
    @Override
    protected Stores stores() {
      return InMemoryStores.empty();
    }
  }

  @Nested
  class Imports extends ImportStoreContractTest {
    @Override
    protected Stores stores() {
      return InMemoryStores.empty();
    }
  }

  @Nested
  class Incidents extends IncidentStoreContractTest {
    @Override
    protected Stores stores() {
      return InMemoryStores.empty();
    }
  }
}
