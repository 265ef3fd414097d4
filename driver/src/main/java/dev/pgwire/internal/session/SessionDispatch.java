package dev.pgwire.internal.session;

import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.internal.connect.Connector;
import dev.pgwire.internal.registry.DatabaseTypes;
import dev.pgwire.internal.registry.ProgramCodecs;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Gate;
import dev.pgwire.internal.row.CompositeCodecs;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.observe.StatementPlace;
import dev.pgwire.protocol.backend.BackendKeyData;

/** Makes what the requests of a session have in common. */
final class SessionDispatch {
    private SessionDispatch() {}

    /** The dispatch of a session whose database has these types. */
    static Dispatch of(
            Config config,
            Connector.Opened opened,
            ServerState server,
            Gate gate,
            int streamFrom,
            DatabaseTypes types) {
        Dispatch dispatch = new Dispatch(opened.turns().transport(), server, gate, config.prepare(), types, streamFrom);
        Host host = opened.facts().host();
        BackendKeyData key = opened.key();
        dispatch.isAt(new StatementPlace(
                host.shownName(), host.port(), config.database(), config.user(), key == null ? 0 : key.processId()));
        server.tellAlways(config.statements());
        return dispatch;
    }

    /** The types of a new session's database: databases of one name on two servers are two. */
    static DatabaseTypes types(Config config, Connector.Opened opened, ServerState server) {
        String database = opened.facts().address() + " " + config.database() + " " + server.parameter("server_version");
        return new DatabaseTypes(
                database, new CompositeCodecs(), ProgramCodecs.ofConnection(config.codecs(), config.conversions()));
    }
}
