package dev.pgwire.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
                "postgresql://                          | host= port=",
                "postgres://                            | host= port=",
                "postgresql://h                         | host=h port=",
                "postgresql://h/                        | dbname= host=h port=",
                "postgresql://h:1                       | host=h port=1",
                "postgresql://:1                        | host= port=1",
                "postgresql:///d                        | dbname=d host= port=",
                "postgresql://u@                        | host= port= user=u",
                "postgresql://u@h/d                     | dbname=d host=h port= user=u",
                "postgresql://u:p@h:1/d                 | dbname=d host=h password=p port=1 user=u",
                "postgresql://u:@h                      | host=h password= port= user=u",
                "postgresql://u:p:q@h                   | host=h password=p:q port= user=u",
                "postgresql://[::1]                     | host=::1 port=",
                "postgresql://u@[fe80::1%25eth0]:1/d    | dbname=d host=fe80::1%eth0 port=1 user=u",
                "postgresql://h?port=2                  | host=h port=2",
                "postgresql://h:1?port=2                | host=h port=2",
                "postgresql://h/d?user=u&user=v         | dbname=d host=h port= user=v",
                "postgresql://h/d?                      | dbname=d host=h port=",
                "postgresql:///?host=/tmp&dbname=d      | dbname=d host=/tmp port=",
                "postgresql://u%40x:p%3A%2F@h/a%20b     | `dbname=a b host=h password=p:/ port= user=u@x`",
                "postgresql://h/d%C3%BC                 | dbname=d\u00fc host=h port=",
                "postgresql://h/?application_name=a+b   | dbname= application_name=a+b host=h port=",
                "postgresql://h/?options=-c%20a%3Db     | `dbname= host=h options=-c a=b port=`",
                "postgresql://h/a/b                     | dbname=a/b host=h port=",
            })
    void uris(String dsn, String read) {
        assertEquals(sorted(read), sorted(show(dsn)));
    }

    private static String sorted(String text) {
        return text.chars().sorted().mapToObj(Character::toString).collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "host                            | no \"=\" after the word at character 1",
                "host=a user                     | no \"=\" after the word at character 8",
                "host=a user b                   | no \"=\" after the word at character 8",
                "`host='a`                       | begins at character 6",
                "`host='a\\`                     | no closing quote",
                "=a                              | did you mean",
                "passwrod=x                      | unknown keyword \"passwrod\" in the connection string, did you mean \"password\"?",
                "databse=x                       | unknown keyword \"databse\"",
                "hots=x                          | did you mean \"host\"",
                "HOST=x                          | did you mean",
                "port=x                          | the value of port is no number",
                "port=0                          | port is 0, expected 1 to 65535",
                "port=65536                      | expected 1 to 65535",
                "port=-1                         | expected 1 to 65535",
                "connect_timeout=soon            | the value of connect_timeout is no number",
                "mysql://h/d                     | expected keyword=value pairs",
                "postgresql://[::1               | no closing bracket",
                "postgresql://[::1]x             | text follows the IPv6 address",
                "postgresql://h:x/d              | the value of port is no number",
                "postgresql://h/%zz              | not followed by two hexadecimal digits",
                "postgresql://h/%2               | not followed by two hexadecimal digits",
                "postgresql://h/%                | not followed by two hexadecimal digits",
                "postgresql://h/a%00b            | %00",
                "postgresql://h/%C3              | no UTF-8",
                "postgresql://h/?user            | not of the form keyword=value",
                "postgresql://h/?user=a=b        | not of the form keyword=value",
                "postgresql://h/?user=a&         | not of the form keyword=value",
                "postgresql://h/?usr=a           | did you mean \"user\"",
                "postgresql://u:p@q@h/d          | percent-encoded as %40",
            })
    void whatCannotBeReadIsRefusedWithItsPlaceAndWhatWasExpected(String dsn, String message) {
        InterfaceException refused = assertThrows(InterfaceException.class, () -> Config.parse(dsn));
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
            })
    void noErrorRepeatsThePassword(String dsn) {
        InterfaceException refused = assertThrows(InterfaceException.class, () -> Config.parse(dsn));
        StringWriter everything = new StringWriter();
        refused.printStackTrace(new PrintWriter(everything));
        assertFalse(everything.toString().contains("S3cr3t"), refused.getMessage());
    }

    @Test
    void anEmptyValueIsAsGoodAsNone() {
        Config config = Config.parse(
                "host='' port='' user=u password='' dbname='' application_name='' connect_timeout='' options=");
        assertEquals("localhost", config.hosts().get(0).name());
        assertEquals(5432, config.hosts().get(0).port());
        assertEquals("u", config.database());
        assertNull(config.password());
        assertNull(config.applicationName());
        assertNull(config.options());
        assertEquals(Duration.ZERO, config.connectTimeout());
    }

    @Test
    void aQuotedValueIsReadBackAsItWas() {
        for (String value : List.of("a", "", " ", "a b", "it's", "back\\slash", "'", "\\", "\\'", "tab\there", "a=b")) {
            String dsn = "application_name=" + ConnectionString.quote(value);
            assertEquals(Map.of(Keyword.APPLICATION_NAME, value), ConnectionString.parse(dsn), dsn);
        }
    }

    private static String show(String dsn) {
        Map<String, String> values = new TreeMap<>();
        ConnectionString.parse(dsn).forEach((keyword, value) -> values.put(keyword.text(), value));
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
