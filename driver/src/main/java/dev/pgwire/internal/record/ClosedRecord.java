package dev.pgwire.internal.record;

import dev.pgwire.error.InterfaceException;

/** What is said of a record class that its module keeps from the driver. */
final class ClosedRecord {
    private ClosedRecord() {}

    /** The failure of reading its components, which says what has to stand in the module's declaration. */
    static InterfaceException unreadable(Class<?> record) {
        return new InterfaceException(refusal(record));
    }

    /** The failure of making one. */
    static InterfaceException unmakeable(Class<?> record) {
        return new InterfaceException(refusal(record) + ", or RowMapper.of(" + record.getSimpleName()
                + ".class, MethodHandles.lookup()) as the mapper of its rows");
    }

    private static String refusal(Class<?> record) {
        Module driver = ClosedRecord.class.getModule();
        String to = driver.isNamed() ? " to " + driver.getName() : "";
        String opens = "\"opens " + record.getPackageName() + to + ";\"";
        return "record " + record.getName() + " is not accessible to the driver, because module "
                + record.getModule().getName() + " does not open its package; expected " + opens
                + " in the module-info of " + record.getModule().getName() + ", or a public record and \"exports "
                + record.getPackageName() + to + ";\"";
    }
}
