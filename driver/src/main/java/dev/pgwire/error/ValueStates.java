package dev.pgwire.error;

/** The codes of values and of constraints: classes 22 and 23. */
abstract sealed class ValueStates permits StatementStates {
    /** Code 22000: data exception. */
    public static final String DATA_EXCEPTION = "22000";

    /** Code 22001: string data right truncation. */
    public static final String STRING_DATA_RIGHT_TRUNCATION = "22001";

    /** Code 22002: null value no indicator parameter. */
    public static final String NULL_VALUE_NO_INDICATOR_PARAMETER = "22002";

    /** Code 22003: numeric value out of range. */
    public static final String NUMERIC_VALUE_OUT_OF_RANGE = "22003";

    /** Code 22004: null value not allowed. */
    public static final String NULL_VALUE_NOT_ALLOWED = "22004";

    /** Code 22005: error in assignment. */
    public static final String ERROR_IN_ASSIGNMENT = "22005";

    /** Code 22007: invalid datetime format. */
    public static final String INVALID_DATETIME_FORMAT = "22007";

    /** Code 22008: datetime field overflow. */
    public static final String DATETIME_FIELD_OVERFLOW = "22008";

    /** Code 22009: invalid time zone displacement value. */
    public static final String INVALID_TIME_ZONE_DISPLACEMENT_VALUE = "22009";

    /** Code 2200B: escape character conflict. */
    public static final String ESCAPE_CHARACTER_CONFLICT = "2200B";

    /** Code 2200C: invalid use of escape character. */
    public static final String INVALID_USE_OF_ESCAPE_CHARACTER = "2200C";

    /** Code 2200D: invalid escape octet. */
    public static final String INVALID_ESCAPE_OCTET = "2200D";

    /** Code 2200F: zero length character string. */
    public static final String ZERO_LENGTH_CHARACTER_STRING = "2200F";

    /** Code 2200G: most specific type mismatch. */
    public static final String MOST_SPECIFIC_TYPE_MISMATCH = "2200G";

    /** Code 2200H: sequence generator limit exceeded. */
    public static final String SEQUENCE_GENERATOR_LIMIT_EXCEEDED = "2200H";

    /** Code 2200L: not an xml document. */
    public static final String NOT_AN_XML_DOCUMENT = "2200L";

    /** Code 2200M: invalid xml document. */
    public static final String INVALID_XML_DOCUMENT = "2200M";

    /** Code 2200N: invalid xml content. */
    public static final String INVALID_XML_CONTENT = "2200N";

    /** Code 2200S: invalid xml comment. */
    public static final String INVALID_XML_COMMENT = "2200S";

    /** Code 2200T: invalid xml processing instruction. */
    public static final String INVALID_XML_PROCESSING_INSTRUCTION = "2200T";

    /** Code 22010: invalid indicator parameter value. */
    public static final String INVALID_INDICATOR_PARAMETER_VALUE = "22010";

    /** Code 22011: substring error. */
    public static final String SUBSTRING_ERROR = "22011";

    /** Code 22012: division by zero. */
    public static final String DIVISION_BY_ZERO = "22012";

    /** Code 22013: invalid preceding or following size. */
    public static final String INVALID_PRECEDING_OR_FOLLOWING_SIZE = "22013";

    /** Code 22014: invalid argument for ntile function. */
    public static final String INVALID_ARGUMENT_FOR_NTILE_FUNCTION = "22014";

    /** Code 22015: interval field overflow. */
    public static final String INTERVAL_FIELD_OVERFLOW = "22015";

    /** Code 22016: invalid argument for nth value function. */
    public static final String INVALID_ARGUMENT_FOR_NTH_VALUE_FUNCTION = "22016";

    /** Code 22018: invalid character value for cast. */
    public static final String INVALID_CHARACTER_VALUE_FOR_CAST = "22018";

    /** Code 22019: invalid escape character. */
    public static final String INVALID_ESCAPE_CHARACTER = "22019";

    /** Code 2201B: invalid regular expression. */
    public static final String INVALID_REGULAR_EXPRESSION = "2201B";

    /** Code 2201E: invalid argument for logarithm. */
    public static final String INVALID_ARGUMENT_FOR_LOGARITHM = "2201E";

    /** Code 2201F: invalid argument for power function. */
    public static final String INVALID_ARGUMENT_FOR_POWER_FUNCTION = "2201F";

    /** Code 2201G: invalid argument for width bucket function. */
    public static final String INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION = "2201G";

