package dev.pgwire.internal.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keywords that other drivers have, JDBC's above all, and what they are here. Without regard to case. */
final class ForeignKeyword {
    /** The foreign names, then what is written here. */
    private static final String[][] TABLE = {
        {"currentSchema schema search_path searchpath", "options=-csearch_path=..."},
        {"ssl usessl tls", "sslmode, such as sslmode=require"},
        {"sslfactory sslhostnameverifier sslnegotiationtype", "sslmode=verify-full with sslrootcert"},
        {"loginTimeout connectTimeout connect_timeout_ms connectionTimeout", "connect_timeout, in seconds"},
        {"socketTimeout queryTimeout commandTimeout", "no keyword but Connection.deadline"},
        {"statement_timeout lock_timeout idle_in_transaction_session_timeout", "options=-c and the setting"},
        {"prepareThreshold preferQueryMode pgbouncer statement_cache_size", "prepare, such as prepare=never"},
        {"preparedStatementCacheQueries", "prepare, such as prepare=never"},
        {"ApplicationName", "application_name"},
        {"targetServerType", "target_session_attrs, such as primary or prefer-standby"},
        {"tcpKeepAlive", "keepalives=1"},
        {"databaseName database db", "dbname"},
        {"serverName server hostname", "host"},
        {"portNumber portNumbers", "port"},
        {"username userid uid", "user"},
        {"pwd pass passwd", "password"},
        {"kerberosServerName", "krbsrvname"},
        {"readOnly readOnlyMode", "options=-cdefault_transaction_read_only=on"},
        {"timezone", "options=-ctimezone=..."},
        {"charset encoding characterEncoding", "none: text is always UTF-8"},
    };

    private static final Map<String, String> HERE = here();

    private ForeignKeyword() {}

    /** What is written here instead; null if the name is not known to be another driver's. */
    static @Nullable String here(String name) {
        return HERE.get(name.toLowerCase(Locale.ROOT));
    }

    private static Map<String, String> here() {
        Map<String, String> here = new HashMap<>();
        for (String[] row : TABLE) {
            for (String name : row[0].split(" ")) {
                here.put(name.toLowerCase(Locale.ROOT), row[1]);
            }
        }
        return here;
    }
}
