package dev.pgwire.internal.codec.contrib;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.text.JsonbCodec;
import dev.pgwire.internal.codec.text.TextCodec;
import org.jspecify.annotations.Nullable;

/** Finds the codecs of the extensions' types, by their names: the schema is where the extension was put. */
public final class ContribCodecs {
    private ContribCodecs() {}

    /**
     * The codec of a base type that is not built in.
     *
     * @param name its name without the schema
     * @param displayName what messages call it
     * @return null if no extension of PostgreSQL's own has such a type
     */
    public static @Nullable FieldCodec<?> of(String name, String displayName) {
        return switch (name) {
            case "citext" -> new TextCodec(displayName);
            case "cube" -> new CubeCodec(displayName);
            case "hstore" -> new HstoreCodec(displayName);
            case "ltree", "lquery", "ltxtquery" ->
                new JsonbCodec(displayName, "a CharSequence with the text of an " + name);
            default -> null;
        };
    }
}
