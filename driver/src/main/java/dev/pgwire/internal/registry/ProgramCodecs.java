package dev.pgwire.internal.registry;

import dev.pgwire.type.Codec;
import dev.pgwire.type.Conversion;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a program has registered. Never changed but replaced.
 *
 * @param codecs by the names of their types, in the order in which one is looked for that takes a value
 * @param conversions by the program's classes
 */
public record ProgramCodecs(Map<String, Codec<?>> codecs, Map<Class<?>, Conversion<?, ?>> conversions) {
    /** Nothing. */
    public static final ProgramCodecs NONE = new ProgramCodecs(Map.of(), Map.of());

    /** What every connection has that is made from now on. */
    private static volatile ProgramCodecs ofProcess = NONE;

    /** The maps are copied; that of codecs keeps its order. */
    public ProgramCodecs {
        codecs = Collections.unmodifiableMap(new LinkedHashMap<>(codecs));
        conversions = Map.copyOf(conversions);
    }

    /** For the connections that this process makes from now on: a codec, or null to take it back. */
    public static void ofProcess(String type, @Nullable Codec<?> codec) {
        synchronized (ProgramCodecs.class) {
            ofProcess = new ProgramCodecs(with(ofProcess.codecs, type, codec), ofProcess.conversions);
        }
    }

    /** For the connections that this process makes from now on: a conversion, or null to take it back. */
    public static void ofProcess(Class<?> type, @Nullable Conversion<?, ?> conversion) {
        synchronized (ProgramCodecs.class) {
            ofProcess = new ProgramCodecs(ofProcess.codecs, with(ofProcess.conversions, type, conversion));
        }
    }

    /** What a connection has: that of the process, and first of all these. */
    public static ProgramCodecs ofConnection(
            Map<String, Codec<?>> codecs, Map<Class<?>, Conversion<?, ?>> conversions) {
        ProgramCodecs common = ofProcess;
        if (codecs.isEmpty() && conversions.isEmpty()) {
            return common;
        }
        Map<String, Codec<?>> allCodecs = new LinkedHashMap<>(codecs);
        common.codecs.forEach(allCodecs::putIfAbsent);
        Map<Class<?>, Conversion<?, ?>> allConversions = new HashMap<>(common.conversions);
        allConversions.putAll(conversions);
        return new ProgramCodecs(allCodecs, allConversions);
    }

    /** One codec more. */
    ProgramCodecs with(String type, Codec<?> codec) {
        return new ProgramCodecs(with(codecs, type, codec), conversions);
    }

    /** One conversion more. */
    ProgramCodecs with(Conversion<?, ?> conversion) {
        return new ProgramCodecs(codecs, with(conversions, conversion.javaType(), conversion));
    }

    boolean isEmpty() {
        return codecs.isEmpty() && conversions.isEmpty();
    }

    private static <K, V> Map<K, V> with(Map<K, V> before, K key, @Nullable V value) {
        Map<K, V> after = new LinkedHashMap<>(before);
        if (value == null) {
            after.remove(key);
        } else {
            after.put(key, value);
        }
        return after;
    }
}
