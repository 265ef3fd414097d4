"""Logins by libpq, whose messages libpq itself writes down from the first one on.

In front of this: the file of the library, the file for the trace, connection strings, and what each connection does.
"""
import ctypes
import select

pq = ctypes.CDLL(library)
libc = ctypes.CDLL(None)
POINTER, TEXT, INT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
COPY_BOTH = 8


def function(library, name, result, *arguments):
    found = getattr(library, name)
    found.restype, found.argtypes = result, arguments
    return found


start = function(pq, "PQconnectStart", POINTER, TEXT)
poll = function(pq, "PQconnectPoll", INT, POINTER)
socket = function(pq, "PQsocket", INT, POINTER)
trace = function(pq, "PQtrace", None, POINTER, POINTER)
flags = function(pq, "PQsetTraceFlags", None, POINTER, INT)
untrace = function(pq, "PQuntrace", None, POINTER)
finish = function(pq, "PQfinish", None, POINTER)
execute = function(pq, "PQexec", POINTER, POINTER, TEXT)
status = function(pq, "PQresultStatus", INT, POINTER)
put = function(pq, "PQputCopyData", INT, POINTER, TEXT, INT)
put_end = function(pq, "PQputCopyEnd", INT, POINTER, TEXT)
get = function(pq, "PQgetCopyData", INT, POINTER, ctypes.POINTER(POINTER), INT)
result = function(pq, "PQgetResult", POINTER, POINTER)
message = function(pq, "PQerrorMessage", TEXT, POINTER)
fopen = function(libc, "fopen", POINTER, TEXT, TEXT)
fclose = function(libc, "fclose", INT, POINTER)
print(function(pq, "PQlibVersion", INT)())

out = fopen(file.encode(), b"w")


def follow(conn):
    """Takes a word of the server's, tells it how far it was read, and ends."""
    data = POINTER()
    assert get(conn, ctypes.byref(data), 0) > 0, message(conn)
    update = b"r" + bytes(32) + b"\0"
    assert put(conn, update, len(update)) == 1, message(conn)
    assert put_end(conn, None) == 1, message(conn)
    while get(conn, ctypes.byref(data), 0) > 0:
        pass
    while result(conn):
        pass


for dsn, statements in connections:
    conn = start(dsn.encode())
    trace(conn, out)
    flags(conn, 1)  # without times
    wanted = 2
    while wanted in (1, 2):
        fd = socket(conn)
        select.select([fd] if wanted == 1 else [], [fd] if wanted == 2 else [], [], 60)
        wanted = poll(conn)
    if wanted != 3:
        print(message(conn).decode())
    for statement in statements if wanted == 3 else []:
        if status(execute(conn, statement.encode())) == COPY_BOTH:
            follow(conn)
    untrace(conn)
    finish(conn)

fclose(out)
