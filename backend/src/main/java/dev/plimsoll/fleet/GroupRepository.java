package dev.plimsoll.fleet;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The tree of groups as it is stored. */
interface GroupRepository extends Repository<HostGroup, Long> {
  HostGroup save(HostGroup group);

  void delete(HostGroup group);

  void flush();

  Optional<HostGroup> findById(long id);

  @Query("select g from HostGroup g where lower(g.path) = lower(:path)")
  Optional<HostGroup> findByPath(String path);

  @Query("select g from HostGroup g where g.path like concat(:escapedPath, '/%') escape '!'")
  List<HostGroup> findBelow(String escapedPath);

  long countByParentId(long parentId);

  @Query("select g from HostGroup g order by lower(g.path)")
  List<HostGroup> findAllByPath();
}
