package dev.pgwire.error;

/** The codes of the server and its resources, of foreign data, and of PL/pgSQL: classes 53 to 58, 72, F0, HV, P0 and XX. */
abstract sealed class SystemStates extends StatementStates permits SqlState {
    /** Code 53000: insufficient resources. */
    public static final String INSUFFICIENT_RESOURCES = "53000";

    /** Code 53100: disk full. */
    public static final String DISK_FULL = "53100";

    /** Code 53200: out of memory. */
    public static final String OUT_OF_MEMORY = "53200";

    /** Code 53300: too many connections. */
    public static final String TOO_MANY_CONNECTIONS = "53300";

    /** Code 53400: configuration limit exceeded. */
    public static final String CONFIGURATION_LIMIT_EXCEEDED = "53400";

    /** Code 54000: program limit exceeded. */
    public static final String PROGRAM_LIMIT_EXCEEDED = "54000";

    /** Code 54001: statement too complex. */
    public static final String STATEMENT_TOO_COMPLEX = "54001";

    /** Code 54011: too many columns. */
    public static final String TOO_MANY_COLUMNS = "54011";

    /** Code 54023: too many arguments. */
    public static final String TOO_MANY_ARGUMENTS = "54023";

    /** Code 55000: object not in prerequisite state. */
    public static final String OBJECT_NOT_IN_PREREQUISITE_STATE = "55000";

    /** Code 55006: object in use. */
    public static final String OBJECT_IN_USE = "55006";

    /** Code 55P02: cant change runtime param. */
    public static final String CANT_CHANGE_RUNTIME_PARAM = "55P02";

    /** Code 55P03: lock not available. */
    public static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Code 55P04: unsafe new enum value usage. */
    public static final String UNSAFE_NEW_ENUM_VALUE_USAGE = "55P04";

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

    /** Code 57P04: database dropped. */
    public static final String DATABASE_DROPPED = "57P04";

    /** Code 57P05: idle session timeout. */
    public static final String IDLE_SESSION_TIMEOUT = "57P05";

    /** Code 58000: system error. */
    public static final String SYSTEM_ERROR = "58000";

    /** Code 58030: io error. */
    public static final String IO_ERROR = "58030";

    /** Code 58P01: undefined file. */
    public static final String UNDEFINED_FILE = "58P01";

    /** Code 58P02: duplicate file. */
    public static final String DUPLICATE_FILE = "58P02";

    /** Code 58P03: file name too long, of PostgreSQL 18 and later. */
    public static final String FILE_NAME_TOO_LONG = "58P03";

    /** Code 72000: snapshot too old, of servers before 17. */
    public static final String SNAPSHOT_TOO_OLD = "72000";

    /** Code F0000: config file error. */
    public static final String CONFIG_FILE_ERROR = "F0000";

    /** Code F0001: lock file exists. */
    public static final String LOCK_FILE_EXISTS = "F0001";

    /** Code HV000: fdw error. */
    public static final String FDW_ERROR = "HV000";

    /** Code HV001: fdw out of memory. */
    public static final String FDW_OUT_OF_MEMORY = "HV001";

    /** Code HV002: fdw dynamic parameter value needed. */
    public static final String FDW_DYNAMIC_PARAMETER_VALUE_NEEDED = "HV002";

    /** Code HV004: fdw invalid data type. */
    public static final String FDW_INVALID_DATA_TYPE = "HV004";

    /** Code HV005: fdw column name not found. */
    public static final String FDW_COLUMN_NAME_NOT_FOUND = "HV005";

    /** Code HV006: fdw invalid data type descriptors. */
    public static final String FDW_INVALID_DATA_TYPE_DESCRIPTORS = "HV006";

    /** Code HV007: fdw invalid column name. */
    public static final String FDW_INVALID_COLUMN_NAME = "HV007";

    /** Code HV008: fdw invalid column number. */
    public static final String FDW_INVALID_COLUMN_NUMBER = "HV008";

    /** Code HV009: fdw invalid use of null pointer. */
    public static final String FDW_INVALID_USE_OF_NULL_POINTER = "HV009";

    /** Code HV00A: fdw invalid string format. */
    public static final String FDW_INVALID_STRING_FORMAT = "HV00A";

    /** Code HV00B: fdw invalid handle. */
    public static final String FDW_INVALID_HANDLE = "HV00B";

    /** Code HV00C: fdw invalid option index. */
    public static final String FDW_INVALID_OPTION_INDEX = "HV00C";

    /** Code HV00D: fdw invalid option name. */
    public static final String FDW_INVALID_OPTION_NAME = "HV00D";

    /** Code HV00J: fdw option name not found. */
    public static final String FDW_OPTION_NAME_NOT_FOUND = "HV00J";

    /** Code HV00K: fdw reply handle. */
    public static final String FDW_REPLY_HANDLE = "HV00K";

    /** Code HV00L: fdw unable to create execution. */
    public static final String FDW_UNABLE_TO_CREATE_EXECUTION = "HV00L";

    /** Code HV00M: fdw unable to create reply. */
    public static final String FDW_UNABLE_TO_CREATE_REPLY = "HV00M";

    /** Code HV00N: fdw unable to establish connection. */
    public static final String FDW_UNABLE_TO_ESTABLISH_CONNECTION = "HV00N";

    /** Code HV00P: fdw no schemas. */
    public static final String FDW_NO_SCHEMAS = "HV00P";

    /** Code HV00Q: fdw schema not found. */
    public static final String FDW_SCHEMA_NOT_FOUND = "HV00Q";

    /** Code HV00R: fdw table not found. */
    public static final String FDW_TABLE_NOT_FOUND = "HV00R";

    /** Code HV010: fdw function sequence error. */
    public static final String FDW_FUNCTION_SEQUENCE_ERROR = "HV010";

    /** Code HV014: fdw too many handles. */
    public static final String FDW_TOO_MANY_HANDLES = "HV014";

    /** Code HV021: fdw inconsistent descriptor information. */
    public static final String FDW_INCONSISTENT_DESCRIPTOR_INFORMATION = "HV021";

    /** Code HV024: fdw invalid attribute value. */
    public static final String FDW_INVALID_ATTRIBUTE_VALUE = "HV024";

    /** Code HV090: fdw invalid string length or buffer length. */
    public static final String FDW_INVALID_STRING_LENGTH_OR_BUFFER_LENGTH = "HV090";

    /** Code HV091: fdw invalid descriptor field identifier. */
    public static final String FDW_INVALID_DESCRIPTOR_FIELD_IDENTIFIER = "HV091";

    /** Code P0000: plpgsql error. */
    public static final String PLPGSQL_ERROR = "P0000";

    /** Code P0001: raise exception. */
    public static final String RAISE_EXCEPTION = "P0001";

    /** Code P0002: no data found. */
    public static final String NO_DATA_FOUND = "P0002";

    /** Code P0003: too many rows. */
    public static final String TOO_MANY_ROWS = "P0003";

    /** Code P0004: assert failure. */
    public static final String ASSERT_FAILURE = "P0004";

    /** Code XX000: internal error. */
    public static final String INTERNAL_ERROR = "XX000";

    /** Code XX001: data corrupted. */
    public static final String DATA_CORRUPTED = "XX001";

    /** Code XX002: index corrupted. */
    public static final String INDEX_CORRUPTED = "XX002";

    SystemStates() {}
}
