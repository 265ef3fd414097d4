package dev.pgwire.dbapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What of psycopg2 a test shows in this driver. {@link DbApiNamesIT} sees to it that nothing is left out.
 *
 * <p>{@code connection.commit} is a method or an attribute of a class of psycopg2, {@code psycopg2.connect} one of the module, and
 * {@code behaviour 5} one of the fifteen habits of psycopg2 that {@link DbApiBehaviourIT} lists.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Psycopg {
    String[] value();
}
