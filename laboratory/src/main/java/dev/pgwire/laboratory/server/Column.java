package dev.pgwire.laboratory.server;

/** A column of an answer: its name and its type. */
public record Column(String name, ServerType type) {
    /**
     * A column as one writes it in CREATE TABLE: {@code "id int4"}; a name alone is a text.
     *
     * @throws IllegalArgumentException if the type is not known here
     */
    public static Column of(String declaration) {
        int space = declaration.lastIndexOf(' ');
        return space < 0
                ? new Column(declaration, ServerType.TEXT)
                : new Column(
                        declaration.substring(0, space).strip(), ServerType.named(declaration.substring(space + 1)));
    }
}
