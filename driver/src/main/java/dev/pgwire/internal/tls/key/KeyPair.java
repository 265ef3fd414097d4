package dev.pgwire.internal.tls.key;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;

/** Tells whether a private and a public key are two halves of one. */
final class KeyPair {
    private static final byte[] PROBE = {'p', 'g', 'w', 'i', 'r', 'e'};

    private KeyPair() {}

    static boolean belongs(PrivateKey mine, PublicKey theirs) throws GeneralSecurityException {
        if (mine instanceof RSAKey one && theirs instanceof RSAKey other) {
            return one.getModulus().equals(other.getModulus());
        }
        if (!mine.getAlgorithm().equals(theirs.getAlgorithm())) {
            return false;
        }
        // Of the other algorithms the private half does not tell the public one: what one signs the other must know.
        String algorithm = mine.getAlgorithm();
        Signature signature = Signature.getInstance(algorithm.equals("EC") ? "SHA256withECDSA" : algorithm);
        signature.initSign(mine);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(theirs);
        signature.update(PROBE);
        return signature.verify(signed);
    }
}
