package dev.pgwire.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.config.ConnectionString;
import dev.pgwire.internal.config.Keyword;
import dev.pgwire.internal.config.KeywordValueString;
import dev.pgwire.internal.config.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionStringTest {
    private static final String SECRET = "S3cr3t%zz";

    /** The second column is what was read, as keyword=value pairs in the order of the alphabet. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "``                                     | ``",
                "`   `                                  | ``",
                "host=a                                 | host=a",
                "`  host=a  port=1  `                   | host=a port=1",
                "host = a port= 1 user =b               | host=a port=1 user=b",
                "`host='a b'`                           | `host=a b`",
                "`host='it\\'s'`                        | `host=it's`",
                "`host='back\\\\slash'`                 | `host=back\\slash`",
                "`host=a\\ b`                           | `host=a b`",
                "`host=it\\'s`                          | `host=it's`",
                "`host=a\\`                             | host=a",
                "`host='a'port=1`                       | host=a port=1",
                "`host='' port=1`                       | `host= port=1`",
                "host= port=1                           | host=port=1",
                "dbname=                                | dbname=",
                "host=a host=b                          | host=b",
                "options='-c a=b'                       | `options=-c a=b`",
                "password=a=b                           | password=a=b",
                "application_name=a'b                   | application_name=a'b",
                "dbname=a#b                             | dbname=a#b",
                "password=a+b%20c                       | password=a+b%20c",
                "password=a&b                           | password=a&b",
                "`host='a\\\nb'`                         | `host=a\nb`",
                "`dbname=\\\\x`                          | `dbname=\\x`",
                "requiressl=1                           | sslmode=require",
                "requiressl=0                           | sslmode=prefer",
                "requiressl=1 sslmode=allow             | sslmode=allow",
                "dbname=postgresql://h/d                | dbname=postgresql://h/d",
            })
    void keywordValuePairs(String dsn, String read) {
        assertEquals(read, show(dsn));
    }

    @Test
    void everyWhiteSpaceOfCSeparatesPairs() {
        assertEquals("host=a port=1 user=b", show("\thost=a\n\u000bport=1\f\ruser=b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "postgresql://                          | ``",
                "postgres://                            | ``",
                "postgresql:///                         | ``",
                "postgresql://?                         | ``",
                "postgresql://h                         | host=h",
                "postgresql://h/                        | host=h",
                "postgresql://h:                        | host=h",
                "postgresql://h:1                       | host=h port=1",
                "postgresql://:1                        | port=1",
                "postgresql:///d                        | dbname=d",
                "postgresql://u@                        | user=u",
                "postgresql://@h                        | host=h",
                "postgresql://:p@h                      | host=h password=p",
                "postgresql://u@h/d                     | dbname=d host=h user=u",
                "postgresql://u:p@h:1/d                 | dbname=d host=h password=p port=1 user=u",
                "postgresql://u:@h                      | host=h user=u",
                "postgresql://u:p:q@h                   | host=h password=p:q user=u",
                "postgresql://u:p?q@h                   | host=h password=p?q user=u",
                "postgresql://u:p#q@h                   | host=h password=p#q user=u",
                "postgresql://u:p,q@h                   | host=h password=p,q user=u",
                "postgresql://u@@abstract               | host=@abstract user=u",
                "postgresql://h/d@x                     | dbname=d@x host=h",
                "postgresql://[::1]                     | host=::1",
                "postgresql://[::1]?user=u              | host=::1 user=u",
                "postgresql://[::1],[::2]:1             | host=::1,::2 port=,1",
                "postgresql://u@[fe80::1%25eth0]:1/d    | dbname=d host=fe80::1%eth0 port=1 user=u",
                "postgresql://h1,h2:5433                | host=h1,h2 port=,5433",
                "postgresql://h1:1,h2:2,h3/d            | dbname=d host=h1,h2,h3 port=1,2,",
                "postgresql://,                         | host=, port=,",
                "postgresql://h1,,h3                    | host=h1,,h3 port=,,",
                "postgresql://a%2Cb                     | host=a,b",
                "postgresql://%2Fvar%2Frun/d            | dbname=d host=/var/run",
                "postgresql://h?port=2                  | host=h port=2",
                "postgresql://h:1?port=2                | host=h port=2",
                "postgresql://h/d?user=u&user=v         | dbname=d host=h user=v",
                "postgresql://u@h/d?user=v              | dbname=d host=h user=v",
                "postgresql://h/d?                      | dbname=d host=h",
                "postgresql://h/d?user=a&               | dbname=d host=h user=a",
                "postgresql://h/d?user=                 | dbname=d host=h user=",
                "postgresql:///?host=/tmp&dbname=d      | dbname=d host=/tmp",
                "postgresql://u%40x:p%3A%2F@h/a%20b     | `dbname=a b host=h password=p:/ user=u@x`",
                "postgresql://h/d%C3%BC                 | dbname=d\u00fc host=h",
                "postgresql://h/d\u00fc                 | dbname=d\u00fc host=h",
                "postgresql://h/?application_name=a+b   | application_name=a+b host=h",
                "postgresql://h/?%75ser=u               | host=h user=u",
                "postgresql://h/?options=-c%20a%3Db     | `host=h options=-c a=b`",
                "postgresql://h/a/b                     | dbname=a/b host=h",
                "postgresql://h/a#b?user=c#d            | dbname=a#b host=h user=c#d",
                "postgresql://h/?ssl=true               | host=h sslmode=require",
                "postgresql://h/?sslmode=allow&ssl=true | host=h sslmode=require",
                "postgresql://h/?requiressl=1           | host=h sslmode=require",
                "jdbc:postgresql://h/d?user=u&ssl=true  | dbname=d host=h sslmode=require user=u",
                "jdbc:postgres://h                      | host=h",
                "postgresql:// u : p@ h : 1 / d         | dbname=d host=h password=p port=1 user=u",
                "postgresql://h/? user = a &port=1      | host=h port=1 user=a",
                "`postgresql:// `                       | host=",
                "`postgresql://h/?user=\ta`             | `host=h user=\ta`",
            })
    void uris(String dsn, String read) {
        assertEquals(read, show(dsn));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "host                            | missing \"=\" after the word at character 1",
                "host=a user                     | missing \"=\" after the word at character 8",
                "host=a user b                   | missing \"=\" after the word at character 8",
                "`host='a`                       | begins at character 6",
                "`host='a\\`                     | no closing quote",
                "=a                              | unknown keyword at character 1 of the connection string, expected",
                "password=correct horsebattery=1 | unknown keyword at character 18 of the connection string, expected",
                "host=a zzzz=1                   | unknown keyword at character 8 of",
                "postgresql://h/?password=a&horsebattery=1 | unknown keyword in query parameter 2 of the URI, expected",
                "postgresql://u:p@h/?horsebattery=1 | unknown keyword \"horsebattery\" in query parameter 1 of the URI, expected",
                "postgresql://h/?host=a&horsebattery=1 | unknown keyword \"horsebattery\" in query parameter 2 of the URI, expected",
                "postgresql://h/?currentSchema=app | unknown keyword \"currentSchema\" (connection string), of another driver; what is expected here is options=-csearch_path=...",
                "postgresql://h/?ssl=false       | unknown keyword \"ssl\" (connection string), of another driver; what is expected here is sslmode",
                "ssl=true                        | unknown keyword \"ssl\" (connection string), of another driver; what is expected here is sslmode",
                "postgresql://h/?prepareThreshold=0 | prepare=never",
                "postgresql://h/?targetServerType=master | target_session_attrs",
                "host=a ApplicationName=x        | application_name",
                "host=a loginTimeout=5           | connect_timeout, in seconds",
                "host=a socketTimeout=5          | Connection.deadline",
                "passwrod=x                      | unknown keyword \"passwrod\" (connection string), did you mean \"password\"?",
                "databse=x                       | unknown keyword at character 1 of the connection string, expected one such as host, port, dbname or user",
                "hots=x                          | did you mean \"host\"",
                "HOST=x                          | unknown keyword \"HOST\" (connection string), did you mean \"host\"?",
                "port=x                          | invalid integer value for port (connection string), expected a whole number",
                "port=0                          | invalid port number (connection string)",
                "port=65536                      | expected a whole number from 1 to 65535",
                "port=-1                         | expected a whole number from 1 to 65535",
                "connect_timeout=soon            | invalid integer value for connect_timeout (connection string)",
                "mysql://h/d                     | expected keyword=value pairs",
                "postgresql://[::1               | no closing bracket",
                "postgresql://[::1]x             | text follows the IPv6 address of the URI at character 19",
                "postgresql://h:x/d              | invalid integer value for port",
                "postgresql://h/a b              | expected it as %20",
                "postgresql://h/?options=-c a    | expected it as %20",
                "postgresql://h , h2             | expected it as %20",
                "postgresql://h/%zz              | not followed by two hexadecimal digits",
                "postgresql://h/%2               | not followed by two hexadecimal digits",
                "postgresql://h/%                | not followed by two hexadecimal digits",
                "postgresql://h/a%00b            | %00",
                "postgresql://h/%C3              | no UTF-8",
                "postgresql://h/?user            | query parameter 1 of the URI has no",
                "postgresql://h/?user=a=b        | has a second",
                "postgresql://h/?user=a&&port=1  | query parameter 2 of the URI has no",
                "postgresql://h/?&user=a         | query parameter 1 of the URI has no",
                "postgresql://h/?ssl=false       | unknown keyword",
                "ssl=true                        | unknown keyword",
                "postgresql://[]                 | is empty",
                "postgresql://[::1]:x            | invalid integer value for port",
                "postgresql://::1                | invalid integer value for port",
                "Postgresql://h                  | missing",
                "`  postgresql://h`              | missing",
                "jdbc:mysql://h/d                | missing",
                "jdbc:host=h                     | unknown keyword",
                "ho st=a                         | missing",
                "host=a b=c                      | unknown keyword",
                "postgresql://h/?host%00=a       | %00",
                "postgresql://h/?usr=a           | did you mean \"user\"",
                "postgresql://u:p@q@h/d          | percent-encoded as %40",
            })
    void whatCannotBeReadIsRefusedWithItsPlaceAndWhatWasExpected(String dsn, String message) {
        InterfaceException refused = assertThrows(InterfaceException.class, () -> Config.parse(dsn, Around.of()));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertTrue(
                refused.getMessage().contains("expected")
                        || refused.getMessage().contains("did you mean"),
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=" + SECRET + " port=x",
                "password=" + SECRET + " hots=x",
                "password=" + SECRET + " user",
                "password=" + SECRET + " user='open",
                "password='" + SECRET,
                "password='" + SECRET + "\\",
                "password='" + SECRET + "' host",
                "password='it'" + SECRET + "=x'",
                "password=a " + SECRET + "=1",
                "password=a " + SECRET,
                "password=" + SECRET + " " + SECRET,
                "password " + SECRET,
                "passwort=" + SECRET,
                "port=" + SECRET,
                "connect_timeout=" + SECRET,
                SECRET,
                SECRET + "=",
                "'" + SECRET + "'",
                "postgresql://u:" + SECRET + "@h/d",
                "postgresql://u:" + SECRET + "/with/slash@h/d",
                "postgresql://u:" + SECRET + "?with=question@h/d",
                "postgresql://u:1@" + SECRET + "@h/d",
                "postgresql://u:p@" + SECRET + ":x@h:1/d",
                "postgresql://u:S3cr3t@x@h/d",
                "postgresql://u@h/d?password=" + SECRET,
                "postgresql://u@h/d?password=a&" + SECRET + "=b",
                "postgresql://u@h/d?password=a&" + SECRET,
                "postgresql://u@h/d?password=S3cr3t&usr=x",
                "postgresql://u@h/d?passwort=S3cr3t",
                "postgresql://u:S3cr3t@[::1/d",
                "postgresql://u:S3cr3t@h:port/d",
                "postgresql://u:S3cr3t@h/d%00",
                "postgresql://u:S3cr3t%00@h/d",
                "postgresql://u:S3cr3t%FF@h/d",
                "password='" + SECRET + "' sslmode=" + SECRET,
                "password=" + SECRET + " require_auth=" + SECRET,
                "password=" + SECRET + " hostaddr=" + SECRET,
                "password=" + SECRET + " channel_binding=" + SECRET,
                "password=" + SECRET + " ssl_min_protocol_version=" + SECRET,
                "password=" + SECRET + " min_protocol_version=" + SECRET,
                "password=" + SECRET + " scram_max_iterations=" + SECRET,
                "password=" + SECRET + " busy_wait=" + SECRET,
                "sslpassword=" + SECRET + " keepalives=" + SECRET,
                "password=" + SECRET + "\0",
                "password=S3cr3t=S3cr3t ,",
                "postgresql://u:p@" + SECRET + "@h,h2/d",
                "postgresql://u:S3cr3t/x@h:1:2/d",
                "postgresql://u:S3cr3t@h,h:1,h:x/d",
                "postgresql://u@h/d?password=S3cr3t=x",
                "postgresql://u@h/d?sslmode=S3cr3t",
                "jdbc:postgresql://h/d?password=S3cr3t&loggerLevel=x",
            })
    void noErrorRepeatsThePassword(String dsn) {
        InterfaceException refused = assertThrows(InterfaceException.class, () -> Config.parse(dsn, Around.of()));
        StringWriter everything = new StringWriter();
        refused.printStackTrace(new PrintWriter(everything));
        assertFalse(everything.toString().contains("S3cr3t"), refused.getMessage());
    }

    /** A passphrase of plain words goes on as keywords, so that no error may repeat what is not nearly one. */
    @ParameterizedTest
    @ValueSource(
            strings = {"horsebattery", "staple", "my_secret", "pw", "swordfish", "Tr_oubador", "secret", "letmein"})
    void aWordOfAPassphraseIsNotRepeated(String word) {
        for (String dsn : List.of(
                "password=correct " + word + "=1",
                "password=correct " + word,
                "password=correct " + word + " = 'x'",
                "postgresql://h/?password=correct&" + word + "=1",
                "postgresql://h/?password=correct&" + word,
                "postgresql://u:correct/x?" + word + "=1@h/d")) {
            String refusal = assertThrows(InterfaceException.class, () -> Config.parse(dsn, Around.of()))
                    .getMessage();
            assertFalse(refusal.contains(word), refusal);
        }
    }

    /** What stands before the password, or behind the whole of it, cannot be a part of it. */
    @ParameterizedTest
    @ValueSource(strings = {"postgresql://u@h/?horsebattery=1&password=correct", "postgresql://u:p@h/?horsebattery=1"})
    void anUnknownKeywordOfAUriIsNamed(String uri) {
        String refusal = assertThrows(InterfaceException.class, () -> Config.parse(uri, Around.of()))
                .getMessage();
        assertTrue(refusal.startsWith("unknown keyword \"horsebattery\" in query parameter 1"), refusal);
    }

    @Test
    void aQuotedValueIsReadBackAsItWas() {
        for (String value : List.of("a", "", " ", "a b", "it's", "back\\slash", "'", "\\", "\\'", "tab\there", "a=b")) {
            String dsn = "application_name=" + KeywordValueString.quote(value);
            assertEquals(value, ConnectionString.parse(dsn).value(Keyword.APPLICATION_NAME), dsn);
        }
    }

    private static String show(String dsn) {
        Settings settings = ConnectionString.parse(dsn);
        List<String> shown = new ArrayList<>();
        for (Keyword keyword : Keyword.values()) {
            if (settings.has(keyword)) {
                shown.add(keyword.text() + "=" + settings.value(keyword));
            }
        }
        Collections.sort(shown);
        return String.join(" ", shown);
    }
}
