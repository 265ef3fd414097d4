package dev.pgwire.internal.record;

import dev.pgwire.error.InterfaceException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Reads a component of records whose values are given to a statement. */
public final class ComponentReader {
    private final Method accessor;

    private ComponentReader(Method accessor) {
        this.accessor = accessor;
    }

    /**
     * The reader of a component.
     *
     * @throws InterfaceException if the record's module does not let the driver read it
     */
    public static ComponentReader of(RecordComponent component) {
        Method accessor = component.getAccessor();
        if (!accessor.trySetAccessible()) {
            throw ClosedRecord.unreadable(component.getDeclaringRecord());
        }
        return new ComponentReader(accessor);
    }

    /**
     * The component's value in a record.
     *
     * @throws InterfaceException if the accessor throws
     */
    public @Nullable Object read(Record source) {
        try {
            return accessor.invoke(source);
        } catch (InvocationTargetException failure) {
            throw new InterfaceException(
                    "the accessor " + accessor.getName() + "() of record "
                            + accessor.getDeclaringClass().getName()
                            + " threw an exception, expected the value of the component",
                    failure.getCause());
        } catch (IllegalAccessException refused) {
            throw new AssertionError("it was made accessible", refused);
        }
    }
}
