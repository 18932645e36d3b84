package dev.plimsoll.access;

import dev.plimsoll.permission.Role;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The accounts as they are stored. */
interface AppUsers extends Repository<AppUser, Long> {
  AppUser save(AppUser user);

  void delete(AppUser user);

  void flush();

  long count();

  Optional<AppUser> findById(long id);

  Optional<AppUser> findByNameIgnoreCase(String name);

  @Query("select u from AppUser u order by lower(u.name)")
  List<AppUser> findAllByName();

  @Query(
      "select count(u) from AppUser u join u.roles r where r = :role and u.enabled and u.id <> :id")
  long countOthersWithRole(Role role, long id);
}
