package dev.pgwire.bench.script;

/**
 * A command that begins with a backslash, up to the end of its line.
 *
 * @param file the script, for messages
 * @param source all of the script
 * @param start the offset of the backslash
 * @param end the offset of the line's end
 * @param command the command's name
 */
record Line(String file, String source, int start, int end, String command) {
    /** The line's number, from 1 on. */
    int number() {
        return (int) source.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
    }

    /** The command as it stands there. */
    String text() {
        return source.substring(start, end).stripTrailing();
    }

    ScriptException error(String what) {
        return new ScriptException(file + ":" + number() + ": " + what + " in command \"" + command + "\"\n" + text());
    }

    /** What is wrong, with a caret under the last character before an offset. */
    ScriptException error(String what, int behind) {
        return new ScriptException(
                error(what).getMessage() + "\n" + " ".repeat(Math.max(0, behind - 1 - start)) + "^ error found here");
    }
}
