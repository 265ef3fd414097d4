package dev.pgwire.testkit;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL refuses to run as root: then another user runs it. Who is not root runs it himself. */
final class Unprivileged {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private Unprivileged() {}

    /** The user that the distribution made for it, or the one that owns nothing. */
    private static String user() throws IOException {
        try {
            return FileSystems.getDefault()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName("postgres")
                    .getName();
        } catch (UserPrincipalNotFoundException e) {
            return "nobody";
        }
    }

    /** The command as the other user would give it; the process is the command itself, whose id can be asked to end it. */
    static List<String> command(List<String> command) throws IOException {
        if (!ROOT) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("setpriv", "--reuid=" + user(), "--clear-groups"));
        all.addAll(command);
        return all;
    }

    /** Gives a file or a directory to the other user. */
    static void own(Path file) throws IOException {
        if (ROOT) {
            Files.setOwner(
                    file,
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user()));
        }
    }
}
