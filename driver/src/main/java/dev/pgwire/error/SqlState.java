package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * The SQLSTATE codes of PostgreSQL, under the names that it gives them, and what belongs to a code: its condition name and the class of
 * its exception. Compare the codes with {@link DatabaseException#sqlState()}; the first two characters of a code are its class.
 *
 * <p>A constant is called as the condition is, in capital letters. Where two codes have one condition name, the constant of the less usual
 * one says before it what it belongs to: {@code WARNING_} or {@code EXTERNAL_ROUTINE_}.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes), of the versions 14 to 18.
 */
public final class SqlState extends SystemStates {
    /** Code 00000: successful completion. */
    public static final String SUCCESSFUL_COMPLETION = "00000";

    /** Code 01000: warning. */
    public static final String WARNING = "01000";

    /** Code 01003: null value eliminated in set function. */
    public static final String NULL_VALUE_ELIMINATED_IN_SET_FUNCTION = "01003";

    /** Code 01004: string data right truncation, as a warning. */
    public static final String WARNING_STRING_DATA_RIGHT_TRUNCATION = "01004";

    /** Code 01006: privilege not revoked. */
    public static final String PRIVILEGE_NOT_REVOKED = "01006";

    /** Code 01007: privilege not granted. */
    public static final String PRIVILEGE_NOT_GRANTED = "01007";

    /** Code 01008: implicit zero bit padding. */
    public static final String IMPLICIT_ZERO_BIT_PADDING = "01008";

    /** Code 0100C: dynamic result sets returned. */
    public static final String DYNAMIC_RESULT_SETS_RETURNED = "0100C";

    /** Code 01P01: deprecated feature. */
    public static final String DEPRECATED_FEATURE = "01P01";

    /** Code 02000: no data. */
    public static final String NO_DATA = "02000";

    /** Code 02001: no additional dynamic result sets returned. */
    public static final String NO_ADDITIONAL_DYNAMIC_RESULT_SETS_RETURNED = "02001";

    /** Code 03000: sql statement not yet complete. */
    public static final String SQL_STATEMENT_NOT_YET_COMPLETE = "03000";

    /** Code 08000: connection exception. */
    public static final String CONNECTION_EXCEPTION = "08000";

    /** Code 08001: sqlclient unable to establish sqlconnection. */
    public static final String SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION = "08001";

    /** Code 08003: connection does not exist. */
    public static final String CONNECTION_DOES_NOT_EXIST = "08003";

    /** Code 08004: sqlserver rejected establishment of sqlconnection. */
    public static final String SQLSERVER_REJECTED_ESTABLISHMENT_OF_SQLCONNECTION = "08004";

    /** Code 08006: connection failure. */
    public static final String CONNECTION_FAILURE = "08006";

    /** Code 08007: transaction resolution unknown. */
    public static final String TRANSACTION_RESOLUTION_UNKNOWN = "08007";

    /** Code 08P01: protocol violation. */
    public static final String PROTOCOL_VIOLATION = "08P01";

    /** Code 09000: triggered action exception. */
    public static final String TRIGGERED_ACTION_EXCEPTION = "09000";

    /** Code 0A000: feature not supported. */
    public static final String FEATURE_NOT_SUPPORTED = "0A000";

    /** Code 0B000: invalid transaction initiation. */
    public static final String INVALID_TRANSACTION_INITIATION = "0B000";

    /** Code 0F000: locator exception. */
    public static final String LOCATOR_EXCEPTION = "0F000";

    /** Code 0F001: invalid locator specification. */
    public static final String INVALID_LOCATOR_SPECIFICATION = "0F001";

    /** Code 0L000: invalid grantor. */
    public static final String INVALID_GRANTOR = "0L000";

    /** Code 0LP01: invalid grant operation. */
    public static final String INVALID_GRANT_OPERATION = "0LP01";

    /** Code 0P000: invalid role specification. */
    public static final String INVALID_ROLE_SPECIFICATION = "0P000";

    /** Code 0Z000: diagnostics exception. */
    public static final String DIAGNOSTICS_EXCEPTION = "0Z000";

