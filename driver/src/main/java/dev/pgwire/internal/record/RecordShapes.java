package dev.pgwire.internal.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The mappers to a class of records, one for each way in which its components find their columns. They are kept with the
 * class, for the plans of all connections: each costs a class that the JVM makes of its handle, and is slow until that is
 * compiled, which a plan that serves one query would never see.
 */
final class RecordShapes {
    /** More come of SQL that is put together at random; then all begins anew. */
    static final int MOST = 64;

    private static final ClassValue<Map<List<Integer>, RecordMapper<?>>> OF_CLASS = new ClassValue<>() {
        @Override
        protected Map<List<Integer>, RecordMapper<?>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private RecordShapes() {}

    /** The mapper of these parts; made if there is none. */
    @SuppressWarnings("unchecked") // It is kept with its class.
    static <T extends Record> RecordMapper<T> mapper(Class<T> type, List<Part> parts) {
        Map<List<Integer>, RecordMapper<?>> kept = OF_CLASS.get(type);
        List<Integer> shape = new ArrayList<>(parts.size());
        for (Part part : parts) {
            part.addTo(shape);
        }
        RecordMapper<?> found = kept.get(shape);
        if (found != null) {
            return (RecordMapper<T>) found;
        }
        RecordMapper<T> made = RecordMapper.make(type, parts);
        if (kept.size() >= MOST) {
            kept.clear();
        }
        RecordMapper<?> earlier = kept.putIfAbsent(shape, made);
        return earlier == null ? made : (RecordMapper<T>) earlier;
    }
}
