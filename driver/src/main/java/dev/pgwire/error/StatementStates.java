package dev.pgwire.error;

/** The codes of what a statement says, and of what it names: classes 20, 21, 26, 34, 3D, 3F, 42 and 44. */
abstract sealed class StatementStates extends ValueStates permits SystemStates {
    /** Code 20000: case not found. */
    public static final String CASE_NOT_FOUND = "20000";

    /** Code 21000: cardinality violation. */
    public static final String CARDINALITY_VIOLATION = "21000";

    /** Code 26000: invalid sql statement name. */
    public static final String INVALID_SQL_STATEMENT_NAME = "26000";

    /** Code 34000: invalid cursor name. */
    public static final String INVALID_CURSOR_NAME = "34000";

    /** Code 3D000: invalid catalog name. */
    public static final String INVALID_CATALOG_NAME = "3D000";

    /** Code 3F000: invalid schema name. */
    public static final String INVALID_SCHEMA_NAME = "3F000";

    /** Code 42000: syntax error or access rule violation. */
    public static final String SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION = "42000";

    /** Code 42501: insufficient privilege. */
    public static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** Code 42601: syntax error. */
    public static final String SYNTAX_ERROR = "42601";

    /** Code 42602: invalid name. */
    public static final String INVALID_NAME = "42602";

    /** Code 42611: invalid column definition. */
    public static final String INVALID_COLUMN_DEFINITION = "42611";

    /** Code 42622: name too long. */
    public static final String NAME_TOO_LONG = "42622";

    /** Code 42701: duplicate column. */
    public static final String DUPLICATE_COLUMN = "42701";

    /** Code 42702: ambiguous column. */
    public static final String AMBIGUOUS_COLUMN = "42702";

    /** Code 42703: undefined column. */
    public static final String UNDEFINED_COLUMN = "42703";

    /** Code 42704: undefined object. */
    public static final String UNDEFINED_OBJECT = "42704";

    /** Code 42710: duplicate object. */
    public static final String DUPLICATE_OBJECT = "42710";

    /** Code 42712: duplicate alias. */
    public static final String DUPLICATE_ALIAS = "42712";

    /** Code 42723: duplicate function. */
    public static final String DUPLICATE_FUNCTION = "42723";

    /** Code 42725: ambiguous function. */
    public static final String AMBIGUOUS_FUNCTION = "42725";

    /** Code 42803: grouping error. */
    public static final String GROUPING_ERROR = "42803";

    /** Code 42804: datatype mismatch. */
    public static final String DATATYPE_MISMATCH = "42804";

    /** Code 42809: wrong object type. */
    public static final String WRONG_OBJECT_TYPE = "42809";

    /** Code 42830: invalid foreign key. */
    public static final String INVALID_FOREIGN_KEY = "42830";

    /** Code 42846: cannot coerce. */
    public static final String CANNOT_COERCE = "42846";

    /** Code 42883: undefined function. */
    public static final String UNDEFINED_FUNCTION = "42883";

    /** Code 428C9: generated always. */
    public static final String GENERATED_ALWAYS = "428C9";

    /** Code 42939: reserved name. */
    public static final String RESERVED_NAME = "42939";

    /** Code 42P01: undefined table. */
    public static final String UNDEFINED_TABLE = "42P01";

    /** Code 42P02: undefined parameter. */
    public static final String UNDEFINED_PARAMETER = "42P02";

    /** Code 42P03: duplicate cursor. */
    public static final String DUPLICATE_CURSOR = "42P03";

    /** Code 42P04: duplicate database. */
    public static final String DUPLICATE_DATABASE = "42P04";

    /** Code 42P05: duplicate prepared statement. */
    public static final String DUPLICATE_PREPARED_STATEMENT = "42P05";

    /** Code 42P06: duplicate schema. */
    public static final String DUPLICATE_SCHEMA = "42P06";

    /** Code 42P07: duplicate table. */
    public static final String DUPLICATE_TABLE = "42P07";

    /** Code 42P08: ambiguous parameter. */
    public static final String AMBIGUOUS_PARAMETER = "42P08";

    /** Code 42P09: ambiguous alias. */
    public static final String AMBIGUOUS_ALIAS = "42P09";

    /** Code 42P10: invalid column reference. */
    public static final String INVALID_COLUMN_REFERENCE = "42P10";

    /** Code 42P11: invalid cursor definition. */
    public static final String INVALID_CURSOR_DEFINITION = "42P11";

    /** Code 42P12: invalid database definition. */
    public static final String INVALID_DATABASE_DEFINITION = "42P12";

    /** Code 42P13: invalid function definition. */
    public static final String INVALID_FUNCTION_DEFINITION = "42P13";

    /** Code 42P14: invalid prepared statement definition. */
    public static final String INVALID_PREPARED_STATEMENT_DEFINITION = "42P14";

    /** Code 42P15: invalid schema definition. */
    public static final String INVALID_SCHEMA_DEFINITION = "42P15";

    /** Code 42P16: invalid table definition. */
    public static final String INVALID_TABLE_DEFINITION = "42P16";

    /** Code 42P17: invalid object definition. */
    public static final String INVALID_OBJECT_DEFINITION = "42P17";

    /** Code 42P18: indeterminate datatype. */
    public static final String INDETERMINATE_DATATYPE = "42P18";

    /** Code 42P19: invalid recursion. */
    public static final String INVALID_RECURSION = "42P19";

    /** Code 42P20: windowing error. */
    public static final String WINDOWING_ERROR = "42P20";

    /** Code 42P21: collation mismatch. */
    public static final String COLLATION_MISMATCH = "42P21";

    /** Code 42P22: indeterminate collation. */
    public static final String INDETERMINATE_COLLATION = "42P22";

    /** Code 44000: with check option violation. */
    public static final String WITH_CHECK_OPTION_VIOLATION = "44000";

    StatementStates() {}
}
