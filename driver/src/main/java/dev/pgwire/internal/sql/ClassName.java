package dev.pgwire.internal.sql;

import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.RandomAccess;
import java.util.Set;

/**
 * What messages call the class of a value: the name that its user knows. The JDK gives out lists of a class {@code List12} and
 * paths of a class {@code UnixPath}, which no program has written.
 */
public final class ClassName {
    private static final Set<Class<?>> SAYING_NOTHING =
            Set.of(Serializable.class, Cloneable.class, Comparable.class, RandomAccess.class);

    private ClassName() {}

    /** With its article: {@code a List}, {@code an int[]}. */
    public static String withArticle(Object value) {
        String name = of(value.getClass());
        // A UUID and a URI begin with the sound of "you".
        return ("AEIOaeio".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }

    /** The simple name of the class, or of the nearest public one above it. */
    public static String of(Class<?> type) {
        if (type.isArray()) {
            return of(type.getComponentType()) + "[]";
        }
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            if (isKnown(at)) {
                return at.getSimpleName();
            }
            for (Class<?> implemented : at.getInterfaces()) {
                if (isKnown(implemented) && !SAYING_NOTHING.contains(implemented)) {
                    return implemented.getSimpleName();
                }
            }
        }
        return "Object";
    }

    /** What a program may name: its own classes, and the public ones of the JDK that are no half of another one. */
    private static boolean isKnown(Class<?> type) {
        if (type.isAnonymousClass() || type.isHidden() || type.isSynthetic()) {
            return false;
        }
        if (!isOfTheJdk(type)) {
            return true;
        }
        boolean open = true;
        for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
            open &= Modifier.isPublic(at.getModifiers());
        }
        return open
                && type.getModule().isExported(type.getPackageName())
                && !type.getSimpleName().startsWith("Abstract");
    }

    private static boolean isOfTheJdk(Class<?> type) {
        String module = type.getModule().getName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }
}