    /** Code 0Z002: stacked diagnostics accessed without active handler. */
    public static final String STACKED_DIAGNOSTICS_ACCESSED_WITHOUT_ACTIVE_HANDLER = "0Z002";

    /** Code 10608: invalid argument for xquery, of PostgreSQL 17 and later. */
    public static final String INVALID_ARGUMENT_FOR_XQUERY = "10608";

    /** Code 24000: invalid cursor state. */
    public static final String INVALID_CURSOR_STATE = "24000";

    /** Code 25000: invalid transaction state. */
    public static final String INVALID_TRANSACTION_STATE = "25000";

    /** Code 25001: active sql transaction. */
    public static final String ACTIVE_SQL_TRANSACTION = "25001";

    /** Code 25002: branch transaction already active. */
    public static final String BRANCH_TRANSACTION_ALREADY_ACTIVE = "25002";

    /** Code 25003: inappropriate access mode for branch transaction. */
    public static final String INAPPROPRIATE_ACCESS_MODE_FOR_BRANCH_TRANSACTION = "25003";

    /** Code 25004: inappropriate isolation level for branch transaction. */
    public static final String INAPPROPRIATE_ISOLATION_LEVEL_FOR_BRANCH_TRANSACTION = "25004";

    /** Code 25005: no active sql transaction for branch transaction. */
    public static final String NO_ACTIVE_SQL_TRANSACTION_FOR_BRANCH_TRANSACTION = "25005";

    /** Code 25006: read only sql transaction. */
    public static final String READ_ONLY_SQL_TRANSACTION = "25006";

    /** Code 25007: schema and data statement mixing not supported. */
    public static final String SCHEMA_AND_DATA_STATEMENT_MIXING_NOT_SUPPORTED = "25007";

    /** Code 25008: held cursor requires same isolation level. */
    public static final String HELD_CURSOR_REQUIRES_SAME_ISOLATION_LEVEL = "25008";

    /** Code 25P01: no active sql transaction. */
    public static final String NO_ACTIVE_SQL_TRANSACTION = "25P01";

    /** Code 25P02: in failed sql transaction. */
    public static final String IN_FAILED_SQL_TRANSACTION = "25P02";

    /** Code 25P03: idle in transaction session timeout. */
    public static final String IDLE_IN_TRANSACTION_SESSION_TIMEOUT = "25P03";

    /** Code 25P04: transaction timeout, of PostgreSQL 17 and later. */
    public static final String TRANSACTION_TIMEOUT = "25P04";

    /** Code 27000: triggered data change violation. */
    public static final String TRIGGERED_DATA_CHANGE_VIOLATION = "27000";

    /** Code 28000: invalid authorization specification. */
    public static final String INVALID_AUTHORIZATION_SPECIFICATION = "28000";

    /** Code 28P01: invalid password. */
    public static final String INVALID_PASSWORD = "28P01";

    /** Code 2B000: dependent privilege descriptors still exist. */
    public static final String DEPENDENT_PRIVILEGE_DESCRIPTORS_STILL_EXIST = "2B000";

    /** Code 2BP01: dependent objects still exist. */
    public static final String DEPENDENT_OBJECTS_STILL_EXIST = "2BP01";

    /** Code 2D000: invalid transaction termination. */
    public static final String INVALID_TRANSACTION_TERMINATION = "2D000";

    /** Code 2F000: sql routine exception. */
    public static final String SQL_ROUTINE_EXCEPTION = "2F000";

    /** Code 2F002: modifying sql data not permitted. */
    public static final String MODIFYING_SQL_DATA_NOT_PERMITTED = "2F002";

    /** Code 2F003: prohibited sql statement attempted. */
    public static final String PROHIBITED_SQL_STATEMENT_ATTEMPTED = "2F003";

    /** Code 2F004: reading sql data not permitted. */
    public static final String READING_SQL_DATA_NOT_PERMITTED = "2F004";

    /** Code 2F005: function executed no return statement. */
    public static final String FUNCTION_EXECUTED_NO_RETURN_STATEMENT = "2F005";

