package dev.pgwire.docs;

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
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Runs a program in a JVM of its own, and tells which classes of this project one of its methods goes through. */
final class Debugger {
    private static final String OURS = "dev.pgwire.*";

    private final VirtualMachine machine;
    private final String program;
    private final String walk;
    private final MethodEntryRequest everyEntry;
    private final Set<String> entered = new LinkedHashSet<>();

    private Debugger(VirtualMachine machine, String program, String walk) {
        this.machine = machine;
        this.program = program;
        this.walk = walk;
        everyEntry = requests().createMethodEntryRequest();
        everyEntry.addClassFilter(OURS);
        everyEntry.setSuspendPolicy(EventRequest.SUSPEND_NONE);
    }

    /**
     * The classes of which a method was entered, without packages, each once and in their order. A nested class counts as
     * the one around it.
     */
    static Set<String> classesIn(Class<?> program, String walk, String argument) throws Exception {
        LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("options").setValue("-cp \"" + System.getProperty("java.class.path") + "\"");
        arguments.get("main").setValue(program.getName() + " \"" + argument + "\"");
        VirtualMachine machine = connector.launch(arguments);
        try {
            return new Debugger(machine, program.getName(), walk).run();
        } finally {
            machine.process().destroyForcibly().waitFor();
        }
    }

    private EventRequestManager requests() {
        return machine.eventRequestManager();
    }

    private Set<String> run() throws InterruptedException, IOException {
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
            return entered;
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
                entered.add(shortName(entry.method().declaringType().name()));
            } else if (entry.method().name().equals(walk)) {
                everyEntry.enable();
            }
        } else if (event instanceof MethodExitEvent exit && exit.method().name().equals(walk)) {
            everyEntry.disable();
        }
    }

    private static String shortName(String type) {
        int nested = type.indexOf('$');
        return type.substring(type.lastIndexOf('.') + 1, nested < 0 ? type.length() : nested);
    }
}
