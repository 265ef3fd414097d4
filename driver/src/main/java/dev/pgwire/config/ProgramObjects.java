package dev.pgwire.config;

import dev.pgwire.observe.StatementListener;
import dev.pgwire.type.Codec;
import dev.pgwire.type.Conversion;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a program gives for its connections that no connection string can name. */
final class ProgramObjects {
    @Nullable
    CredentialSource credentials;

    @Nullable
    OauthTokenSource oauthTokens;

    @Nullable
    Appendable trace;

    @Nullable
    ConnectObserver observer;

    @Nullable
    StatementListener statements;

    @Nullable
    ProtocolProbe probe;

    boolean dateStyleKept;
    final Map<String, Codec<?>> codecs = new LinkedHashMap<>();
    final Map<Class<?>, Conversion<?, ?>> conversions = new LinkedHashMap<>();

    ProgramObjects copy() {
        ProgramObjects copy = new ProgramObjects();
        copy.credentials = credentials;
        copy.oauthTokens = oauthTokens;
        copy.trace = trace;
        copy.observer = observer;
        copy.statements = statements;
        copy.probe = probe;
        copy.dateStyleKept = dateStyleKept;
        copy.codecs.putAll(codecs);
        copy.conversions.putAll(conversions);
        return copy;
    }
}
