package dev.pgwire.it;

import dev.pgwire.Cursor;
import dev.pgwire.row.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A text, its values, and the rows that it must answer: another text that is run in its place is found out. */
record Question(String sql, Object[] values, List<List<Object>> rows) {
    private static final int TEXTS_OF_A_CLIENT = 24;
    private static final int CLIENTS_THAT_SHARE_A_TEXT = 3;

    /** One of a client's texts, of which a third is its own; the token is in the answer wherever there is a value. */
    static Question random(Random random, int client, int token) {
        int k = client * TEXTS_OF_A_CLIENT / CLIENTS_THAT_SHARE_A_TEXT + random.nextInt(TEXTS_OF_A_CLIENT);
        return switch (k % 8) {
            case 0 -> answering("SELECT $1::int4 + " + k, List.of(token), token + k);
            case 1 ->
                answering(
                        "SELECT $1::int8 * 1000 + " + k + ", $2::text",
                        List.of((long) token, "token " + token),
                        token * 1000L + k,
                        "token " + token);
            case 2 -> answering("SELECT '" + k + ":' || $1::text", List.of("" + token), k + ":" + token);
            case 3 -> {
                LocalDate day = LocalDate.EPOCH.plusDays(token % 100_000);
                yield answering("SELECT " + k + ", $2::date, $1::int4", List.of(token, day), k, day, token);
            }
            case 4 -> series(k, 1 + random.nextInt(20));
            case 5 ->
                answering(
                        "SELECT $1::numeric + " + k + ".5, $2::bool",
                        List.of(new BigDecimal(token), token % 2 == 0),
                        new BigDecimal(token + k + ".5"),
                        token % 2 == 0);
            case 6 -> answering("SELECT " + k + ", 'text " + k + "'", List.of(), k, "text " + k);
            default -> {
                UUID uuid = new UUID(token, k);
                OffsetDateTime at = OffsetDateTime.of(2024, 2, 29, 12, 0, token % 60, 0, ZoneOffset.UTC);
                yield answering("SELECT $1::uuid, " + k + ", $2::timestamptz", List.of(uuid, at), uuid, k, at);
            }
        };
    }

    private static Question answering(String sql, List<Object> values, Object... row) {
        return new Question(sql, values.toArray(), List.of(List.of(row)));
    }

    private static Question series(int k, int count) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add(List.of(i + k));
        }
        return new Question("SELECT i + " + k + " FROM generate_series(1, $1) AS i", new Object[] {count}, rows);
    }

    /** What is wrong with an answer; empty if nothing is. */
    String wrong(Cursor answer) {
        List<List<Object>> got = new ArrayList<>();
        for (Row row : answer) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < answer.description().size(); i++) {
                values.add(row.get(i));
            }
            got.add(values);
        }
        return got.equals(rows) ? "" : sql + " answered " + got + ", expected " + rows;
    }
}
