package dev.pgwire.benchmarks.compare.server;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import java.util.UUID;

/** The role with a password, on a server that trusts all others. */
final class Passwords {
    /** Its rule, which counts before those that trust. */
    static final String RULE = "host all pgwire_scram 127.0.0.1/32 scram-sha-256";

    private static final String ROLE = "pgwire_scram";

    private Passwords() {}

    /** Makes the role, and tells the address with it. */
    static Address make(Address superuser) {
        String password = UUID.randomUUID().toString();
        try (Connection connection = Postgres.connect(superuser.config())) {
            connection.execute("SET password_encryption = 'scram-sha-256'").close();
            connection
                    .execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + password + "'")
                    .close();
        }
        return superuser.role(ROLE, password);
    }
}
