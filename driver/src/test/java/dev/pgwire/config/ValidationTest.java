package dev.pgwire.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sslmode=Require                     | expected disable, allow, prefer, require, verify-ca or verify-full",
                "sslmode=''                          | invalid sslmode value",
                "sslnegotiation=x                    | invalid sslnegotiation value (connection string), expected postgres or direct",
                "sslnegotiation=''                   | invalid sslnegotiation value",
                "sslcertmode=x                       | expected disable, allow or require",
                "gssencmode=x                        | expected disable, prefer or require",
                "gssencmode=require                  | asks for an encryption that is not spoken here",
                "channel_binding=x                   | expected disable, prefer or require",
                "channel_binding=''                  | invalid channel_binding value",
                "target_session_attrs=master         | expected any, read-write, read-only, primary, standby or prefer-standby",
                "load_balance_hosts=true             | expected disable or random",
                "prepare=x                           | expected on-first-use or never",
                "sslnegotiation=direct               | weak sslmode prefer may not be used with sslnegotiation=direct",
                "sslnegotiation=direct sslmode=disable | weak sslmode disable",
                "sslnegotiation=direct sslmode=allow | weak sslmode allow",
                "sslrootcert=system sslmode=verify-ca| weak sslmode verify-ca may not be used with sslrootcert=system",
                "sslrootcert=system sslmode=prefer   | weak sslmode prefer",
                "ssl_min_protocol_version=TLSv1.4    | expected TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3",
                "ssl_max_protocol_version=SSLv3      | invalid ssl_max_protocol_version value",
                "ssl_max_protocol_version=TLSv1.1    | invalid SSL protocol version range",
                "ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=TLSv1.2 | invalid SSL protocol version range",
                "min_protocol_version=3.1            | expected 3.0, 3.2 or latest",
                "max_protocol_version=3              | expected 3.0, 3.2 or latest",
                "max_protocol_version=''             | invalid max_protocol_version value",
                "min_protocol_version=3.2 max_protocol_version=3.0    | min_protocol_version is greater than max_protocol_version",
                "min_protocol_version=latest max_protocol_version=3.0 | min_protocol_version is greater than max_protocol_version",
                "connect_timeout=x                   | invalid integer value for connect_timeout",
                "connect_timeout=''                  | invalid integer value for connect_timeout",
                "connect_timeout=1s                  | invalid integer value for connect_timeout",
                "connect_timeout=2147483648          | invalid integer value for connect_timeout",
                "connect_timeout=-2147483649         | invalid integer value for connect_timeout",
                "connect_timeout=1.5                 | invalid integer value for connect_timeout",
                "keepalives=yes                      | invalid integer value for keepalives",
                "keepalives_idle=x                   | invalid integer value for keepalives_idle",
                "keepalives_interval=x               | invalid integer value for keepalives_interval",
                "keepalives_count=x                  | invalid integer value for keepalives_count",
                "tcp_user_timeout=x                  | invalid integer value for tcp_user_timeout",
                "scram_max_iterations=0              | invalid scram_max_iterations value (connection string), expected at least 1",
                "cancel_grace=0                      | invalid cancel_grace value (connection string), expected at least 1, in seconds",
                "cancel_grace=1s                     | invalid integer value for cancel_grace",
                "caller_stack=yes                    | invalid caller_stack value (connection string), expected on or off",
                "autocommit=false                    | invalid autocommit value (connection string), expected on or off",
                "commit_outcome=on                   | invalid commit_outcome value (connection string), expected off or lookup",
                "leak_detection=on                   | invalid leak_detection value (connection string), expected off, sampled or always",
                "busy_wait=50                        | invalid busy_wait value (connection string), expected 0 or a whole number with its unit, us or ms, of at most 1ms, such as 50us",
                "busy_wait=''                        | invalid busy_wait value",
                "busy_wait=us                        | invalid busy_wait value",
                "busy_wait=x                         | invalid busy_wait value",
                "busy_wait=-1us                      | invalid busy_wait value",
                "busy_wait=1.5us                     | invalid busy_wait value",
                "busy_wait=1s                        | invalid busy_wait value",
                "busy_wait=50US                      | invalid busy_wait value",
                "busy_wait=1001us                    | invalid busy_wait value",
                "busy_wait=2ms                       | invalid busy_wait value",
                "busy_wait=2147483648us              | invalid busy_wait value",
                "busy_wait=2147483647ms              | invalid busy_wait value",
                "scram_max_iterations=x              | invalid integer value for scram_max_iterations",
            })
    void whatLibpqRefusesIsRefused(String dsn, String message) {
        String refusal = assertThrows(InterfaceException.class, () -> Config.parse(dsn, Around.of()))
                .getMessage();
        assertTrue(refusal.contains(message), refusal);
        assertTrue(refusal.contains(", expected "), refusal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslnegotiation=direct sslmode=require",
                "sslnegotiation=direct sslmode=verify-ca",
                "sslnegotiation=direct sslrootcert=system",
                "sslrootcert=system sslmode=verify-full",
                "ssl_min_protocol_version='' ssl_max_protocol_version=''",
                "ssl_min_protocol_version='' ssl_max_protocol_version=TLSv1.1",
                "ssl_min_protocol_version=TLSv1 ssl_max_protocol_version=TLSv1",
                "ssl_min_protocol_version=tlsV1.3 ssl_max_protocol_version=TLSv1.3",
                "connect_timeout=' -2147483648 '",
                "connect_timeout='\t+2147483647\n'",
                "keepalives='1 ' keepalives_idle=-1",
                "client_encoding=auto sslcompression=x sslsni=x gssdelegation=x gsslib=x",
                "gssencmode=prefer requirepeer='' replication=maybe",
            })
    void whatLibpqAcceptsIsAccepted(String dsn) {
        Config.parse(dsn, Around.of());
    }

    @Test
    void theMessageSaysWhereTheValueStands() {
        String refusal = assertThrows(InterfaceException.class, () -> Config.parse("", Around.of("PGSSLMODE", "on")))
                .getMessage();
        assertTrue(refusal.startsWith("invalid sslmode value (environment PGSSLMODE), expected"), refusal);
    }

    @Test
    void theProtocolAskedForFollowsTheLeastThatWillDo() {
        Config config = Config.parse("min_protocol_version=3.2", Around.of());
        assertEquals("3.2", config.minProtocolVersion());
        assertEquals("3.2", config.maxProtocolVersion());
        Config latest = Config.parse("max_protocol_version=latest", Around.of());
        assertEquals("3.0", latest.minProtocolVersion());
        assertEquals("3.2", latest.maxProtocolVersion());
    }

    @Test
    void lessThanNothingIsNothing() {
        Config config = Config.parse(
                "keepalives=-1 keepalives_idle=-1 keepalives_interval=-2 keepalives_count=-3 tcp_user_timeout=-4",
                Around.of());
        assertTrue(config.keepalives());
        assertEquals(0, config.keepalivesIdle());
        assertEquals(0, config.keepalivesInterval());
        assertEquals(0, config.keepalivesCount());
        assertEquals(0, config.tcpUserTimeout());
    }
}
