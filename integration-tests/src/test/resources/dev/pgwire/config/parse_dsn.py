# Parses connection strings by libpq: one in hexadecimal digits per line of the standard input. The first line that comes out
# is the version of libpq, then comes a line for each: ! if it is refused, else its keyword=value pairs, the values in hexadecimal.
import sys
from psycopg2 import extensions

print(extensions.libpq_version())
for line in sys.stdin:
    dsn = bytes.fromhex(line.strip()).decode()
    try:
        values = extensions.parse_dsn(dsn)
        print(" ".join(k + "=" + v.encode().hex() for k, v in sorted(values.items())))
    except Exception:
        print("!")
