package dev.pgwire.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceFileTest {
    @TempDir
    Path home;

    private Path write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Config parse(String dsn, String... environment) {
        return Config.parse(dsn, Around.in(home, environment));
    }

    private String refusal(String dsn, String... environment) {
        return assertThrows(InterfaceException.class, () -> parse(dsn, environment))
                .getMessage();
    }

    @Test
    void theValuesOfTheSectionAreReadAndNoOthers() throws IOException {
        write(
                ".pg_service.conf",
                "# comment\r\n[other]\nhost=wrong\nnonsense\n\n  [mine]  \n \t# comment\n  host=a,b \r\n port=1,2\n"
                        + "port=3\npassword= it's #1 =x\napplication_name=\n[mine2]\nhost=wrong\n[mine]\nuser=late\n");
        Config config = parse("service=mine", "PGAPPNAME", "env");
        assertEquals("a", config.hosts().get(0).name());
        assertEquals(2, config.hosts().get(1).port());
        assertEquals(" it's #1 =x", config.password());
        assertEquals("me", config.user());
        assertEquals(null, config.applicationName());
        assertFalse(config.toDsn().contains("service"), config.toDsn());
        assertEquals("x", parse("service=mine application_name=x").applicationName());
        assertEquals("a", parse("postgresql:///?service=mine").hosts().get(0).name());
        assertEquals("a", parse("", "PGSERVICE", "mine").hosts().get(0).name());
        assertEquals(
                "wrong",
                parse("service=mine2", "PGSERVICE", "mine").hosts().get(0).name());
    }

    @Test
    void anotherFileIsReadWhereOneIsNamed() throws IOException {
        write(".pg_service.conf", "[s]\nhost=home\n");
        Path named = write("named", "[s]\nhost=named");
        Path variable = write("variable", "[s]\nhost=variable");
        assertEquals("home", parse("service=s").hosts().get(0).name());
        assertEquals(
                "variable",
                parse("service=s", "PGSERVICEFILE", variable.toString())
                        .hosts()
                        .get(0)
                        .name());
        assertEquals(
                "named",
                parse("service=s servicefile=" + named, "PGSERVICEFILE", variable.toString())
                        .hosts()
                        .get(0)
                        .name());
    }

    @Test
    void theFileOfTheSystemIsReadWhereThatOfTheUserDoesNotHaveTheService() throws IOException {
        write("etc/pg_service.conf", "[s]\nhost=system\n[t]\nhost=system\n");
        assertEquals("system", parse("service=s").hosts().get(0).name());
        write(".pg_service.conf", "[t]\nhost=home\n");
        assertEquals("system", parse("service=s").hosts().get(0).name());
        assertEquals("home", parse("service=t").hosts().get(0).name());
        assertTrue(refusal("service=u").contains("definition of service \"u\" not found"));
    }

    @Test
    void aServiceThatIsNotDefinedIsAnError() throws IOException {
        assertTrue(refusal("service=u").contains("definition of service \"u\" not found"));
        assertTrue(refusal("", "PGSERVICE", "u").contains("definition of service \"u\" not found"));
        assertTrue(refusal("service=''").contains("definition of service \"\" not found"));
        String missing = home.resolve("missing").toString();
        assertTrue(refusal("service=u servicefile=" + missing).contains("\"" + missing + "\" not found"));
        assertTrue(refusal("service=u", "PGSERVICEFILE", missing).contains("\"" + missing + "\" not found"));
        assertEquals("me", parse("", "PGSERVICEFILE", missing).user());
    }

    @ParameterizedTest
    @CsvSource({
        "S3cr3t,                a syntax error in line 3",
        "password S3cr3t,       a syntax error in line 3",
        "passwort=S3cr3t,       a syntax error (an unknown keyword) in line 3",
        "password = S3cr3t,     a syntax error (an unknown keyword) in line 3",
        "requiressl=1,          a syntax error (an unknown keyword) in line 3",
        "service=x,             a nested service specification in line 3",
        "servicefile=x,         a nested servicefile specification in line 3",
        "ldap://h/S3cr3t,       a look-up by LDAP in line 3",
    })
    void whatCannotBeReadIsRefusedWithItsLine(String line, String message) throws IOException {
        write(".pg_service.conf", "[s]\nhost=h\n" + line + "\n");
        String refusal = refusal("service=s");
        assertTrue(refusal.contains(message), refusal);
        assertTrue(refusal.contains("expected"), refusal);
        assertFalse(refusal.contains("S3cr3t"), refusal);
    }
}
