package dev.pgwire.internal.record;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The mappers to a class of records, one for each way in which its components find their columns. They are kept with the
 * class, for the plans of all connections: each costs a class that the JVM makes of its handle, and is slow until that is
 * compiled, which a plan that serves one query would never see.
 */
final class RecordShapes {
    /** More come of SQL that is put together at random; then all begins anew. */
    static final int MOST = 64;

    /** Begins the shape of what serves only those who are let in. */
    private static final int CLOSED = Integer.MAX_VALUE;

    private static final ClassValue<Map<List<Integer>, RecordMapper<?>>> OF_CLASS = new ClassValue<>() {
        @Override
        protected Map<List<Integer>, RecordMapper<?>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private RecordShapes() {}

    /**
     * The mapper of these parts; made if there is none.
     *
     * @param lookup one that lets in, if the class is not open without; else null
     */
    @SuppressWarnings("unchecked") // It is kept with its class.
    static <T extends Record> RecordMapper<T> mapper(
            Class<T> type, List<Part> parts, MethodHandles.@Nullable Lookup lookup) {
        Map<List<Integer>, RecordMapper<?>> kept = OF_CLASS.get(type);
        List<Integer> shape = new ArrayList<>(parts.size());
        if (lookup != null) {
            shape.add(CLOSED);
        }
        for (Part part : parts) {
            part.addTo(shape);
        }
        RecordMapper<?> found = kept.get(shape);
        if (found == null) {
            RecordMapper<T> made = RecordMapper.make(type, parts, lookup);
            if (kept.size() >= MOST) {
                kept.clear();
            }
            RecordMapper<?> earlier = kept.putIfAbsent(shape, made);
            found = earlier == null ? made : earlier;
        }
        return ((RecordMapper<T>) found).with(lookup);
    }
}
