package dev.pgwire.internal.config;

/** Whether passwords and keys are written out. */
public enum Secrets {
    SHOWN,
    MASKED;

    private static final String MASK = "***";

    public String show(Keyword keyword, String value) {
        return this == MASKED && keyword.isSecret() && !value.isEmpty() ? MASK : value;
    }
}