    /** Code 2201W: invalid row count in limit clause. */
    public static final String INVALID_ROW_COUNT_IN_LIMIT_CLAUSE = "2201W";

    /** Code 2201X: invalid row count in result offset clause. */
    public static final String INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE = "2201X";

    /** Code 22021: character not in repertoire. */
    public static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";

    /** Code 22022: indicator overflow. */
    public static final String INDICATOR_OVERFLOW = "22022";

    /** Code 22023: invalid parameter value. */
    public static final String INVALID_PARAMETER_VALUE = "22023";

    /** Code 22024: unterminated c string. */
    public static final String UNTERMINATED_C_STRING = "22024";

    /** Code 22025: invalid escape sequence. */
    public static final String INVALID_ESCAPE_SEQUENCE = "22025";

    /** Code 22026: string data length mismatch. */
    public static final String STRING_DATA_LENGTH_MISMATCH = "22026";

    /** Code 22027: trim error. */
    public static final String TRIM_ERROR = "22027";

    /** Code 2202E: array subscript error. */
    public static final String ARRAY_SUBSCRIPT_ERROR = "2202E";

    /** Code 2202G: invalid tablesample repeat. */
    public static final String INVALID_TABLESAMPLE_REPEAT = "2202G";

    /** Code 2202H: invalid tablesample argument. */
    public static final String INVALID_TABLESAMPLE_ARGUMENT = "2202H";

    /** Code 22030: duplicate json object key value. */
    public static final String DUPLICATE_JSON_OBJECT_KEY_VALUE = "22030";

    /** Code 22031: invalid argument for sql json datetime function. */
    public static final String INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION = "22031";

    /** Code 22032: invalid json text. */
    public static final String INVALID_JSON_TEXT = "22032";

    /** Code 22033: invalid sql json subscript. */
    public static final String INVALID_SQL_JSON_SUBSCRIPT = "22033";

    /** Code 22034: more than one sql json item. */
    public static final String MORE_THAN_ONE_SQL_JSON_ITEM = "22034";

    /** Code 22035: no sql json item. */
    public static final String NO_SQL_JSON_ITEM = "22035";

    /** Code 22036: non numeric sql json item. */
    public static final String NON_NUMERIC_SQL_JSON_ITEM = "22036";

    /** Code 22037: non unique keys in a json object. */
    public static final String NON_UNIQUE_KEYS_IN_A_JSON_OBJECT = "22037";

    /** Code 22038: singleton sql json item required. */
    public static final String SINGLETON_SQL_JSON_ITEM_REQUIRED = "22038";

    /** Code 22039: sql json array not found. */
    public static final String SQL_JSON_ARRAY_NOT_FOUND = "22039";

    /** Code 2203A: sql json member not found. */
    public static final String SQL_JSON_MEMBER_NOT_FOUND = "2203A";

    /** Code 2203B: sql json number not found. */
    public static final String SQL_JSON_NUMBER_NOT_FOUND = "2203B";

    /** Code 2203C: sql json object not found. */
    public static final String SQL_JSON_OBJECT_NOT_FOUND = "2203C";

    /** Code 2203D: too many json array elements. */
    public static final String TOO_MANY_JSON_ARRAY_ELEMENTS = "2203D";

    /** Code 2203E: too many json object members. */
    public static final String TOO_MANY_JSON_OBJECT_MEMBERS = "2203E";

    /** Code 2203F: sql json scalar required. */
    public static final String SQL_JSON_SCALAR_REQUIRED = "2203F";

    /** Code 2203G: sql json item cannot be cast to target type. */
    public static final String SQL_JSON_ITEM_CANNOT_BE_CAST_TO_TARGET_TYPE = "2203G";

    /** Code 22P01: floating point exception. */
    public static final String FLOATING_POINT_EXCEPTION = "22P01";

    /** Code 22P02: invalid text representation. */
    public static final String INVALID_TEXT_REPRESENTATION = "22P02";

    /** Code 22P03: invalid binary representation. */
    public static final String INVALID_BINARY_REPRESENTATION = "22P03";

    /** The data of a COPY is not made as the COPY says. */
    public static final String BAD_COPY_FILE_FORMAT = "22P04";

    /** Code 22P05: untranslatable character. */
    public static final String UNTRANSLATABLE_CHARACTER = "22P05";

    /** Code 22P06: nonstandard use of escape character. */
    public static final String NONSTANDARD_USE_OF_ESCAPE_CHARACTER = "22P06";

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

    ValueStates() {}
}
