package dev.plimsoll.fleet;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The rows that {@link Hosts} changes. */
interface HostRepository extends Repository<Host, Long> {
  Host save(Host host);

  void flush();

  long count();

  /** The row, locked until the transaction ends: one change follows another. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select h from Host h where h.id = :id")
  Optional<Host> findForChange(long id);
}
