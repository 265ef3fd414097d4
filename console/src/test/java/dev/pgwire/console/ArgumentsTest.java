package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void theLastWordsOfTheCommandLineAreTheArguments() {
        byte[] commandLine = "java\0-cp\0x\0Console\0-c\0a\u00E9b\0\0".getBytes(ISO_8859_1);

        assertArrayEquals(new String[] {"-c", "a\uDCE9b", ""}, Arguments.raw(commandLine, "-c", "a\uFFFDb", ""));
    }

    @Test
    void whatIsNotKnownStaysInvalid() {
        assertArrayEquals(new String[] {"a\uDCFFb"}, Arguments.raw(new byte[0], "a\uFFFDb"));
    }

    @Test
    void argumentsWithoutReplacementsAreTaken() {
        String[] arguments = {"-c", "SELECT 'é'"};

        assertSame(arguments, Arguments.ofThisProcess(arguments));
    }
}
