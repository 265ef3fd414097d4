package dev.pgwire.internal.codec;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DriverErrors;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;

/** What the values of a type can be had as, which is known before there is a value. */
abstract class ReadableTypes {
    /** What messages call the type. */
    public abstract String name();

    /** The Java type of its values. */
    public abstract Class<?> javaType();

    /**
     * Whether a value can be had as a class. A value may still not fit: a large number an {@code int}, a text an enum.
     *
     * @param target the class; {@code int.class} is as good as {@code Integer.class}
     */
    public boolean reads(Class<?> target) {
        Class<?> wanted = MethodType.methodType(target).wrap().returnType();
        return wanted.isAssignableFrom(javaType())
                || wanted == String.class
                || wanted == CharSequence.class
                || convertsTo(wanted);
    }

    /** Whether a value can be had as a type that may have type arguments. A wildcard stands for its upper bound. */
    public final boolean readsTyped(Type target) {
        if (target instanceof Class<?> plain) {
            return reads(plain);
        }
        if (target instanceof WildcardType wildcard) {
            return readsTyped(wildcard.getUpperBounds()[0]);
        }
        return target instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw
                && readsGeneric(raw, generic);
    }

    /** Whether a value can be had as a type with type arguments; what a codec of values that have parts overrides. */
    protected boolean readsGeneric(Class<?> raw, ParameterizedType target) {
        return false;
    }

    /** Whether a value is converted to a class that is neither its own nor String, and never a primitive one. */
    protected boolean convertsTo(Class<?> target) {
        return false;
    }

    /** Whether a value that is read as this class comes by a conversion of the program. */
    public boolean converts(Class<?> target) {
        return false;
    }

    /**
     * The classes that a value is converted to, for a message.
     *
     * @return for example "Integer, Long, String"
     */
    protected String conversions() {
        return javaType().getSimpleName() + (javaType() == String.class ? "" : ", String");
    }

    /** The failure of a value that was asked for as a type which it cannot be had as. */
    public final DataException noConversion(Type target) {
        return DriverErrors.ofTypes(name() + " cannot be read as "
                + (target instanceof Class<?> plain ? plain.getSimpleName() : target.getTypeName()) + "; possible: "
                + conversions());
    }
}
