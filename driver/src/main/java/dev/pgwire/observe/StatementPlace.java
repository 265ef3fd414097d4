package dev.pgwire.observe;

/**
 * Where a statement runs.
 *
 * @param host the server as it was asked for: a name, an address, or the directory of a Unix socket
 * @param port its TCP port, or the number in the name of the Unix socket
 * @param database the database
 * @param user the role that has logged in
 * @param processId the process id of the server process; 0 if the server did not tell
 */
public record StatementPlace(String host, int port, String database, String user, int processId) {}
