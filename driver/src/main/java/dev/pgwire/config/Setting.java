package dev.pgwire.config;

/**
 * What a keyword is set to and why, as {@link Config#explain()} tells it.
 *
 * @param keyword the keyword as it stands in a connection string
 * @param value its value, {@code ***} instead of a secret
 * @param source where the value comes from: {@code connection string}, {@code builder}, {@code service file <path>}, {@code
 *     environment <variable>}, {@code password file <path>}, {@code default} and so on; for people, not for programs
 */
public record Setting(String keyword, String value, String source) {}
