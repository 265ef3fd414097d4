package dev.pgwire.it;

import static dev.pgwire.it.TypeValue.literal;
import static dev.pgwire.it.TypeValue.literals;

import dev.pgwire.type.Lsn;
import dev.pgwire.type.Snapshot;
import dev.pgwire.type.Tid;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the server has for itself. */
final class SystemValues {
    private static final Function<String, Object> ITSELF = literal -> literal;

    private SystemValues() {}

    static Stream<TypeValue> all() {
        return Stream.of(numbers(), snapshots(), names()).flatMap(family -> family);
    }

    private static Stream<TypeValue> numbers() {
        return Stream.of(
                        literals("xid", Long::valueOf, "0", "3", "2147483648", "4294967295"),
                        literals("cid", Long::valueOf, "0", "4294967295"),
                        literals("xid8", Long::valueOf, "0", "4294967296", "9223372036854775807"),
                        Stream.of(
                                literal("tid", "(0,1)", new Tid(0, 1)),
                                literal("tid", "(4294967295,65535)", new Tid(4294967295L, 65535)),
                                literal("pg_lsn", "0/0", new Lsn(0)),
                                literal("pg_lsn", "16/B374D848", new Lsn(0x16_B374_D848L)),
                                literal("pg_lsn", "FFFFFFFF/FFFFFFFF", new Lsn(-1)),
                                literal("int2vector", "", List.of()),
                                literal("int2vector", "1", List.of((short) 1)),
                                literal(
                                        "int2vector",
                                        "1 -32768 32767",
                                        List.of((short) 1, Short.MIN_VALUE, Short.MAX_VALUE)),
                                literal("oidvector", "", List.of()),
                                literal("oidvector", "0 1 4294967295", List.of(0L, 1L, 4294967295L))))
                .flatMap(type -> type);
    }

    private static Stream<TypeValue> snapshots() {
        return Stream.of(
                literal("pg_snapshot", "1:1:", new Snapshot(1, 1, List.of())),
                literal("pg_snapshot", "10:20:10,14,15", new Snapshot(10, 20, List.of(10L, 14L, 15L))),
                literal("pg_snapshot", "10:9223372036854775807:11", new Snapshot(10, Long.MAX_VALUE, List.of(11L))),
                literal("txid_snapshot", "10:20:", new Snapshot(10, 20, List.of())),
                literal("txid_snapshot", "10:20:10,14,15", new Snapshot(10, 20, List.of(10L, 14L, 15L))));
    }

    private static Stream<TypeValue> names() {
        return Stream.of(
                        literals("regproc", ITSELF, "-", "boolin", "99999999"),
                        literals("regprocedure", ITSELF, "abs(numeric)", "-", "99999999"),
                        literals("regoper", ITSELF, "0", "||/"),
                        literals("regoperator", ITSELF, "+(integer,integer)", "0"),
                        literals("regclass", ITSELF, "pg_class", "-", "99999999", "information_schema.tables"),
                        literals("regcollation", ITSELF, "\"C\"", "-"),
                        literals("regtype", ITSELF, "integer", "text[]", "timestamp with time zone", "-"),
                        literals("regrole", ITSELF, "pg_monitor", "-"),
                        literals("regnamespace", ITSELF, "pg_catalog", "-"),
                        literals("regconfig", ITSELF, "simple", "-"),
                        literals("regdictionary", ITSELF, "simple", "-"))
                .flatMap(type -> type);
    }
}
