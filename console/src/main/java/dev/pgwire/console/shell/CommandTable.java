package dev.pgwire.console.shell;

import java.util.LinkedHashMap;
import java.util.Map;

/** Every backslash command of psql up to 18, and what the console does with it. */
final class CommandTable {
    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        put(
                Kind.BUILT,
                "? a conninfo d di dm ds dt dv echo encoding g getenv gx i include include_relative ir l list o out");
        put(Kind.BUILT, "p print q quit qecho r reset restrict set t timing unrestrict unset warn x");

        put(Kind.SHOWS, "C H T f html pset"); // how results look
        put(Kind.SHOWS, "copyright errverbose h help s"); // texts
        put(Kind.SHOWS, "l+ list+ lo_list lo_list+ sf sf+ sv sv+ z zS"); // the catalogs, besides all that begin with d

        put(Kind.DECIDES, "if elif else endif"); // whether a line runs
        put(Kind.DECIDES, "c connect cd password setenv"); // where, and as whom
        put(Kind.DECIDES, "gset prompt"); // variables that stand in later lines
        put(Kind.DECIDES, "copy"); // its data may be the lines that follow
        put(
                Kind.DECIDES,
                "bind bind_named close close_prepared crosstabview e edit ef ev gdesc gexec parse w watch write");
        put(Kind.DECIDES, "endpipeline flush flushrequest getresults sendpipeline startpipeline syncpipeline");
        put(Kind.DECIDES, "! lo_export lo_import lo_unlink"); // what later lines take for done
    }

    private CommandTable() {}

    /** What a command is. Names that psql does not know either are treated as psql treats them: an error, and on with it. */
    static Kind of(String name) {
        return KINDS.getOrDefault(name, name.startsWith("d") ? Kind.SHOWS : Kind.UNKNOWN);
    }

    private static void put(Kind kind, String names) {
        for (String name : names.split(" ")) {
            KINDS.put(name, kind);
        }
    }

    enum Kind {
        BUILT,
        /** Not built, and only shows something or changes how it looks: an error, and the script goes on without it. */
        SHOWS,
        /** Not built, and decides whether, where or with what later lines run: an error that ends the script. */
        DECIDES,
        UNKNOWN
    }
}
