package dev.pgwire.internal.exchange;

import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what the server told without being asked. */
public final class RecordedEvents implements SessionEvents {
    public final List<Object> told = new ArrayList<>();
    public final List<TransactionStatus> ready = new ArrayList<>();

    @Override
    public void newServer() {
        told.clear();
        ready.clear();
    }

    @Override
    public @Nullable String parameter(String name) {
        String value = null;
        for (Object one : told) {
            if (one instanceof ParameterStatus parameter && parameter.name().equals(name)) {
                value = parameter.value();
            }
        }
        return value;
    }

    @Override
    public void notice(Diagnostic notice) {
        told.add(notice);
    }

    @Override
    public void parameter(ParameterStatus parameter) {
        told.add(parameter);
    }

    @Override
    public void notification(NotificationResponse notification) {
        told.add(notification);
    }

    @Override
    public void ready(TransactionStatus status, boolean isLast) {
        ready.add(status);
    }
}
