package dev.pgwire.it;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.event.MethodExitEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.EventRequestManager;
import com.sun.jdi.request.MethodEntryRequest;
import com.sun.jdi.request.MethodExitRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a program in a JVM of its own, and tells which methods one of its methods goes through. */
public final class Debugger {
    private static final String OURS = "dev.pgwire.*";

    /** One call, by the class that has the method. */
    record Call(String type, String method) {}

    private final VirtualMachine machine;
    private final String program;
    private final String walk;
    private final List<MethodEntryRequest> entries = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    private Debugger(VirtualMachine machine, String program, String walk, List<String> classes) {
        this.machine = machine;
        this.program = program;
        this.walk = walk;
        for (String filter : classes) {
            MethodEntryRequest entry = requests().createMethodEntryRequest();
            entry.addClassFilter(filter);
            entry.setSuspendPolicy(EventRequest.SUSPEND_NONE);
            entries.add(entry);
        }
    }

    /**
     * The classes of this project of which a method was entered, without packages, each once and in their order. A nested
     * class counts as the one around it.
     */
    public static Set<String> classesIn(Class<?> program, String walk, String argument) throws Exception {
        Set<String> classes = new LinkedHashSet<>();
        callsIn(program, walk, argument, List.of(OURS)).forEach(call -> classes.add(shortName(call.type())));
        return classes;
    }

    /** The calls of methods of classes whose names match one of the filters, in their order. */
    static List<Call> callsIn(Class<?> program, String walk, String argument, List<String> filters) throws Exception {
        LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        // Netty wraps one buffer in 128 to find leaks, which are calls that no program makes that way.
        arguments
                .get("options")
                .setValue("-Dio.netty.leakDetection.level=disabled -cp \"" + System.getProperty("java.class.path")
                        + "\"");
        arguments.get("main").setValue(program.getName() + " \"" + argument + "\"");
        VirtualMachine machine = connector.launch(arguments);
        try {
            return new Debugger(machine, program.getName(), walk, filters).run();
        } finally {
            machine.process().destroyForcibly().waitFor();
        }
    }

    private EventRequestManager requests() {
        return machine.eventRequestManager();
    }

    private List<Call> run() throws InterruptedException, IOException {
        ClassPrepareRequest prepared = requests().createClassPrepareRequest();
        prepared.addClassFilter(program);
        prepared.enable();
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                events.forEach(this::take);
                events.resume();
            }
        } catch (VMDisconnectedException ended) {
            int status = machine.process().waitFor();
            if (status != 0) {
                throw new IOException("the program ended with " + status + ": "
                        + new String(machine.process().getErrorStream().readAllBytes()));
            }
            return calls;
        }
    }

    private void take(Event event) {
        if (event instanceof ClassPrepareEvent) {
            MethodEntryRequest entry = requests().createMethodEntryRequest();
            entry.addClassFilter(program);
            entry.enable();
            MethodExitRequest exit = requests().createMethodExitRequest();
            exit.addClassFilter(program);
            exit.enable();
        } else if (event instanceof MethodEntryEvent entry) {
            if (!entry.method().declaringType().name().equals(program)) {
                calls.add(new Call(
                        entry.method().declaringType().name(), entry.method().name()));
            } else if (entry.method().name().equals(walk)) {
                entries.forEach(EventRequest::enable);
            }
        } else if (event instanceof MethodExitEvent exit && exit.method().name().equals(walk)) {
            entries.forEach(EventRequest::disable);
        }
    }

    private static String shortName(String type) {
        int nested = type.indexOf('$');
        return type.substring(type.lastIndexOf('.') + 1, nested < 0 ? type.length() : nested);
    }
}
