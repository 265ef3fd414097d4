package dev.pgwire.console.doctor;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Which setting to change when the server itself says no: by SQLSTATE, because the words may be in any language. */
final class ServerAdvice {
    private final Advice advice;

    ServerAdvice(Advice advice) {
        this.advice = advice;
    }

    String on(DatabaseException refused) {
        return switch (refused.sqlState()) {
            case SqlState.INVALID_PASSWORD ->
                "password (" + advice.source("password") + "), " + advice.named("user")
                        + ": one of them is wrong; other places for the password are PGPASSWORD and the password file ("
                        + advice.value("passfile", "~/.pgpass") + ")";
            case SqlState.INVALID_AUTHORIZATION_SPECIFICATION -> onAuthorization(refused.diagnostic());
            case SqlState.INVALID_CATALOG_NAME ->
                advice.named("dbname") + ": the server has no such database: name another, or CREATE DATABASE";
            case SqlState.INSUFFICIENT_PRIVILEGE ->
                advice.named("dbname") + ", " + advice.named("user")
                        + ": the role may not connect to this database: GRANT CONNECT, or use another";
            case SqlState.TOO_MANY_CONNECTIONS ->
                "the server's max_connections: all are taken, or those of this role or database (CONNECTION LIMIT): close"
                        + " some, or raise it";
            case SqlState.CANNOT_CONNECT_NOW ->
                advice.named("host")
                        + ": the server is starting up or shutting down: try again in a moment, or name more"
                        + " hosts";
            case SqlState.FEATURE_NOT_SUPPORTED, SqlState.PROTOCOL_VIOLATION ->
                "max_protocol_version, " + advice.named("options")
                        + ": the server, or a pooler before it, does not know what it was asked for";
            case SqlState.INVALID_PARAMETER_VALUE, SqlState.UNDEFINED_OBJECT, SqlState.SYNTAX_ERROR, "55P02" ->
                advice.named("options") + ": the server refuses one of these settings; PGOPTIONS, PGTZ, PGDATESTYLE and"
                        + " application_name are sent too";
            default -> "the server's log says more; the message above is the server's own";
        };
    }

    private String onAuthorization(@Nullable Diagnostic said) {
        // The routine is the same in every language, and one SQLSTATE is all that the server has for these.
        String routine = said == null || said.routine() == null ? "" : said.routine();
        if (routine.startsWith("InitializeSessionUserId")) {
            return advice.named("user") + ": the server has no such role, or one that may not log in: name another, or"
                    + " CREATE ROLE ... LOGIN";
        }
        if (routine.equals("auth_failed")) {
            return advice.named("user")
                    + ": the way of authentication that pg_hba.conf asks for (peer, ident, cert ...) does not let this user"
                    + " in";
        }
        return "the server's pg_hba.conf: it has no line that lets " + advice.named("user")
                + " into this database from here, or only with or without TLS: " + advice.named("sslmode")
                + "; a client certificate is sslcert, sslkey";
    }
}
