package dev.plimsoll.ui.testing;

import com.vaadin.flow.spring.annotation.EnableVaadin;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Role;
import dev.plimsoll.ui.PlimsollApplication;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * All screens over a fleet in memory, without a database or an engine: for view tests, and to look
 * at. Run it with {@code --server.port=8090}; sign in as {@code viewer}, {@code analyst} or {@code
 * administrator} with the password {@code plimsoll}. {@code --fleet.hosts=0} shows empty screens.
 */
@EnableAutoConfiguration(
    excludeName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
      "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
      "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
    })
@ComponentScan(
    basePackages = "dev.plimsoll.ui",
    excludeFilters = {
      @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = PlimsollApplication.class),
      @ComponentScan.Filter(type = FilterType.REGEX, pattern = "dev\\.plimsoll\\.ui\\.testing\\..*")
    })
@EnableVaadin("dev.plimsoll.ui")
@Import(FakeServices.class)
public class FakePortal {
  /** Starts it. */
  public static void main(String[] args) {
    SpringApplication.run(FakePortal.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  static FakeFleet fleet(Clock clock, @Value("${fleet.hosts:12}") int hosts) {
    return new FakeFleet(clock.instant(), hosts);
  }

  @Bean
  UserDetailsService people() {
    return new InMemoryUserDetailsManager(
        person("viewer", EnumSet.of(Permission.READ)),
        person("analyst", Role.ANALYST.permissions()),
        person("administrator", EnumSet.allOf(Permission.class)));
  }

  private static UserDetails person(String role, Set<Permission> permissions) {
    String[] authorities =
        Stream.concat(Stream.of("ROLE_" + role), permissions.stream().map(Permission::name))
            .toArray(String[]::new);
    return User.withUsername(role).password("{noop}plimsoll").authorities(authorities).build();
  }
}
