package dev.pgwire.it;

import dev.pgwire.type.Inet;
import dev.pgwire.type.MacAddress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random literals of numbers, text, times, addresses and shapes. */
final class RandomLiterals {
    private RandomLiterals() {}

    /** As many small numbers as large ones. */
    static long whole(Random random, int bits) {
        long value = random.nextLong() >> (64 - bits);
        return value >> random.nextInt(bits);
    }

    static String float4(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Float.toString(Float.intBitsToFloat(random.nextInt()));
            case 1 -> decimal(random, 8, 30);
            default -> Float.toString(random.nextInt(1_000_000) / 100f);
        };
    }

    static String float8(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 1 -> decimal(random, 18, 250);
            default -> Double.toString(random.nextInt(1_000_000) / 100.0);
        };
    }

    static String decimal(Random random, int digits, int exponent) {
        return new BigInteger(random.nextInt(digits * 3) + 1, random).add(BigInteger.ONE) + "e"
                + (random.nextInt(2 * exponent) - exponent);
    }

    static String numeric(Random random) {
        int scale = random.nextInt(60) - 20;
        BigInteger unscaled = new BigInteger(random.nextInt(random.nextInt(10) == 0 ? 1000 : 70), random);
        BigDecimal value = new BigDecimal(unscaled, scale).movePointRight(random.nextInt(3) * 4);
        return (random.nextBoolean() ? value.negate() : value).toPlainString();
    }

    static String text(Random random, int length) {
        StringBuilder out = new StringBuilder();
        for (int left = random.nextInt(length + 1); left > 0; left--) {
            int limit = new int[] {0x80, 0x800, 0x10000, 0x110000}[random.nextInt(4)];
            int c = 1 + random.nextInt(limit - 1);
            out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? ' ' : c);
        }
        return out.toString();
    }

    /** Each part may be missing or have another sign than those before it. */
    static String interval(Random random) {
        String[] parts = {
            whole(random, 28) + " years", whole(random, 20) + " mons", whole(random, 32) + " days", time(random)
        };
        parts[3] = random.nextInt(4) == 0 ? whole(random, 32) + " hours" : (random.nextBoolean() ? "-" : "") + parts[3];
        int kept = 1 + random.nextInt(15);
        return IntStream.range(0, parts.length)
                .filter(i -> (kept >> i & 1) == 1)
                .mapToObj(i -> parts[i])
                .collect(Collectors.joining(" "));
    }

    static String offset(Random random) {
        String sign = random.nextBoolean() ? "+" : "-";
        return switch (random.nextInt(3)) {
            case 0 -> "%s%02d".formatted(sign, random.nextInt(16));
            case 1 -> "%s%02d:%02d".formatted(sign, random.nextInt(16), random.nextInt(60));
            default -> "%s%02d:%02d:%02d".formatted(sign, random.nextInt(16), random.nextInt(60), random.nextInt(60));
        };
    }

    static String bits(Random random, int length) {
        return random.ints(length, 0, 2).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    /** With many zeros, since these decide how an address of IPv6 is printed. */
    static String address(Random random, boolean network) {
        byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
        int prefix = random.nextInt(3) == 0 ? 8 * bytes.length : random.nextInt(8 * bytes.length + 1);
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i += 2) {
            if (random.nextBoolean()) {
                bytes[i] = 0;
                bytes[i + 1] = (byte) random.nextInt(2);
            } else if (random.nextInt(4) == 0) {
                bytes[i] = -1;
                bytes[i + 1] = -1;
            }
        }
        Inet address = Inet.of(bytes, prefix);
        return (network ? address.network() : address).toString();
    }

    static String point(Random random) {
        return "(" + float8(random) + "," + float8(random) + ")";
    }

    static String points(Random random) {
        return Stream.generate(() -> point(random)).limit(1 + random.nextInt(4)).collect(Collectors.joining(","));
    }

    static String path(Random random) {
        return random.nextBoolean() ? "[" + points(random) + "]" : "(" + points(random) + ")";
    }

    /** The first two numbers must not both be nearly zero. */
    static String line(Random random) {
        return "{" + (1 + random.nextInt(1000)) / 8.0 + "," + float8(random) + "," + float8(random) + "}";
    }

    static String mac(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return MacAddress.of(bytes).toString();
    }

    static String bytea(Random random) {
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        StringBuilder out = new StringBuilder("\\x");
        for (byte b : bytes) {
            out.append("%02x".formatted(b & 0xFF));
        }
        return out.toString();
    }

    static String date(Random random) {
        return moment(random, 5_874_897, "");
    }

    static String timestamp(Random random, String offset) {
        return moment(random, 294_276, " " + time(random) + offset);
    }

    /** Half of them near to our days, and as many years before Christ as there can be. */
    static String moment(Random random, int maxYear, String time) {
        if (random.nextInt(50) == 0) {
            return random.nextBoolean() ? "infinity" : "-infinity";
        }
        int year = 1 + random.nextInt(random.nextBoolean() ? 4713 : maxYear);
        String era = year <= 4713 && random.nextInt(4) == 0 ? " BC" : "";
        return "%04d-%02d-%02d%s%s".formatted(year, 1 + random.nextInt(12), 1 + random.nextInt(28), time, era);
    }

    static String time(Random random) {
        int digits = random.nextInt(7);
        String fraction =
                digits == 0 ? "" : ".%06d".formatted(random.nextInt(1_000_000)).substring(0, digits + 1);
        return "%02d:%02d:%02d%s".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60), fraction);
    }
}
