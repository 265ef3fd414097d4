package dev.pgwire.internal.record;

import dev.pgwire.error.InterfaceException;

/** What is said of a record class that its module keeps from the driver. */
public final class ClosedRecord {
    private ClosedRecord() {}

    /** The failure, which says what has to stand in the module's declaration. */
    public static InterfaceException refused(Class<?> record) {
        Module driver = ClosedRecord.class.getModule();
        String to = driver.isNamed() ? " to " + driver.getName() : "";
        String opens = "\"opens " + record.getPackageName() + to + ";\"";
        return new InterfaceException("record " + record.getName() + " is not accessible to the driver, because module "
                + record.getModule().getName() + " does not open its package; expected " + opens
                + " in the module-info of " + record.getModule().getName() + ", or a public record and \"exports "
                + record.getPackageName() + to + ";\"");
    }
}
