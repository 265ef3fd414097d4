package dev.pgwire.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testkit.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever Java the documentation shows compiles, runs, and prints what it says. */
class DocumentationIT {
    @TestFactory
    Stream<DynamicTest> theSnippetDoesWhatThePageSays() {
        return Page.all().stream()
                .flatMap(page -> page.snippetsOn("", TestServer.shared().dsn()));
    }

    @TestFactory
    Stream<DynamicTest> theSnippetOfJdbcDoesWhatThePageSays() {
        return Page.all().stream().flatMap(page -> page.jdbcSnippets().stream()).map(JdbcSnippet::test);
    }

    /** A name that is not among these would have its snippets run nowhere. */
    @Test
    void theOtherServersHaveTestsOfTheirOwn() {
        Set<String> servers = Page.all().stream()
                .flatMap(page -> page.snippets().stream())
                .map(Snippet::server)
                .collect(Collectors.toSet());
        assertEquals(Set.of("", PostgisIT.SERVER, PgvectorIT.SERVER), servers);
    }

    @Test
    void thePagesOfANewcomerHaveSnippets() {
        Set<String> pages = Page.all().stream()
                .filter(page -> !page.snippets().isEmpty())
                .map(Page::toString)
                .collect(Collectors.toSet());
        assertTrue(
                pages.containsAll(Set.of("README.md", "docs/guide.md", "docs/connecting.md", "docs/sql.md")),
                pages.toString());
    }

    private static Page page(String... lines) {
        return new Page(Path.of("page.md"), List.of(lines));
    }

    private static String failureOf(String... lines) {
        return assertThrows(AssertionError.class, () -> {
                    for (Snippet snippet : page(lines).snippets()) {
                        snippet.run();
                    }
                })
                .getMessage();
    }

    @Test
    void aSnippetThatDoesNotCompileIsNamedByItsLine() {
        String failure = failureOf("# Title", "", "```java", "int one = 1;", "int two = \"2\";", "```");
        assertTrue(failure.startsWith("page.md:5: incompatible types"), failure);
    }

    @Test
    void aSnippetThatFailsIsNamedByItsLine() {
        String failure = failureOf("```java", "", "conn.execute(\"SELECT 1 / 0\");", "```");
        assertTrue(failure.startsWith("page.md:3: "), failure);
        assertTrue(failure.contains("division by zero"), failure);
    }

    private static String failureOfJdbc(String... lines) {
        return assertThrows(
                        AssertionError.class,
                        () -> page(lines).jdbcSnippets().get(0).run())
                .getMessage();
    }

    @Test
    void aSnippetOfJdbcIsHeldAgainstItsComments() {
        assertEquals(
                "page.md:3: prints 2, but the page says 3",
                failureOfJdbc("```java jdbc", "", "System.out.println(1 + 1);  // 3", "```"));
        assertEquals(
                "page.md:2: prints nothing",
                failureOfJdbc("```java jdbc", "if (conn.isClosed()) System.out.println(1);  // 1", "```"));
        String failure = failureOfJdbc("```java jdbc", "conn.createStatement().execute(\"SELECT 1 / 0\");", "```");
        assertTrue(failure.startsWith("page.md:2: ") && failure.contains("division by zero"), failure);
    }

    @Test
    void whatIsPrintedMustBeWhatTheCommentSays() {
        assertEquals(
                "page.md:3: prints (1,), but the page says (2,)",
                failureOf("", "```java", "System.out.println(conn.execute(\"SELECT 1\").fetchOne());  // (2,)", "```"));
    }

    @Test
    void aLineThatShouldPrintMustBeReached() {
        assertEquals(
                "page.md:3: prints nothing",
                failureOf(
                        "```java",
                        "for (Row row : conn.execute(\"SELECT 1 WHERE false\")) {",
                        "System.out.println(row);  // (1,)",
                        "}",
                        "```"));
    }

    @Test
    void theHiddenCommentsAreRun() throws Exception {
        Page page = page(
                "<!-- setup CREATE TABLE t (n int); INSERT INTO t VALUES (7) -->",
                "```sql",
                "INSERT INTO t VALUES (8)",
                "```",
                "<!-- before int given = 1; -->",
                "<!-- after",
                "if (sum != 16) throw new AssertionError(sum);",
                "-->",
                "```java",
                "long sum = given + conn.execute(\"SELECT sum(n) FROM t\").fetchOne().getLong(0);",
                "System.out.println(sum);  // 1...",
                "```");
        assertEquals(1, page.snippets().size());
        page.snippets().get(0).run();
        assertFalse(page.snippets().get(0).setup().isEmpty());
    }

    @Test
    void noBlockIsPassedOver() {
        assertTrue(failureOf("```jave", "```").contains("unknown kind of block: jave"));
        assertTrue(failureOf("```java no-run", "```").contains("unknown kind of block: java no-run"));
        assertTrue(failureOf("```java").contains("the block has no end"));
        assertTrue(failureOf("```", "conn.execute(\"SELECT 1\");", "```").contains("this looks like Java"));
        assertTrue(failureOf("<!-- after assert false; -->", "nothing").contains("belongs to no snippet"));
    }
}
