package dev.pgwire.internal.registry;

import dev.pgwire.type.PgType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types that every server has. Their oids never change between versions. Source: PostgreSQL's catalogs
 * {@code pg_type.dat} and {@code pg_range.dat}.
 */
final class BuiltinTypes {
    private static final String CATALOG = "pg_catalog";

    /** Oid, name, oid of the array type (0 when there is none). */
    private static final String BASES = """
            16 bool 1000; 17 bytea 1001; 18 char 1002; 19 name 1003; 20 int8 1016; 21 int2 1005;
            22 int2vector 1006; 23 int4 1007; 24 regproc 1008; 25 text 1009; 26 oid 1028; 27 tid 1010;
            28 xid 1011; 29 cid 1012; 30 oidvector 1013; 114 json 199; 142 xml 143;
            194 pg_node_tree 0; 600 point 1017; 601 lseg 1018;
            602 path 1019; 603 box 1020; 604 polygon 1027; 628 line 629; 650 cidr 651; 700 float4 1021;
            701 float8 1022; 718 circle 719; 774 macaddr8 775; 790 money 791; 829 macaddr 1040;
            869 inet 1041; 1033 aclitem 1034; 1042 bpchar 1014; 1043 varchar 1015; 1082 date 1182;
            1083 time 1183; 1114 timestamp 1115; 1184 timestamptz 1185; 1186 interval 1187; 1266 timetz 1270;
            1560 bit 1561; 1562 varbit 1563; 1700 numeric 1231; 1790 refcursor 2201; 2202 regprocedure 2207;
            2203 regoper 2208; 2204 regoperator 2209; 2205 regclass 2210; 2206 regtype 2211; 2950 uuid 2951;
            2970 txid_snapshot 2949; 3220 pg_lsn 3221;
            3361 pg_ndistinct 0; 3402 pg_dependencies 0; 3614 tsvector 3643; 3615 tsquery 3645;
            3642 gtsvector 3644; 3734 regconfig 3735; 3769 regdictionary 3770; 3802 jsonb 3807;
            4072 jsonpath 4073; 4089 regnamespace 4090; 4096 regrole 4097; 4191 regcollation 4192;
            4600 pg_brin_bloom_summary 0; 4601 pg_brin_minmax_multi_summary 0;
            5017 pg_mcv_list 0; 5038 pg_snapshot 5039; 5069 xid8 271
            """;

    private static final String PSEUDO = """
            32 pg_ddl_command 0; 269 table_am_handler 0; 325 index_am_handler 0; 705 unknown 0; 2249 record 2287;
            2275 cstring 1263; 2276 any 0; 2277 anyarray 0; 2278 void 0; 2279 trigger 0;
            2280 language_handler 0; 2281 internal 0; 2283 anyelement 0; 2776 anynonarray 0;
            3115 fdw_handler 0; 3310 tsm_handler 0; 3500 anyenum 0; 3831 anyrange 0; 3838 event_trigger 0;
            4537 anymultirange 0; 4538 anycompatiblemultirange 0; 5077 anycompatible 0;
            5078 anycompatiblearray 0; 5079 anycompatiblenonarray 0; 5080 anycompatiblerange 0
            """;

    /** Oid, name, oid of the array type, oid of the subtype. */
    private static final String RANGES = """
            3904 int4range 3905 23; 3906 numrange 3907 1700; 3908 tsrange 3909 1114; 3910 tstzrange 3911 1184;
            3912 daterange 3913 1082; 3926 int8range 3927 20
            """;

    /** Oid, name, oid of the array type, oid of the range. */
    private static final String MULTIRANGES = """
            4451 int4multirange 6150 3904; 4532 nummultirange 6151 3906; 4533 tsmultirange 6152 3908;
            4534 tstzmultirange 6153 3910; 4535 datemultirange 6155 3912; 4536 int8multirange 6157 3926
            """;

    private static final Map<Integer, PgType> TYPES = read();

    private BuiltinTypes() {}

    static @Nullable PgType of(int oid) {
        return TYPES.get(oid);
    }

    private static Map<Integer, PgType> read() {
        Map<Integer, PgType> types = new HashMap<>(512);
        for (String[] row : rows(BASES)) {
            add(types, row, new PgType.Base(Integer.parseInt(row[0]), CATALOG, row[1]));
        }
        for (String[] row : rows(PSEUDO)) {
            add(types, row, new PgType.Pseudo(Integer.parseInt(row[0]), CATALOG, row[1]));
        }
        for (String[] row : rows(RANGES)) {
            add(types, row, new PgType.Range(Integer.parseInt(row[0]), CATALOG, row[1], known(types, row[3])));
        }
        for (String[] row : rows(MULTIRANGES)) {
            PgType.Range range = (PgType.Range) known(types, row[3]);
            add(types, row, new PgType.Multirange(Integer.parseInt(row[0]), CATALOG, row[1], range));
        }
        return types;
    }

    private static String[][] rows(String table) {
        String[] rows = table.strip().split("\\s*[;\n]\\s*");
        String[][] columns = new String[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            columns[i] = rows[i].split(" ");
        }
        return columns;
    }

    private static PgType known(Map<Integer, PgType> types, String oid) {
        PgType type = types.get(Integer.valueOf(oid));
        if (type == null) {
            throw new IllegalStateException("type " + oid + " is not in the table");
        }
        return type;
    }

    private static void add(Map<Integer, PgType> types, String[] row, PgType type) {
        types.put((int) type.oid(), type);
        int array = Integer.parseInt(row[2]);
        if (array != 0) {
            char delimiter = type.name().equals("box") ? ';' : ',';
            types.put(array, new PgType.Array(array, CATALOG, "_" + type.name(), type, delimiter));
        }
    }
}
