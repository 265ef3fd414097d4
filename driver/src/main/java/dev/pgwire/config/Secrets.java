package dev.pgwire.config;

/** Whether passwords and keys are written out. */
enum Secrets {
    SHOWN,
    MASKED;

    private static final String MASK = "***";

    String show(Keyword keyword, String value) {
        return this == MASKED && keyword.isSecret() && !value.isEmpty() ? MASK : value;
    }
}
