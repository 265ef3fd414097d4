package dev.pgwire.it;

import dev.pgwire.Postgres;
import dev.pgwire.error.PgException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A realm with a key distribution centre of its own, by the programs of MIT Kerberos, and a database server in it. */
final class KerberosRealm implements AutoCloseable {
    static final String NAME = "PGWIRE.TEST";

    private static final Path KDC = Programs.find("/usr/sbin/krb5kdc");
    private static final Path ADMIN = Programs.find("/usr/sbin/kadmin.local");
    private static final Path CREATE = Programs.find("/usr/sbin/kdb5_util");
    private static final Path KINIT = Programs.find("/usr/bin/kinit");
    private static final Path POSTGRES = Programs.find(
            "/usr/lib/postgresql/18/bin/postgres",
            "/usr/lib/postgresql/17/bin/postgres",
            "/usr/lib/postgresql/16/bin/postgres",
            "/usr/lib/postgresql/15/bin/postgres");

    private final Path directory;
    private final Programs programs;
    private final int port;

    private KerberosRealm(Path directory, Programs programs, int port) {
        this.directory = directory;
        this.programs = programs;
        this.port = port;
    }

    /** What is not installed here, so that no realm can be started; empty if all is there. */
    static String missing() {
        return KDC == null || ADMIN == null || CREATE == null || KINIT == null
                ? "krb5-kdc, krb5-admin-server and krb5-user are not installed"
                : POSTGRES == null ? "the distribution's PostgreSQL is not installed" : "";
    }

    /** Starts both; {@code ada} has the password {@code secret}, and the server trusts {@code postgres}. */
    static KerberosRealm start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("pgwire-kerberos");
        Programs.own(directory);
        int kdc = Programs.freePort();
        Files.writeString(directory.resolve("krb5.conf"), """
                [libdefaults]
                    default_realm = %1$s
                    dns_lookup_realm = false
                    dns_lookup_kdc = false
                    dns_canonicalize_hostname = false
                    rdns = false
                    udp_preference_limit = 1
                [realms]
                    %1$s = {
                        kdc = 127.0.0.1:%2$d
                    }
                [domain_realm]
                    localhost = %1$s
                """.formatted(NAME, kdc));
        Files.writeString(directory.resolve("kdc.conf"), """
                [kdcdefaults]
                    kdc_listen = 127.0.0.1:%2$d
                    kdc_tcp_listen = 127.0.0.1:%2$d
                [realms]
                    %1$s = {
                        database_name = %3$s/principal
                        key_stash_file = %3$s/stash
                        acl_file = %3$s/acl
                    }
                """.formatted(NAME, kdc, directory));
        Programs programs = new Programs(
                directory,
                Map.of(
                        "KRB5_CONFIG",
                        directory.resolve("krb5.conf").toString(),
                        "KRB5_KDC_PROFILE",
                        directory.resolve("kdc.conf").toString(),
                        "KRB5RCACHENAME",
                        "none:"));
        KerberosRealm realm = new KerberosRealm(directory, programs, Programs.freePort());
        try {
            realm.startKdc();
            realm.startServer();
            return realm;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            realm.close();
            throw failure;
        }
    }

    private void startKdc() throws IOException, InterruptedException {
        programs.run("", CREATE.toString(), "create", "-s", "-r", NAME, "-P", "master");
        programs.run("", ADMIN.toString(), "-q", "addprinc -pw secret ada");
        programs.run("", ADMIN.toString(), "-q", "addprinc -randkey postgres/localhost");
        programs.run("", ADMIN.toString(), "-q", "ktadd -k " + keytab() + " postgres/localhost");
        Programs.own(keytab());
        programs.start(KDC.toString(), "-n");
    }

    private void startServer() throws IOException, InterruptedException {
        Path bin = POSTGRES.getParent();
        String data = directory.resolve("data").toString();
        programs.run(
                "",
                Programs.unprivileged(
                        bin.resolve("initdb").toString(), "-D", data, "-U", "postgres", "-A", "trust", "-N"));
        Files.write(
                Path.of(data, "pg_hba.conf"),
                List.of(
                        "host all,replication postgres 127.0.0.1/32 trust",
                        "host all all 127.0.0.1/32 gss include_realm=0"));
        programs.start(Programs.unprivileged(
                POSTGRES.toString(),
                "-D",
                data,
                "-p",
                Integer.toString(port),
                "-k",
                directory.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "fsync=off",
                "-c",
                "krb_server_keyfile=" + keytab()));
    }

    private Path keytab() {
        return directory.resolve("keytab");
    }

    private Path cache(String principal) {
        return directory.resolve("tickets-of-" + principal);
    }

    /** Gets a ticket that may be handed on. */
    void kinit(String principal, String password) throws IOException, InterruptedException {
        programs.run(
                password + "\n", KINIT.toString(), "-f", "-c", cache(principal).toString(), principal);
    }

    /** The environment of somebody who has the tickets of a principal, if it has any. */
    Map<String, String> environment(String principal) {
        return Map.of(
                "KRB5CCNAME",
                cache(principal).toString(),
                "KRB5_CONFIG",
                directory.resolve("krb5.conf").toString());
    }

    /** The option that tells a JVM of this realm. */
    String javaOption() {
        return "-Djava.security.krb5.conf=" + directory.resolve("krb5.conf");
    }

    /** The way to the server, without a user. */
    String dsn() {
        return "host=localhost dbname=postgres port=" + port;
    }

    int port() {
        return port;
    }

    /** Returns when the server takes connections. */
    void awaitServer() throws IOException, InterruptedException {
        for (int tenth = 0; ; tenth++) {
            try {
                Postgres.connect(dsn() + " user=postgres").close();
                return;
            } catch (PgException notYet) {
                if (tenth == 300) {
                    throw new AssertionError(log(), notYet);
                }
                Thread.sleep(100);
            }
        }
    }

    String log() throws IOException {
        return programs.log();
    }

    @Override
    public void close() throws IOException {
        programs.close();
    }
}
