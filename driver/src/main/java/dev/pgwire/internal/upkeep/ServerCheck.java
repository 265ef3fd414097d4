package dev.pgwire.internal.upkeep;

import dev.pgwire.internal.connect.ServerRole;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import org.jspecify.annotations.Nullable;

/** Asks the server, in one round trip, whether it is there and still has the role that is wanted; fails if not. */
public final class ServerCheck extends Procedure<@Nullable Void> {
    private final ServerRole role;
    private final String server;
    private final @Nullable String question;
    private @Nullable OwnCommand asked;

    private ServerCheck(Dispatch dispatch, ServerRole role, String server) {
        super(dispatch);
        this.role = role;
        this.server = server;
        this.question = role.question(reported("default_transaction_read_only"), reported("in_hot_standby"));
    }

    /**
     * A check of a session.
     *
     * @param role what was looked for when its server was found
     * @param server how it is called
     */
    public static Procedure<@Nullable Void> of(Dispatch dispatch, ServerRole role, String server) {
        return new ServerCheck(dispatch, role.lasting(), server);
    }

    @Override
    protected boolean proceed() {
        OwnCommand sent = asked;
        if (sent == null) {
            asked = first(OwnCommand.several(dispatch(), question == null ? "" : question));
            return false;
        }
        if (question == null) {
            sent.result();
            role.check(reported("default_transaction_read_only"), reported("in_hot_standby"), server);
        } else {
            role.check(SessionReset.text(sent.result().current()), server);
        }
        return over(null);
    }

    private @Nullable String reported(String name) {
        return dispatch().server().parameter(name);
    }
}
