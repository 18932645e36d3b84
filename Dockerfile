# syntax=docker/dockerfile:1
# The portal alone; PostgreSQL runs beside it (docker-compose.yml).

FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --batch-mode --no-transfer-progress package \
      -DskipTests -Dplimsoll.test-compile.skip=true -Dspotless.check.skip=true \
 && java -Djarmode=tools -jar frontend/target/plimsoll-frontend-*.jar \
      extract --layers --destination layers --application-filename plimsoll.jar

FROM eclipse-temurin:25-jre-noble
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Plimsoll" \
      org.opencontainers.image.description="Where every Docker host of a company stands" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# curl asks for the health below; restic, borg and SSH read backup sources.
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl restic borgbackup openssh-client \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 plimsoll \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/plimsoll \
      --shell /usr/sbin/nologin plimsoll \
 && install -d -o 10001 -g 10001 -m 0700 /var/lib/plimsoll
WORKDIR /opt/plimsoll
# Owned by root: what the portal runs, it cannot change.
COPY --from=build /src/layers/dependencies/ ./
COPY --from=build /src/layers/spring-boot-loader/ ./
COPY --from=build /src/layers/snapshot-dependencies/ ./
COPY --from=build /src/layers/application/ ./
ENV PLIMSOLL_HOME=/var/lib/plimsoll \
    SERVER_ADDRESS=0.0.0.0 \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=4 \
  CMD ["curl", "--fail", "--silent", "--show-error", "--output", "/dev/null", "http://127.0.0.1:8080/actuator/health"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "plimsoll.jar"]
