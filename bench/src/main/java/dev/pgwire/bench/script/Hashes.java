package dev.pgwire.bench.script;

/** The published hash functions of an integer's eight bytes, and the permutation of a range. */
final class Hashes {
    private static final long FNV_BASIS = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    private static final long MURMUR = 0xC6A4A7935BD1E995L;
    private static final int MURMUR_SHIFT = 47;
    private static final int ROUNDS = 6;

    private Hashes() {}

    /** FNV-1a of 64 bits, the lowest byte first. */
    static long fnv1a(long value, long seed) {
        long hash = FNV_BASIS ^ seed;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            hash = (hash ^ ((value >>> shift) & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }

    /** MurmurHash2 in its form of 64 bits. */
    static long murmur2(long value, long seed) {
        long word = value * MURMUR;
        word = (word ^ (word >>> MURMUR_SHIFT)) * MURMUR;
        long length = Long.BYTES;
        long hash = ((seed ^ (MURMUR * length)) ^ word) * MURMUR;
        hash = (hash ^ (hash >>> MURMUR_SHIFT)) * MURMUR;
        return hash ^ (hash >>> MURMUR_SHIFT);
    }

    /**
     * Where a value goes in a permutation of the numbers from 0 to {@code size - 1} that the seed chooses. Each round has a bijection of the
     * lower part of the range, as long as the greatest power of two in it, one of the upper part, and a shift of the whole.
     */
    static long permuted(long value, long size, long seed) {
        if (size < 2) {
            return 0;
        }
        RandomSource random = new RandomSource(seed);
        int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(size);
        long mask = (1L << bits) - 1;
        long place = Long.remainderUnsigned(value, size);
        for (int round = 0; round < ROUNDS; round++) {
            place = scattered(place, random, bits, mask);
            place = size - 1 - scattered(size - 1 - place, random, bits, mask);
            place = Long.remainderUnsigned(place + random.upTo(size - 1), size);
        }
        return place;
    }

    /** Multiplies by an odd number, changes bits and turns them round by one, if the place is in the part that has all of them. */
    private static long scattered(long place, RandomSource random, int bits, long mask) {
        long factor = (random.nextLong() & mask) | 1;
        long flipped = random.nextLong() & mask;
        if (place > mask) {
            return place;
        }
        long moved = ((place * factor) ^ flipped) & mask;
        return ((moved << 1) & mask) | (moved >>> (bits - 1));
    }
}