    /** Code 38000: external routine exception. */
    public static final String EXTERNAL_ROUTINE_EXCEPTION = "38000";

    /** Code 38001: containing sql not permitted. */
    public static final String CONTAINING_SQL_NOT_PERMITTED = "38001";

    /** Code 38002: modifying SQL data not permitted, in an external routine. */
    public static final String EXTERNAL_ROUTINE_MODIFYING_SQL_DATA_NOT_PERMITTED = "38002";

    /** Code 38003: prohibited SQL statement attempted, in an external routine. */
    public static final String EXTERNAL_ROUTINE_PROHIBITED_SQL_STATEMENT_ATTEMPTED = "38003";

    /** Code 38004: reading SQL data not permitted, in an external routine. */
    public static final String EXTERNAL_ROUTINE_READING_SQL_DATA_NOT_PERMITTED = "38004";

    /** Code 39000: external routine invocation exception. */
    public static final String EXTERNAL_ROUTINE_INVOCATION_EXCEPTION = "39000";

    /** Code 39001: invalid sqlstate returned. */
    public static final String INVALID_SQLSTATE_RETURNED = "39001";

    /** Code 39004: null value not allowed, in the invocation of an external routine. */
    public static final String EXTERNAL_ROUTINE_NULL_VALUE_NOT_ALLOWED = "39004";

    /** Code 39P01: trigger protocol violated. */
    public static final String TRIGGER_PROTOCOL_VIOLATED = "39P01";

    /** Code 39P02: srf protocol violated. */
    public static final String SRF_PROTOCOL_VIOLATED = "39P02";

    /** Code 39P03: event trigger protocol violated. */
    public static final String EVENT_TRIGGER_PROTOCOL_VIOLATED = "39P03";

    /** Code 3B000: savepoint exception. */
    public static final String SAVEPOINT_EXCEPTION = "3B000";

    /** Code 3B001: invalid savepoint specification. */
    public static final String INVALID_SAVEPOINT_SPECIFICATION = "3B001";

    /** Code 40000: transaction rollback. */
    public static final String TRANSACTION_ROLLBACK = "40000";

    /** Code 40001: serialization failure. */
    public static final String SERIALIZATION_FAILURE = "40001";

    /** Code 40002: transaction integrity constraint violation. */
    public static final String TRANSACTION_INTEGRITY_CONSTRAINT_VIOLATION = "40002";

    /** Code 40003: statement completion unknown. */
    public static final String STATEMENT_COMPLETION_UNKNOWN = "40003";

    /** Code 40P01: deadlock detected. */
    public static final String DEADLOCK_DETECTED = "40P01";

    private SqlState() {}

    /**
     * The name of a code, as {@code EXCEPTION WHEN} of PL/pgSQL and the manual have it.
     *
     * @param code five characters, such as 23505
     * @return such as {@code unique_violation}; null for a code that PostgreSQL has not given out, such as one that a function made up
     */
    public static @Nullable String conditionName(String code) {
        return ConditionNames.NAMES.get(code);
    }

    /**
     * The code that has a name.
     *
     * @param conditionName in lower case, such as {@code unique_violation}
     * @return five characters, such as 23505: where two codes have the name, the one that {@code RAISE} of PL/pgSQL takes; null if none has
     */
    public static @Nullable String code(String conditionName) {
        return ConditionNames.CODES.get(conditionName);
    }

    /**
     * The class of the exception that is thrown for an error of the server with this code.
     *
     * @param code five characters, such as 23505; it need not be one that PostgreSQL has given out
     * @return such as {@link UniqueViolationException}, and for a code without a class of its own that of the first two characters
     * @throws InterfaceException if it is not five digits or capital letters
     */
    public static Class<? extends DatabaseException> exceptionClass(String code) {
        Diagnostic error = Diagnostic.builder().field('C', code).build();
        if (!error.sqlState().equals(code)) {
            throw new InterfaceException(
                    "\"" + code + "\" is not a SQLSTATE, expected five digits or capital letters, such as 23505");
        }
        return ServerErrors.of(error, null).getClass();
    }
}
