package dev.pgwire.bench.script;

/** Integers of a range that are not equally likely, as the manual of pgbench defines them. */
final class Distributions {
    static final double LEAST_GAUSSIAN = 2.0;
    static final double LEAST_ZIPFIAN = 1.001;
    static final double MOST_ZIPFIAN = 1000.0;

    private Distributions() {}

    /** The density falls by {@code exp(-parameter)} over the range. */
    static long exponential(RandomSource random, long least, long most, double parameter) {
        if (!(parameter > 0)) {
            throw new ScriptException("the parameter of an exponential distribution is " + DoubleText.of(parameter)
                    + ", expected more than 0");
        }
        double cut = Math.exp(-parameter);
        double uniform = 1 - random.nextDouble();
        return place(least, most, -Math.log(cut + (1 - cut) * uniform) / parameter);
    }

    /** A normal distribution that is cut off at {@code parameter} deviations to either side. */
    static long gaussian(RandomSource random, long least, long most, double parameter) {
        if (!(parameter >= LEAST_GAUSSIAN)) {
            throw new ScriptException("the parameter of a Gaussian distribution is " + DoubleText.of(parameter)
                    + ", expected at least 2.0");
        }
        double deviations;
        do {
            double radius = 1 - random.nextDouble();
            double angle = 1 - random.nextDouble();
            deviations = Math.sqrt(-2 * Math.log(radius)) * Math.sin(2 * Math.PI * angle);
        } while (deviations < -parameter || deviations >= parameter);
        return place(least, most, (deviations + parameter) / (2 * parameter));
    }

    /** A share of a range, which is at least 0 and less than 1. */
    private static long place(long least, long most, double share) {
        return least + (long) ((most - least + 1) * share);
    }

    /** The first is drawn most often: by rejection, Devroye, Non-Uniform Random Variate Generation, page 550. */
    static long zipfian(RandomSource random, long least, long most, double parameter) {
        if (!(parameter >= LEAST_ZIPFIAN && parameter <= MOST_ZIPFIAN)) {
            throw new ScriptException("the parameter of a Zipfian distribution is " + DoubleText.of(parameter)
                    + ", expected 1.001 to 1000");
        }
        long count = most - least + 1;
        if (count <= 1) {
            return least;
        }
        double power = parameter - 1;
        double bound = Math.pow(2, power);
        while (true) {
            double first = random.nextDouble();
            double second = random.nextDouble();
            double drawn = Math.floor(Math.pow(first, -1 / power));
            double ratio = Math.pow(1 + 1 / drawn, power);
            if (drawn <= count && second * drawn * (ratio - 1) / (bound - 1) <= ratio / bound) {
                return least - 1 + (long) drawn;
            }
        }
    }
}
