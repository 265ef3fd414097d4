package dev.pgwire.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A Markdown file of the repository and the blocks of code on it.
 *
 * <p>Comments that a reader does not see belong to the blocks: {@code <!-- setup SQL -->} is run before each snippet that
 * follows on the page, {@code <!-- before JAVA -->} and {@code <!-- after JAVA -->} are the first and the last lines of the
 * snippet that follows. A block of {@code sql} is seen by the reader and run before each snippet that follows. From {@code <!--
 * server postgis -->} on, snippets run on a server with PostGIS, and no SQL from before it belongs to them; a comment without a
 * name leads back to the server of all tests.
 *
 * <p>A block of Java that begins with an import is a file of the reader, and no snippet. A block of {@code python} is run by {@link
 * PythonSnippet}, one of {@code java jdbc} by {@link JdbcSnippet}.
 *
 * @param path from the root of the repository
 */
record Page(Path path, List<String> lines) {
    /** The root of the repository. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Pattern FENCE = Pattern.compile("( *)(`{3,}|~{3,})(.*)");
    private static final Pattern COMMENT = Pattern.compile("^ *<!-- (setup|before|after|server)\\b");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");
    /** What a block may be: code that is run, or a language that is no Java. */
    private static final Set<String> OTHERS = Set.of("", "sh", "xml", "kotlin", "python", "java jdbc", "text");

    /** The pages of the repository. */
    static List<Page> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .map(ROOT::relativize)
                    .filter(file -> Stream.of("target", "node_modules", ".git")
                            .noneMatch(name -> file.toString().contains(name + "/")))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page whose files of Java are in {@code dev.pgwire.recipes}. */
    static Page recipes() {
        return read(Path.of("docs/recipes.md"));
    }

    private static Page read(Path path) {
        try {
            return new Page(path, Files.readAllLines(ROOT.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file or directory that a link on this page leads to. */
    Path resolve(String link) {
        Path parent = path.getParent();
        return ROOT.resolve(parent == null ? Path.of(link) : parent.resolve(link))
                .normalize();
    }

    /** A block of code or a comment. */
    private record Block(String kind, int line, String text, String heading) {
        boolean isFile() {
            return kind.equals("java") && text.startsWith("import ");
        }

        boolean isSetup() {
            return kind.equals("<!-- setup") || kind.equals("sql");
        }
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String heading = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher title = HEADING.matcher(lines.get(i));
            Matcher fence = FENCE.matcher(lines.get(i));
            Matcher comment = COMMENT.matcher(lines.get(i));
            if (title.matches()) {
                heading = title.group(1);
            } else if (fence.matches()) {
                int begin = i + 1;
                String end = fence.group(2);
                do {
                    i++;
                } while (i < lines.size() && !lines.get(i).strip().equals(end));
                require(i < lines.size(), begin, "the block has no end");
                blocks.add(
                        new Block(fence.group(3).strip(), begin, String.join("\n", lines.subList(begin, i)), heading));
            } else if (comment.find()) {
                int begin = i + 1;
                StringBuilder text = new StringBuilder(lines.get(i).substring(comment.end()));
                while (text.indexOf("-->") < 0) {
                    i++;
                    require(i < lines.size(), begin, "the comment has no end");
                    text.append('\n').append(lines.get(i));
                }
                blocks.add(
                        new Block("<!-- " + comment.group(1), begin, text.substring(0, text.indexOf("-->")), heading));
            }
        }
        return blocks;
    }

    /** The snippets in Java. Whatever block is neither one nor clearly another language is an error. */
    List<Snippet> snippets() {
        List<Snippet> snippets = new ArrayList<>();
        StringBuilder setup = new StringBuilder();
        String server = "";
        String before = "";
        String after = "";
        for (Block block : blocks()) {
            if (block.isFile()) {
                continue;
            }
            switch (block.kind) {
                case "<!-- server" -> {
                    server = block.text.strip();
                    setup.setLength(0);
                }
                case "<!-- setup", "sql" -> setup.append(block.text).append(";\n");
                case "<!-- before" -> before = block.text;
                case "<!-- after" -> after = block.text;
                case "java" -> {
                    snippets.add(new Snippet(
                            path, block.line + 1, block.heading, server, setup.toString(), before, block.text, after));
                    before = "";
                    after = "";
                }
                default -> {
                    require(OTHERS.contains(block.kind), block.line, "unknown kind of block: " + block.kind);
                    require(
                            Set.of("kotlin", "python", "java jdbc").contains(block.kind)
                                    || !block.text.matches("(?s).*(conn|cur|tx|Postgres)\\.\\w+\\(.*;.*"),
                            block.line,
                            "this looks like Java, expected ```java, so that it is run");
                }
            }
        }
        require(before.isEmpty() && after.isEmpty(), lines.size(), "a comment belongs to no snippet");
        return snippets;
    }

    /** The snippets of JDBC, with the SQL that is run before them. */
    List<JdbcSnippet> jdbcSnippets() {
        List<JdbcSnippet> snippets = new ArrayList<>();
        StringBuilder setup = new StringBuilder();
        for (Block block : blocks()) {
            if (block.isSetup()) {
                setup.append(block.text).append(";\n");
            } else if (block.kind.equals("java jdbc")) {
                snippets.add(new JdbcSnippet(path, block.line + 1, block.heading, setup.toString(), block.text));
            }
        }
        return snippets;
    }

    /** The snippets in Python, with the SQL that is run before them. */
    List<PythonSnippet> pythonSnippets() {
        List<PythonSnippet> snippets = new ArrayList<>();
        StringBuilder setup = new StringBuilder();
        for (Block block : blocks()) {
            if (block.isSetup()) {
                setup.append(block.text).append(";\n");
            } else if (block.kind.equals("python")) {
                snippets.add(new PythonSnippet(path, block.line + 1, block.heading, setup.toString(), block.text));
            }
        }
        return snippets;
    }

    /** Tests of the snippets that are for a server of this name, which is there. */
    Stream<DynamicTest> snippetsOn(String server, String dsn) {
        return snippets().stream()
                .filter(snippet -> snippet.server().equals(server))
                .map(snippet -> snippet.test(dsn));
    }

    /** The files in Java that the page shows. */
    List<String> files() {
        return blocks().stream().filter(Block::isFile).map(Block::text).toList();
    }

    private void require(boolean condition, int line, String message) {
        if (!condition) {
            throw new AssertionError(path + ":" + line + ": " + message);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
