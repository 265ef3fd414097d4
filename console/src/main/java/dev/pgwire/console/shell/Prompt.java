package dev.pgwire.console.shell;

import dev.pgwire.Connection;

/** psql's usual prompt: {@code postgres=#}. */
final class Prompt {
    private Prompt() {}

    static String of(Connection connection, char state) {
        String transaction =
                switch (connection.transactionStatus()) {
                    case IDLE -> "";
                    case IN_TRANSACTION -> "*";
                    case FAILED -> "!";
                };
        String end = "on".equals(connection.parameter("is_superuser")) ? "# " : "> ";
        return connection.config().database() + state + transaction + end;
    }
}
