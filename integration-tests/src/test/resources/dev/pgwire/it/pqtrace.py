"""A session of libpq, whose messages libpq itself writes down: connection string and file are in front of this."""
import ctypes

pq = ctypes.CDLL("libpq.so.5")
libc = ctypes.CDLL(None)
POINTER, TEXT, INT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int


def function(library, name, result, *arguments):
    found = getattr(library, name)
    found.restype, found.argtypes = result, arguments
    return found


connect = function(pq, "PQconnectdb", POINTER, TEXT)
status = function(pq, "PQstatus", INT, POINTER)
message = function(pq, "PQerrorMessage", TEXT, POINTER)
trace = function(pq, "PQtrace", None, POINTER, POINTER)
flags = function(pq, "PQsetTraceFlags", None, POINTER, INT)
untrace = function(pq, "PQuntrace", None, POINTER)
finish = function(pq, "PQfinish", None, POINTER)
execute = function(pq, "PQexec", POINTER, POINTER, TEXT)
prepare = function(pq, "PQprepare", POINTER, POINTER, TEXT, TEXT, INT, POINTER)
run = function(pq, "PQexecPrepared", POINTER, POINTER, TEXT, INT, POINTER, POINTER, POINTER, INT)
describe = function(pq, "PQdescribePrepared", POINTER, POINTER, TEXT)
put = function(pq, "PQputCopyData", INT, POINTER, TEXT, INT)
put_end = function(pq, "PQputCopyEnd", INT, POINTER, TEXT)
get = function(pq, "PQgetCopyData", INT, POINTER, ctypes.POINTER(POINTER), INT)
result = function(pq, "PQgetResult", POINTER, POINTER)
fopen = function(libc, "fopen", POINTER, TEXT, TEXT)
fclose = function(libc, "fclose", INT, POINTER)
print(function(pq, "PQlibVersion", INT)())


def results():
    while result(conn):
        pass


conn = connect(dsn.encode())
assert status(conn) == 0, message(conn)
out = fopen(file.encode(), b"w")
trace(conn, out)
flags(conn, 1)  # without times

execute(conn, b"SELECT 1, 'a', NULL, ''; SELECT 2")
execute(conn, b"")
execute(conn, b"SELECT 1/0")
execute(conn, b"DO $$ BEGIN RAISE NOTICE 'it is said'; END $$")
execute(conn, b"SET application_name = 'another'")
execute(conn, b"LISTEN here")
execute(conn, b"NOTIFY here, 'payload'")
prepare(conn, b"p", b"SELECT $1::int, $2::text FROM generate_series(1, 3)", 0, None)
describe(conn, b"p")
values = (TEXT * 2)(b"42", None)
run(conn, b"p", 2, values, None, None, 0)
run(conn, b"p", 2, values, None, None, 1)
run(conn, b"p", 2, (TEXT * 2)(b"no number", b"x"), None, None, 0)
execute(conn, b"CREATE TEMP TABLE t (a int)")
execute(conn, b"COPY t FROM STDIN")
put(conn, b"1\n", 2)
put(conn, b"2\n", 2)
put_end(conn, None)
results()
execute(conn, b"COPY t FROM STDIN")
put_end(conn, b"thought better of it")
results()
execute(conn, b"COPY t TO STDOUT")
data = POINTER()
while get(conn, ctypes.byref(data), 0) > 0:
    pass
results()
execute(conn, b"SELECT repeat('x', 100000)")

untrace(conn)
fclose(out)
finish(conn)
