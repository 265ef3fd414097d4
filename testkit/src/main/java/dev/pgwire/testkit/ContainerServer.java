package dev.pgwire.testkit;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL in a container. The only class that knows Testcontainers, which may be absent at run time. */
final class ContainerServer {
    private ContainerServer() {}

    static boolean isPossible() {
        Slf4j.start();
        return DockerClientFactory.instance().isDockerAvailable();
    }

    static TestServer start() {
        String tag = System.getProperty("pg.version", "18");
        @SuppressWarnings("resource") // runs until the JVM ends; Testcontainers removes it then
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + tag)
                .withUsername("postgres")
                .withPassword("postgres")
                .withDatabaseName("postgres")
                .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust");
        container.setCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
        container.start();
        Dsn dsn = Dsn.of(container.getHost(), container.getFirstMappedPort(), "postgres", "postgres");
        return new TestServer(dsn, "containerised", ServerVersion.reportedBy(dsn), () -> {});
    }
}
