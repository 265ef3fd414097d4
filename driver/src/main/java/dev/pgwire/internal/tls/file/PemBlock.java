package dev.pgwire.internal.tls.file;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a BEGIN and an END line (RFC 7468, RFC 1421).
 *
 * @param label what the BEGIN line says it is
 * @param dekInfo how it is encrypted in the manner of RFC 1421, or null if it is not
 * @param content the bytes
 */
public record PemBlock(String label, @Nullable String dekInfo, byte[] content) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USE = "2.5.29.37.0";
    private static final String TRUSTED = "TRUSTED CERTIFICATE";
    private static final String DASHES = "-----";
    private static final String DEK_INFO = "DEK-Info:";

    /** All blocks of a file, in order; what stands between them is a comment. */
    public static List<PemBlock> read(byte[] file) throws GeneralSecurityException {
        List<PemBlock> blocks = new ArrayList<>();
        String label = null;
        String dekInfo = null;
        StringBuilder base64 = new StringBuilder();
        for (String line : new String(file, StandardCharsets.ISO_8859_1).split("\r\n|\n|\r")) {
            String text = line.strip();
            if (text.startsWith(BEGIN) && text.endsWith(DASHES)) {
                label = text.substring(BEGIN.length(), text.length() - DASHES.length());
                dekInfo = null;
                base64.setLength(0);
            } else if (label == null) {
                continue;
            } else if (text.startsWith(END)) {
                blocks.add(new PemBlock(label, dekInfo, decode(base64.toString())));
                label = null;
            } else if (text.startsWith(DEK_INFO)) {
                dekInfo = text.substring(DEK_INFO.length()).strip();
            } else if (text.indexOf(':') < 0) {
                base64.append(text);
            }
        }
        if (label != null) {
            throw new GeneralSecurityException("the block " + label + " does not end");
        }
        return blocks;
    }

    boolean isCertificate() {
        return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE") || label.equals(TRUSTED);
    }

    /**
     * The certificate itself: behind a trusted one OpenSSL writes what it is trusted for.
     *
     * @throws GeneralSecurityException if it is none, or is not to be trusted for servers
     */
    byte[] certificate() throws GeneralSecurityException {
        if (!label.equals(TRUSTED)) {
            return content;
        }
        DerReader reader = new DerReader(content);
        byte[] certificate = reader.element();
        if (reader.hasMore()) {
            checkTrust(reader.enter(Der.SEQUENCE));
        }
        return certificate;
    }

    /** What OpenSSL calls CertAux: the uses that it is trusted for, and those that it is rejected for. */
    private static void checkTrust(DerReader settings) throws GeneralSecurityException {
        boolean trusted = !settings.is(Der.SEQUENCE) || hasServers(settings.enter(Der.SEQUENCE));
        boolean rejected = settings.is(Der.CONTEXT_0) && hasServers(settings.enter(Der.CONTEXT_0));
        if (!trusted || rejected) {
            throw new GeneralSecurityException("a certificate is marked as one not to be trusted for servers");
        }
    }

    private static boolean hasServers(DerReader uses) throws GeneralSecurityException {
        boolean servers = false;
        while (uses.hasMore()) {
            String use = uses.oid();
            servers |= use.equals(SERVER_AUTHENTICATION) || use.equals(ANY_USE);
        }
        return servers;
    }

    boolean isCrl() {
        return label.equals("X509 CRL");
    }

    private static byte[] decode(String base64) throws GeneralSecurityException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new GeneralSecurityException("a block is no base64", notBase64);
        }
    }
}
