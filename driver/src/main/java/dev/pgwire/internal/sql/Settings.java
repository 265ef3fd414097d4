package dev.pgwire.internal.sql;

import java.util.Locale;
import java.util.Set;

/**
 * Which run-time parameters have no part in what a statement means, so that setting them costs no prepared statement
 * (PostgreSQL manual, chapter 20). One that is not known counts as having a part: names are found by {@code search_path},
 * literals are read by {@code DateStyle}, and a new version may have another of that kind.
 */
public final class Settings {
    private static final Set<String> HARMLESS = Set.of(
            "application_name",
            "client_min_messages",
            "commit_delay",
            "commit_siblings",
            "constraint_exclusion",
            "constraints",
            "cursor_tuple_fraction",
            "default_statistics_target",
            "effective_cache_size",
            "effective_io_concurrency",
            "from_collapse_limit",
            "hash_mem_multiplier",
            "join_collapse_limit",
            "lc_messages",
            "plan_cache_mode",
            "synchronous_commit",
            "temp_buffers",
            "characteristics",
            "transaction");

    private static final String[] PREFIXES = {
        "debug_",
        "default_transaction_",
        "enable_",
        "geqo",
        "jit",
        "log_",
        "max_parallel_",
        "min_parallel_",
        "parallel_",
        "track_",
        "transaction_",
        "vacuum_"
    };

    private static final String[] SUFFIXES = {"_timeout", "_cost", "_mem"};

    /** What the server reports when it changes, and by which it reads names or literals. */
    private static final Set<String> REPORTED = Set.of(
            "DateStyle",
            "IntervalStyle",
            "TimeZone",
            "is_superuser",
            "search_path",
            "session_authorization",
            "standard_conforming_strings");

    private Settings() {}

    /** Whether a text means the same before and after this one is set; the name in any case. */
    static boolean keepsMeaning(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (HARMLESS.contains(lower)) {
            return true;
        }
        for (int i = 0; i < PREFIXES.length; i++) {
            if (lower.startsWith(PREFIXES[i])) {
                return true;
            }
        }
        for (int i = 0; i < SUFFIXES.length; i++) {
            if (lower.endsWith(SUFFIXES[i])) {
                return true;
            }
        }
        return false;
    }

    /** Whether a parameter that the server has reported has a part in the meaning; the name as the server spells it. */
    public static boolean changesMeaning(String reported) {
        return REPORTED.contains(reported);
    }
}
