package dev.pgwire.config;

/** A way of authentication that a server may ask for. */
public enum AuthMethod implements Choice {
    /** The server asks for nothing. */
    NONE("none"),
    /** The password itself. */
    PASSWORD("password"),
    /** A hash of the password. */
    MD5("md5"),
    /** Kerberos by GSSAPI. */
    GSS("gss"),
    /** Kerberos or NTLM of Windows. */
    SSPI("sspi"),
    /** SCRAM, with or without channel binding. */
    SCRAM_SHA_256("scram-sha-256"),
    /** A bearer token. */
    OAUTH("oauth");

    private final String text;

    AuthMethod(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
