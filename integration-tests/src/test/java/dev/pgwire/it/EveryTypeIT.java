package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Walks through the types that this server has. */
class EveryTypeIT {
    private static final String TEXT = "the server's text; built-in ones: ";

    /** What {@code docs/types.md} says of the types without a codec. */
    private static Set<String> documentedAsText() throws IOException {
        String row = Files.readAllLines(Path.of("../docs/types.md")).stream()
                .filter(line -> line.contains(TEXT))
                .findFirst()
                .orElseThrow();
        String names = row.substring(row.indexOf(TEXT) + TEXT.length()).replace("|", "");
        return new TreeSet<>(Arrays.asList(names.strip().split(", ")));
    }

    @Test
    void everyBuiltInTypeHasACodecOrIsDocumentedAsText() throws IOException {
        Set<String> text = documentedAsText();
        List<String> offences = new ArrayList<>();
        int walked = 0;
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            for (Row row : conn.execute("SELECT oid, typname FROM pg_catalog.pg_type WHERE typtype IN ('b', 'r', 'm')"
                            + " AND (typelem = 0 OR typlen = -1 OR typname IN ('point', 'lseg', 'box', 'line', 'name'))"
                            + " AND typnamespace = 'pg_catalog'::regnamespace AND oid < 10000"
                            + " AND NOT (typcategory = 'A' AND typelem = ANY (SELECT oid FROM pg_catalog.pg_type"
                            + " WHERE typtype = 'c'))")
                    .fetchAll()) {
                String name = row.getString(1);
                String element = name.startsWith("_") ? name.substring(1) : name;
                boolean has = TypeRegistry.builtin().codec((int) row.getLong(0)) != null;
                if (!has && !text.contains(element) && !element.equals("record")) {
                    offences.add(name);
                }
                if (has && text.contains(name)) {
                    offences.add(name + " is documented as text");
                }
                walked++;
            }
        }
        assertEquals(List.of(), offences);
        assertTrue(walked > 150, "only " + walked);
    }
}
