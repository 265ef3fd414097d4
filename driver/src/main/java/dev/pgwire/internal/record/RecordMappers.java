package dev.pgwire.internal.record;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.row.Column;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes records of the rows of some columns. The mappers that were found are kept weakly, and few: the columns live as long as
 * their statement is prepared, which is no reason to keep a class of records; the class keeps its mappers.
 */
public final class RecordMappers {
    private static final int MOST = 8;

    private final List<Column> columns;
    private final @Nullable FieldCodec<?>[] codecs;

    /** Never changed but replaced. What one thread adds another may lose, which then is found again. */
    private volatile List<WeakReference<RecordMapper<?>>> found = List.of();

    /** Those of rows with these columns and their codecs. */
    public RecordMappers(List<Column> columns, @Nullable FieldCodec<?>[] codecs) {
        this.columns = columns;
        this.codecs = codecs;
    }

    /**
     * The mapper to a class, found if it was not yet.
     *
     * @param lookup lets the driver in where the class is not open; null for none
     * @throws InterfaceException if a component has no column, or the record cannot be made
     */
    public <T extends Record> RecordMapper<T> of(Class<T> type, MethodHandles.@Nullable Lookup lookup) {
        List<WeakReference<RecordMapper<?>>> before = found;
        RecordMapper<T> known = among(before, type, lookup);
        if (known != null) {
            return known;
        }
        RecordMapper<T> mapper = RecordMapper.find(type, lookup, columns, codecs);
        found = with(mapper, before);
        return mapper;
    }

    /** Why records of a class cannot be made of the rows, whatever values these have; null if they can. */
    public @Nullable InterfaceException misfit(Class<?> type) {
        return RecordFit.misfit(type, columns, codecs);
    }

    @SuppressWarnings("unchecked") // The class is tested.
    private static <T extends Record> @Nullable RecordMapper<T> among(
            List<WeakReference<RecordMapper<?>>> mappers, Class<T> type, MethodHandles.@Nullable Lookup lookup) {
        for (int i = 0; i < mappers.size(); i++) {
            RecordMapper<?> mapper = mappers.get(i).get();
            if (mapper != null && mapper.type() == type && mapper.serves(lookup)) {
                return (RecordMapper<T>) mapper;
            }
        }
        return null;
    }

    /** One more, in front of those that are still there, of which the oldest has to go when there are too many. */
    private static List<WeakReference<RecordMapper<?>>> with(
            RecordMapper<?> added, List<WeakReference<RecordMapper<?>>> before) {
        List<WeakReference<RecordMapper<?>>> after = new ArrayList<>();
        after.add(new WeakReference<>(added));
        for (WeakReference<RecordMapper<?>> reference : before) {
            if (after.size() < MOST && reference.get() != null) {
                after.add(reference);
            }
        }
        return List.copyOf(after);
    }
}
