package dev.pgwire.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pgwire.dbapi.Python;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever Python the documentation shows beside Java runs, with psycopg2, and prints what the page says. */
class PythonIT {
    private final Optional<Python> python = Python.withPsycopg2();

    @TestFactory
    List<DynamicTest> theSnippetDoesWhatThePageSays() {
        if (python.isEmpty()) {
            return List.of(dynamicTest("did not run: there is no python3 with psycopg2", () -> {}));
        }
        return Page.all().stream()
                .flatMap(page -> page.pythonSnippets().stream())
                .map(snippet -> dynamicTest(
                        "the Python of '" + snippet.heading() + "' at " + snippet.place() + " does what the page says",
                        () -> snippet.run(python.get())))
                .toList();
    }

    private String failureOf(String... lines) {
        assumeTrue(python.isPresent(), "there is no python3 with psycopg2");
        PythonSnippet snippet =
                new Page(Path.of("page.md"), List.of(lines)).pythonSnippets().get(0);
        return assertThrows(AssertionError.class, () -> snippet.run(python.get()))
                .getMessage();
    }

    @Test
    void whatIsPrintedMustBeWhatTheCommentSays() {
        assertEquals(
                "page.md:4: prints 2, but the page says 3", failureOf("", "```python", "", "print(1 + 1)  # 3", "```"));
        assertEquals("page.md:3: prints nothing", failureOf("```python", "if False:", "    print(1)  # 1", "```"));
    }

    @Test
    void whatFailsTellsWhy() {
        String failure = failureOf("```python", "conn.cursor().execute('SELECT 1 / 0')", "```");
        assertTrue(failure.contains("page.md:2") && failure.contains("DivisionByZero"), failure);
    }
}
