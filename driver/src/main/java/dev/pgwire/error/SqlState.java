package dev.pgwire.error;

/**
 * The SQLSTATE codes that programs ask for most often, under the names that PostgreSQL gives them. Compare them with
 * {@link DatabaseException#sqlState()}; the first two characters of a code are its class.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public final class SqlState {
    /** Code 00000: successful completion. */
    public static final String SUCCESSFUL_COMPLETION = "00000";

    /** Code 01000: warning. */
    public static final String WARNING = "01000";

    /** Code 02000: no data. */
    public static final String NO_DATA = "02000";

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

    /** Code 0A000: feature not supported. */
    public static final String FEATURE_NOT_SUPPORTED = "0A000";

    /** Code 21000: cardinality violation. */
    public static final String CARDINALITY_VIOLATION = "21000";

    /** Code 22000: data exception. */
    public static final String DATA_EXCEPTION = "22000";

    /** Code 22001: string data right truncation. */
    public static final String STRING_DATA_RIGHT_TRUNCATION = "22001";

    /** Code 22003: numeric value out of range. */
    public static final String NUMERIC_VALUE_OUT_OF_RANGE = "22003";

    /** Code 22004: null value not allowed. */
    public static final String NULL_VALUE_NOT_ALLOWED = "22004";

    /** Code 22007: invalid datetime format. */
    public static final String INVALID_DATETIME_FORMAT = "22007";

    /** Code 22008: datetime field overflow. */
    public static final String DATETIME_FIELD_OVERFLOW = "22008";

    /** Code 22012: division by zero. */
    public static final String DIVISION_BY_ZERO = "22012";

    /** Code 22021: character not in repertoire. */
    public static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";

    /** Code 22023: invalid parameter value. */
    public static final String INVALID_PARAMETER_VALUE = "22023";

    /** The data of a COPY is not made as the COPY says. */
    public static final String BAD_COPY_FILE_FORMAT = "22P04";

    /** Code 22P02: invalid text representation. */
    public static final String INVALID_TEXT_REPRESENTATION = "22P02";

    /** Code 22P03: invalid binary representation. */
    public static final String INVALID_BINARY_REPRESENTATION = "22P03";

    /** Code 22P05: untranslatable character. */
    public static final String UNTRANSLATABLE_CHARACTER = "22P05";

    /** Code 23000: integrity constraint violation. */
    public static final String INTEGRITY_CONSTRAINT_VIOLATION = "23000";

    /** Code 23001: restrict violation. */
    public static final String RESTRICT_VIOLATION = "23001";

    /** Code 23502: not null violation. */
    public static final String NOT_NULL_VIOLATION = "23502";

    /** Code 23503: foreign key violation. */
    public static final String FOREIGN_KEY_VIOLATION = "23503";

    /** Code 23505: unique violation. */
    public static final String UNIQUE_VIOLATION = "23505";

    /** Code 23514: check violation. */
    public static final String CHECK_VIOLATION = "23514";

    /** Code 23P01: exclusion violation. */
    public static final String EXCLUSION_VIOLATION = "23P01";

    /** Code 24000: invalid cursor state. */
    public static final String INVALID_CURSOR_STATE = "24000";

    /** Code 25000: invalid transaction state. */
    public static final String INVALID_TRANSACTION_STATE = "25000";

    /** Code 25001: active sql transaction. */
    public static final String ACTIVE_SQL_TRANSACTION = "25001";

    /** Code 25006: read only sql transaction. */
    public static final String READ_ONLY_SQL_TRANSACTION = "25006";

    /** Code 25P01: no active sql transaction. */
    public static final String NO_ACTIVE_SQL_TRANSACTION = "25P01";

    /** Code 25P02: in failed sql transaction. */
    public static final String IN_FAILED_SQL_TRANSACTION = "25P02";

    /** Code 25P03: idle in transaction session timeout. */
    public static final String IDLE_IN_TRANSACTION_SESSION_TIMEOUT = "25P03";

    /** Code 26000: invalid sql statement name. */
    public static final String INVALID_SQL_STATEMENT_NAME = "26000";

    /** Code 28000: invalid authorization specification. */
    public static final String INVALID_AUTHORIZATION_SPECIFICATION = "28000";

    /** Code 28P01: invalid password. */
    public static final String INVALID_PASSWORD = "28P01";

    /** Code 2BP01: dependent objects still exist. */
    public static final String DEPENDENT_OBJECTS_STILL_EXIST = "2BP01";

    /** Code 34000: invalid cursor name. */
    public static final String INVALID_CURSOR_NAME = "34000";

    /** Code 3B001: invalid savepoint specification. */
    public static final String INVALID_SAVEPOINT_SPECIFICATION = "3B001";

    /** Code 3D000: invalid catalog name. */
    public static final String INVALID_CATALOG_NAME = "3D000";

    /** Code 3F000: invalid schema name. */
    public static final String INVALID_SCHEMA_NAME = "3F000";

    /** Code 40000: transaction rollback. */
    public static final String TRANSACTION_ROLLBACK = "40000";

    /** Code 40001: serialization failure. */
    public static final String SERIALIZATION_FAILURE = "40001";

    /** Code 40003: statement completion unknown. */
    public static final String STATEMENT_COMPLETION_UNKNOWN = "40003";

    /** Code 40P01: deadlock detected. */
    public static final String DEADLOCK_DETECTED = "40P01";

    /** Code 42000: syntax error or access rule violation. */
    public static final String SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION = "42000";

    /** Code 42501: insufficient privilege. */
    public static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** Code 42601: syntax error. */
    public static final String SYNTAX_ERROR = "42601";

    /** Code 42702: ambiguous column. */
    public static final String AMBIGUOUS_COLUMN = "42702";

    /** Code 42703: undefined column. */
    public static final String UNDEFINED_COLUMN = "42703";

    /** Code 42704: undefined object. */
    public static final String UNDEFINED_OBJECT = "42704";

    /** Code 42710: duplicate object. */
    public static final String DUPLICATE_OBJECT = "42710";

    /** Code 42804: datatype mismatch. */
    public static final String DATATYPE_MISMATCH = "42804";

    /** Code 42846: cannot coerce. */
    public static final String CANNOT_COERCE = "42846";

    /** Code 42883: undefined function. */
    public static final String UNDEFINED_FUNCTION = "42883";

    /** Code 42P01: undefined table. */
    public static final String UNDEFINED_TABLE = "42P01";

    /** Code 42P02: undefined parameter. */
    public static final String UNDEFINED_PARAMETER = "42P02";

    /** Code 42P05: duplicate prepared statement. */
    public static final String DUPLICATE_PREPARED_STATEMENT = "42P05";

    /** Code 42P07: duplicate table. */
    public static final String DUPLICATE_TABLE = "42P07";

    /** Code 42P18: indeterminate datatype. */
    public static final String INDETERMINATE_DATATYPE = "42P18";

    /** Code 44000: with check option violation. */
    public static final String WITH_CHECK_OPTION_VIOLATION = "44000";

    /** Code 53000: insufficient resources. */
    public static final String INSUFFICIENT_RESOURCES = "53000";

    /** Code 53100: disk full. */
    public static final String DISK_FULL = "53100";

    /** Code 53200: out of memory. */
    public static final String OUT_OF_MEMORY = "53200";

    /** Code 53300: too many connections. */
    public static final String TOO_MANY_CONNECTIONS = "53300";

    /** Code 54000: program limit exceeded. */
    public static final String PROGRAM_LIMIT_EXCEEDED = "54000";

    /** Code 55000: object not in prerequisite state. */
    public static final String OBJECT_NOT_IN_PREREQUISITE_STATE = "55000";

    /** Code 55006: object in use. */
    public static final String OBJECT_IN_USE = "55006";

    /** Code 55P03: lock not available. */
    public static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Code 57000: operator intervention. */
    public static final String OPERATOR_INTERVENTION = "57000";

    /** Code 57014: query canceled. */
    public static final String QUERY_CANCELED = "57014";

    /** Code 57P01: admin shutdown. */
    public static final String ADMIN_SHUTDOWN = "57P01";

    /** Code 57P02: crash shutdown. */
    public static final String CRASH_SHUTDOWN = "57P02";

    /** Code 57P03: cannot connect now. */
    public static final String CANNOT_CONNECT_NOW = "57P03";

    /** Code 57P05: idle session timeout. */
    public static final String IDLE_SESSION_TIMEOUT = "57P05";

    /** Code 58030: io error. */
    public static final String IO_ERROR = "58030";

    /** Code P0001: raise exception. */
    public static final String RAISE_EXCEPTION = "P0001";

    /** Code P0002: no data found. */
    public static final String NO_DATA_FOUND = "P0002";

    /** Code XX000: internal error. */
    public static final String INTERNAL_ERROR = "XX000";

    /** Code XX001: data corrupted. */
    public static final String DATA_CORRUPTED = "XX001";

    private SqlState() {}
}
