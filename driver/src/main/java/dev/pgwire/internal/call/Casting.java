package dev.pgwire.internal.call;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Preparation;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.TypeLookup;
import dev.pgwire.internal.row.RowPage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a text as the value of a type, as a column of it is read. Asks the server only what a type is that is not known. */
public final class Casting extends Procedure<@Nullable Object> {
    private final int oid;
    private final @Nullable String text;
    private @Nullable TypeLookup lookup;

    /** A reading; null stands for NULL. */
    public Casting(Dispatch dispatch, int oid, @Nullable String text) {
        super(dispatch);
        this.oid = oid;
        this.text = text;
    }

    /** Whether nothing has to be asked for it: then its value can be had without a turn, on any thread. */
    public boolean isAtHand() {
        return text == null || TypeLookup.ofUnknown(dispatch(), oid) == null;
    }

    @Override
    protected boolean proceed() {
        TypeLookup asked = lookup;
        if (asked == null && text != null) {
            Preparation.requireText(text);
            asked = TypeLookup.ofUnknown(dispatch(), oid);
            if (asked != null) {
                lookup = first(asked);
                return false;
            }
        } else if (asked != null) {
            asked.result();
        }
        return over(value());
    }

    /**
     * The value.
     *
     * @throws dev.pgwire.error.DataException if the text is none of the type
     */
    public @Nullable Object value() {
        String given = text;
        if (given == null) {
            return null;
        }
        Preparation.requireText(given);
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        byte[] field = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
        return RowPage.of(field, field.length)
                .keep(dispatch().planner().ofText("cast", oid), 0)
                .get(0);
    }
}
