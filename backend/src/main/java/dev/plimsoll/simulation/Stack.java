package dev.plimsoll.simulation;

import java.util.List;

/**
 * Services that are run together as a Compose project.
 *
 * @param project its name
 * @param services what it consists of, the most important first
 */
record Stack(String project, List<Service> services) {
  private static final String OWN = "registry.example.com/";

  /** What fleets run. */
  static final List<Stack> ALL =
      List.of(
          stack(
              "shop",
              service(
                  "web", image("nginx", 1, "", 8080, null, 62, "nginx", "-g", "daemon off;"), 3),
              service("api", own("shop/api", "1000:1000", 8080, 210), 4),
              service("worker", own("shop/worker", "1000:1000", 0, 205), 4),
              service("db", postgres(), 1),
              service("cache", redis(), 1)),
          stack(
              "payments",
              service("gateway", own("payments/gateway", "10001", 8443, 180), 4),
              service("ledger", own("payments/ledger", "10001", 8080, 240), 3),
              service("fraud", own("payments/fraud", "", 8080, 900), 2),
              service("db", postgres(), 1),
              service("queue", rabbit(), 1)),
          stack(
              "crm",
              service("app", own("crm/app", "", 3000, 480), 3),
              service("jobs", own("crm/jobs", "", 0, 480), 2),
              service("db", image("mysql", 8, "", 3306, "/var/lib/mysql", 590, "mysqld"), 1)),
          stack(
              "wiki",
              service("app", own("wiki/app", "www-data", 8080, 320), 1),
              service("db", image("mariadb", 11, "", 3306, "/var/lib/mysql", 400, "mariadbd"), 1)),
          stack(
              "monitoring",
              service(
                  "prometheus",
                  image("prom/prometheus", 2, "nobody", 9090, "/prometheus", 290, "prometheus"),
                  1),
              service(
                  "grafana",
                  image("grafana/grafana", 10, "472", 3000, "/var/lib/grafana", 430, "grafana"),
                  1),
              service(
                  "node-exporter",
                  image("prom/node-exporter", 1, "nobody", 9100, null, 23, "node_exporter"),
                  1)),
          stack(
              "analytics",
              service("collector", own("analytics/collector", "1000", 8080, 150), 4),
              service("transform", own("analytics/transform", "", 0, 1200), 3),
              service(
                  "store",
                  image(
                      "clickhouse/clickhouse-server",
                      24,
                      "",
                      8123,
                      "/var/lib/clickhouse",
                      970,
                      "clickhouse"),
                  1),
              service(
                  "objects",
                  image("minio/minio", 7, "", 9000, "/data", 160, "minio", "server"),
                  1)),
          stack(
              "ci",
              service("runner", own("platform/runner", "", 0, 760), 4),
              service("cache", redis(), 1),
              service(
                  "registry",
                  image("registry", 2, "", 5000, "/var/lib/registry", 26, "registry", "serve"),
                  1)),
          stack(
              "mail",
              service("smtp", own("mail/smtp", "", 2525, 120), 2),
              service("imap", own("mail/imap", "", 1143, 130), 1),
              service("filter", own("mail/filter", "1000", 0, 350), 2)),
          stack(
              "search",
              service("api", own("search/api", "1000:1000", 8080, 220), 3),
              service(
                  "index",
                  image(
                      "opensearchproject/opensearch",
                      2,
                      "1000",
                      9200,
                      "/usr/share/opensearch/data",
                      820,
                      "opensearch"),
                  1)));

  Stack {
    services = List.copyOf(services);
  }

  /**
   * A service.
   *
   * @param mostReplicas how many containers of it there may be
   */
  record Service(String name, Product product, int mostReplicas) {}

  private static Stack stack(String project, Service... services) {
    return new Stack(project, List.of(services));
  }

  private static Service service(String name, Product product, int mostReplicas) {
    return new Service(name, product, mostReplicas);
  }

  private static Product image(
      String repository,
      int major,
      String user,
      int port,
      @org.jspecify.annotations.Nullable String data,
      int megabytes,
      String... command) {
    return new Product(repository, major, user, port, data, List.of(command), megabytes);
  }

  private static Product own(String name, String user, int port, int megabytes) {
    String program = "/app/bin/" + name.substring(name.indexOf('/') + 1);
    return new Product(OWN + name, 4, user, port, null, List.of(program), megabytes);
  }

  private static Product postgres() {
    return image("postgres", 16, "", 5432, "/var/lib/postgresql/data", 430, "postgres");
  }

  private static Product redis() {
    return image("redis", 7, "", 6379, "/data", 116, "redis-server");
  }

  private static Product rabbit() {
    return image("rabbitmq", 3, "", 5672, "/var/lib/rabbitmq", 230, "rabbitmq-server");
  }
}
